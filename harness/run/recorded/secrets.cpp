#include "harness/run/recorded/secrets.hpp"

#include "harness/run/dialogue.hpp"
#include "harness/run/recorded/text.hpp"
#include "harness/run/words.hpp"
#include "harness/wire/imap/literal_header.hpp"

#include <algorithm>
#include <map>

namespace mailspec::run::recorded {
namespace {

/// What one session's client is doing.
struct progress {
    bool logs_in = false; ///< what it says next belongs to AUTH, or is a literal of LOGIN
};

void add(std::string_view secret, verdict::masker& into) {
    secret = trimmed(secret);
    if (secret != "[masked]" && secret != "*" && secret != "=")
        into.add_secret(secret);
}

/// The last argument, its quotation marks undone.
std::string last_argument(std::string_view words) {
    words = trimmed(words);
    if (!words.ends_with('"'))
        return std::string(words.substr(words.rfind(' ') + 1));
    std::string out; // from its end
    for (std::size_t i = words.size() - 1; i-- > 0;) {
        const bool escaped = i > 0 && words[i - 1] == '\\';
        if (words[i] == '"' && !escaped)
            break;
        out += words[i];
        i -= escaped && (words[i] == '"' || words[i] == '\\') ? 1 : 0;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

/// Does that line of the server leave the client to go on with its login? What is told besides does.
bool lets_go_on(std::string_view said) {
    const bool asks = said.starts_with("334") || (said.starts_with('+') && !is_command(said.substr(0, 3), "+OK"));
    return asks || said.starts_with("* ");
}

void look(std::string_view words, progress& at, verdict::masker& into) {
    if (at.logs_in) { // asked or not: that line of the server may be missing
        add(words, into);
        return;
    }
    auto rest = words;
    auto verb = take_until(rest, " ");
    if (is_command(verb, "PASS")) {
        add(rest, into);
    } else if (is_command(verb, "AUTH")) {
        at.logs_in = true;
        take_until(rest, " ");
        add(rest, into);
    } else if (is_command(verb, "APOP")) {
        add(last_argument(words), into);
    } else {
        verb = take_until(rest, " "); // behind the tag
        const bool login = is_command(verb, "LOGIN");
        at.logs_in = is_command(verb, "AUTHENTICATE") || (login && wire::imap::literal_header_at_end(trimmed(words)));
        if (login && !at.logs_in)
            add(last_argument(words), into);
        else if (at.logs_in && !login && take_until(rest, " ").size() > 0)
            add(rest, into);
    }
}

} // namespace

verdict::masker secrets_of(const recording& r) {
    verdict::masker all;
    for (const auto& part : r.parts) {
        std::map<std::string, progress, std::less<>> sessions;
        for (const auto& each : part) {
            auto& at = sessions[each.session];
            if (each.who == line::speaker::client)
                look(each.octets, at, all);
            if (each.who != line::speaker::server)
                continue;
            at.logs_in = at.logs_in && lets_go_on(each.octets);
        }
    }
    return all;
}

} // namespace mailspec::run::recorded
