#include "harness/run/recorded/secrets.hpp"

#include "harness/run/dialogue.hpp"
#include "harness/run/words.hpp"
#include "harness/wire/imap/literal_header.hpp"

#include <algorithm>
#include <map>

namespace mailspec::run::recorded {
namespace {

/// What one session's client is doing.
struct progress {
    bool logs_in = false;  ///< what it says next belongs to AUTH, or is a literal of LOGIN
    bool is_asked = false; ///< the server has asked for it
};

void add(std::string_view secret, verdict::masker& into) {
    secret.remove_prefix(std::min(secret.find_first_not_of(' '), secret.size()));
    if (secret != "[masked]" && secret != "*" && secret != "=")
        into.add_secret(secret);
}

/// The last argument, its quotation marks undone.
std::string last_argument(std::string_view words) {
    if (!words.ends_with('"'))
        return std::string(words.substr(words.rfind(' ') + 1));
    std::string out;
    for (std::size_t i = words.size() - 1; i-- > 0;) {
        const bool escaped = i > 0 && words[i - 1] == '\\';
        if (words[i] == '"' && !escaped)
            break;
        out.insert(out.begin(), words[i]);
        i -= escaped && (words[i] == '"' || words[i] == '\\') ? 1 : 0;
    }
    return out;
}

void look(std::string_view words, progress& at, verdict::masker& into) {
    if (at.logs_in && at.is_asked) {
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
        at.logs_in = is_command(verb, "AUTHENTICATE") || (login && wire::imap::literal_header_at_end(words));
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
            at.is_asked = each.octets.starts_with("334") || each.octets == "+" || each.octets.starts_with("+ ");
            at.logs_in = at.logs_in && at.is_asked;
        }
    }
    return all;
}

} // namespace mailspec::run::recorded
