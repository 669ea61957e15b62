#include "harness/run/mailbox_list.hpp"

#include "harness/run/imap_dialogue.hpp"
#include "harness/run/words.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using wire::imap::response_kind;

bool is_plain(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return wire::is_letter_or_digit(c) || std::string_view("-_./").find(c) != std::string_view::npos;
    });
}

bool can_be_sent(std::string_view name) {
    return std::none_of(name.begin(), name.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; });
}

/// LSUB, unless the server is one that does without it: RFC 9051, and RFC 5258 on something else than IMAP4rev1.
bool has_lsub(const capabilities& can) {
    return can.has("IMAP4rev1") || !(can.has("IMAP4rev2") || can.has("LIST-EXTENDED"));
}

std::vector<listed_name> read_list(party& p, response_kind kind, std::string_view beginning) {
    std::vector<listed_name> out;
    for (const auto& r : static_cast<imap_dialogue&>(*p.talk).untagged()) {
        const auto view = r.kind == kind ? wire::imap::list_of(r) : std::nullopt;
        if (!view)
            continue;
        const auto& v = r.values;
        listed_name one;
        one.name = v.text(*view->mailbox);
        if (!one.name.starts_with(beginning) || !can_be_sent(one.name))
            continue;
        if (!v.is_nil(*view->delimiter))
            one.delimiter = v.text(*view->delimiter);
        one.exists = !wire::imap::has_attribute(r, "\\NonExistent");
        one.selectable = one.exists && !wire::imap::has_attribute(r, "\\Noselect");
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace

std::string mailbox_argument(std::string_view name, std::string_view wildcard) {
    const auto pattern = std::string(name).append(wildcard);
    return is_plain(name) ? pattern : quoted_string(pattern);
}

script<std::optional<std::vector<listed_name>>> list_names(party& p, std::string_view beginning, listed what) {
    const bool by_lsub = what == listed::subscriptions && has_lsub(p.over.can);
    const std::string_view command = by_lsub ? "LSUB" : what == listed::mailboxes ? "LIST" : "LIST (SUBSCRIBED)";
    const auto words = std::string(command) + " \"\" " + mailbox_argument(beginning, "*");
    const auto answered = co_await p.talk->command(words);
    std::optional<std::vector<listed_name>> found;
    if (answered == dialogue::success::yes)
        found = read_list(p, by_lsub ? response_kind::lsub : response_kind::list, beginning);
    co_return found;
}

} // namespace mailspec::run
