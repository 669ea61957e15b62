#include "harness/serve/imap/list_request.hpp"

#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/status_items.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

constexpr std::size_t longest_pattern = 512;
constexpr std::size_t most_patterns = 16;

void add_pattern(arguments& args, list_request& out, const std::string& reference) {
    auto pattern = args.list_mailbox();
    if (reference.size() + pattern.size() > longest_pattern || out.patterns.size() >= most_patterns)
        args.fail("longer or more patterns than make sense");
    out.names_others |= (reference + pattern).starts_with(others_prefix);
    out.empty_pattern |= pattern.empty();
    out.has_percent |= pattern.find('%') != pattern.npos;
    if (!args.failed() && !pattern.empty())
        out.patterns.emplace_back(reference + pattern);
}

void read_patterns(arguments& args, list_request& out, const std::string& reference) {
    if (!args.take('('))
        return add_pattern(args, out, reference);
    out.extended = true;
    do
        add_pattern(args, out, reference);
    while (args.take(' '));
    args.expect(')');
}

/// Reads "(word word)"; each word is given to `take`, which says whether it knows it.
template <typename Take> void read_options(arguments& args, Take take) {
    args.expect('(');
    if (args.take(')'))
        return;
    do {
        if (!take(args.name()))
            args.fail("an option of LIST that does not exist");
    } while (args.take(' '));
    args.expect(')');
}

void read_selection(arguments& args, list_request& out) {
    read_options(args, [&](std::string_view word) {
        if (same(word, "SUBSCRIBED"))
            return out.only_subscribed = true;
        if (same(word, "SPECIAL-USE"))
            return out.only_special_use = true;
        if (same(word, "RECURSIVEMATCH"))
            return out.recursive = true;
        return same(word, "REMOTE");
    });
    if (out.recursive && !out.only_subscribed && !out.only_special_use)
        args.fail("RECURSIVEMATCH without a selection that it could follow");
    out.extended = true;
}

void read_return(arguments& args, list_request& out) {
    if (!args.keyword("RETURN"))
        return args.fail("more than the command takes");
    args.sp();
    read_options(args, [&](std::string_view word) {
        if (same(word, "SUBSCRIBED"))
            return out.tell_subscribed = true;
        if (same(word, "STATUS")) {
            args.sp();
            out.status = read_status_items(args);
            return true;
        }
        return same(word, "CHILDREN") || same(word, "SPECIAL-USE");
    });
    out.extended = true;
}

} // namespace

bool list_request::matches(std::string_view name) const {
    return std::ranges::any_of(patterns, [&](const auto& p) { return p.matches(name); });
}

list_request read_list_request(arguments& args) {
    list_request out;
    args.sp();
    if (args.next_is('(')) {
        read_selection(args, out);
        args.sp();
    }
    auto reference = args.mailbox();
    args.sp();
    read_patterns(args, out, reference);
    if (args.take(' '))
        read_return(args, out);
    return out;
}

list_request read_lsub_request(arguments& args) {
    list_request out;
    args.sp();
    auto reference = args.mailbox();
    args.sp();
    add_pattern(args, out, reference);
    return out;
}

} // namespace mailspec::serve::imap
