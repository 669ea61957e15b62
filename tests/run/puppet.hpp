#pragma once

#include "harness/run/facts.hpp"
#include "harness/run/interpreter.hpp"
#include "harness/run/target.hpp"
#include "harness/scenario/load.hpp"
#include "harness/verdict/masker.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run::testing {

/// A server made of strings: what begins like a key is answered with its value, `@` standing for the tag.
///
/// The longest key that fits wins; a key may come several times with several answers, the last of which stays.
class puppet {
public:
    std::string greeting = "* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR NAMESPACE UNSELECT] ready\r\n";
    std::map<std::string, std::vector<std::string>, std::less<>> answers;
    bool tagged = true;                      ///< IMAP: the first word of a command is its tag
    std::map<wire::protocol, puppet> others; ///< what answers for these protocols; for all others this one does

    /// An IMAP server that does what the set-up and the cleaning up ask.
    static puppet imap();
    /// What that answers to EXAMINE.
    static std::string examined(int messages);

    /// What it says of a message whose UID, FLAGS, INTERNALDATE and RFC822.SIZE are asked for; the UID of 1 is 5.
    static std::string shown(int number, std::string_view flags, std::size_t size = 120);

    /// What it answers where message 1 is asked for those.
    static std::string fetched(std::string_view flags);

    static puppet smtp();
    static puppet pop3();

    /// What it says to these octets, or "!" to close the connection.
    std::string answer(std::string_view octets);
    std::vector<std::string> heard;

private:
    std::map<std::string, std::size_t, std::less<>> asked_;
};

/// How the octets travel.
struct travel {
    std::size_t most = 0;    ///< octets that one receive gives; 0: all there are
    std::size_t fail_at = 0; ///< which operation fails, from 1; 0: none
    trouble why = trouble::reset;
};

/// Plays the scenario against the puppet.
struct played {
    verdict::scenario_record record;
    std::size_t operations = 0;
    std::string transcript; ///< "C: ...", "S: ..." lines
};
played play(const scenario::scenario& what, puppet& server, travel how, const target& against);
played play(const scenario::scenario& what, puppet& server, travel how = {});
played play(std::string_view steps_xml, puppet& server, travel how = {});

/// Loads "<scenario ...>" + inside + "</scenario>"; fails the test where it does not load.
scenario::scenario scenario_of(std::string_view inside, std::string_view attributes = "");

/// alice and bob on every protocol of one host, no TLS.
target plain_target();

} // namespace mailspec::run::testing
