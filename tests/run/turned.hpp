#pragma once

#include "tests/run/puppet.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run::testing {

using wire::protocol;

/// What a puppet says instead of what it would.
struct line {
    protocol by;
    std::string_view to;
    std::vector<std::string> said;
};

/// A bundled fact, the server that turns it, and what comes of it. What the built-in server's mischief turns is in
/// tests/mischief.
struct turned {
    std::string_view id, asked, answer, breaks;
    std::vector<line> by;
};

inline line imap(std::string_view to, std::vector<std::string> said) { return {protocol::imap, to, std::move(said)}; }
inline line pop3(std::string_view to, std::vector<std::string> said) { return {protocol::pop3, to, std::move(said)}; }
inline line smtp(std::string_view to, std::vector<std::string> said) { return {protocol::smtp, to, std::move(said)}; }
inline line submission(std::string_view to, std::vector<std::string> said) {
    return {protocol::submission, to, std::move(said)};
}
inline line announces(std::string_view capability) {
    return imap("LOGIN",
                {"@ OK [CAPABILITY IMAP4rev1 LITERAL+ NAMESPACE UNSELECT " + std::string(capability) + "] done\r\n"});
}
inline std::string flags(std::string_view of, int n = 1) {
    return "* " + std::to_string(n) + " FETCH (FLAGS (" + std::string(of) + "))\r\n";
}

inline const std::string ok = "@ OK done\r\n", no = "@ NO no\r\n", bad = "@ BAD what\r\n";
inline const std::string structure = "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 2 1))\r\n";
inline const std::string as_crlf = "* 1 FETCH (BODY[] {24}\r\nSubject: x\r\n\r\none\r\ntwo\r\n)\r\n";
inline const std::string mail = "* 1 FETCH (BODY[] {28}\r\nReceived: x\r\nA: b\r\n\r\nhello\r\n)\r\n";

/// Plays the fact against a puppet that says those things; the test fails where its answer is another.
void expect(const turned& row);

} // namespace mailspec::run::testing
