#include "harness/run/conduct.hpp"

#include "harness/run/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace mailspec::run {
namespace {

/// An IMAP command that changes the mailboxes it names, or may once it has selected them.
struct changing {
    std::string_view word;
    std::size_t first, last; ///< which of its arguments name mailboxes
};
constexpr std::array all_changing{
    changing{"SELECT", 0, 0},   changing{"APPEND", 0, 0},      changing{"COPY", 1, 1},
    changing{"MOVE", 1, 1},     changing{"REPLACE", 1, 1},     changing{"CREATE", 0, 0},
    changing{"DELETE", 0, 0},   changing{"RENAME", 0, 1},      changing{"SUBSCRIBE", 0, 0},
    changing{"SETACL", 0, 0},   changing{"UNSUBSCRIBE", 0, 0}, changing{"DELETEACL", 0, 0},
    changing{"SETQUOTA", 0, 0}, changing{"SETMETADATA", 0, 0}, changing{"SETANNOTATION", 0, 0},
    changing{"RESETKEY", 0, 0}};

/// Those that change messages of the mailbox that is selected.
constexpr std::array altering{"STORE", "EXPUNGE", "CLOSE", "MOVE", "REPLACE"};

/// FETCH of what sets \Seen, or may do.
bool reads_text(std::string_view arguments) {
    const auto items = upper(arguments);
    for (auto at = items.find("RFC822"); at != items.npos; at = items.find("RFC822", at + 1)) {
        const auto rest = std::string_view(items).substr(at + 6);
        if (!rest.starts_with(".SIZE") && !rest.starts_with(".HEADER"))
            return true;
    }
    return items.find("BODY[") != items.npos || items.find("BINARY[") != items.npos;
}

/// CREATE with a special use, which the mailbox that has it may lose (RFC 6154 section 3).
bool gives_use(std::string_view arguments) { return upper(arguments).find("(USE (\\") != std::string::npos; }

/// The octets of a literal whose header ends there: "{5}\r\n".
std::optional<std::string_view> take_literal(std::string_view word, std::string_view& from) {
    if (!word.starts_with('{') || !word.ends_with('}') || !from.starts_with("\r\n"))
        return std::nullopt;
    std::size_t size = 0;
    const auto [end, failed] = std::from_chars(word.data() + 1, word.data() + word.size(), size);
    if (failed != std::errc() || (*end != '}' && *end != '+'))
        return std::nullopt;
    from.remove_prefix(2);
    const auto out = from.substr(0, size);
    from.remove_prefix(out.size());
    return out;
}

/// The next argument of an IMAP command; of a quoted one what is in the quotes. Nothing where there is none.
std::optional<std::string_view> take_argument(std::string_view& from) {
    from.remove_prefix(std::min(from.find_first_not_of(" \t"), from.size()));
    if (from.empty())
        return std::nullopt;
    if (!from.starts_with('"')) {
        const auto word = take_until(from, " \t\r\n");
        const auto literal = take_literal(word, from);
        return literal ? *literal : word;
    }
    std::size_t end = 1;
    while (end < from.size() && from[end] != '"')
        end += from[end] == '\\' ? 2 : 1;
    const auto out = from.substr(1, std::min(end, from.size()) - 1);
    from.remove_prefix(std::min(end + 1, from.size()));
    return out;
}

} // namespace

bool imap_conduct::names_others(std::string_view arguments, std::size_t first, std::size_t last) const {
    for (std::size_t n = 0; n <= last; ++n) {
        const auto argument = take_argument(arguments);
        if (!argument)
            return false;
        // ".." may lead out of a mailbox of ours where names are paths to a server.
        if (n >= first && (!is_own_(*argument) || argument->find("..") != argument->npos))
            return true;
    }
    return false;
}

void imap_conduct::see(std::string_view command) {
    auto word = upper(take_until(command, " \t"));
    if (word == "UID")
        word = upper(take_until(command, " \t"));
    if (word == "EXAMINE" && names_others(command, 0, 0))
        examines_ = true;
    if (std::find(altering.begin(), altering.end(), word) != altering.end() || (word == "FETCH" && reads_text(command)))
        alters_ = true;
    const auto* found = std::find_if(all_changing.begin(), all_changing.end(), [&](auto& c) { return c.word == word; });
    if (found != all_changing.end() && names_others(command, found->first, found->last))
        changes_ = true;
    if (word == "CREATE" && gives_use(command))
        changes_ = true;
}

} // namespace mailspec::run
