#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/special_use.hpp"
#include "harness/serve/imap/writer.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/imap/octets.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

// Annotations of mailboxes: RFC 5464. There are none of the server, and private ones only of one's own mailboxes.

namespace mailspec::serve::imap {

namespace {

constexpr std::size_t most_entries = 100, largest_value = 64u << 10;
constexpr std::string_view special_use = "/private/specialuse"; // RFC 6154 section 4

struct entry {
    std::string name; ///< in small letters
    std::optional<std::string> value;
};

/// What is asked for beyond names (RFC 5464 section 4.2).
struct options {
    std::optional<std::uint32_t> most_octets;
    std::size_t depth = 0; ///< how many levels below each name
};

std::string read_name(arguments& args) {
    auto name = wire::in_small_letters(args.astring());
    const bool scoped = (name + '/').starts_with("/private/") || (name + '/').starts_with("/shared/");
    const bool odd = name.ends_with('/') || name.find("//") != name.npos || name.find_first_of("*%") != name.npos;
    if (!scoped || odd || name.size() > largest_value || !wire::imap::is_ascii(name))
        args.fail("an entry that cannot be");
    return name;
}

std::vector<entry> read_entries(arguments& args) {
    std::vector<entry> all;
    args.expect('(');
    do {
        auto name = read_name(args);
        args.sp();
        all.push_back({std::move(name), args.next_is('~') ? std::string(args.literal()) : args.nstring()});
    } while (args.take(' '));
    args.expect(')');
    return all;
}

std::vector<std::string> read_names(arguments& args) {
    if (!args.take('('))
        return {read_name(args)};
    std::vector<std::string> all;
    do
        all.push_back(read_name(args));
    while (args.take(' '));
    args.expect(')');
    return all;
}

options read_options(arguments& args) {
    options out;
    if (!args.take('('))
        return out;
    do {
        if (args.keyword("MAXSIZE")) {
            args.sp();
            out.most_octets = args.number();
        } else if (args.keyword("DEPTH")) {
            args.sp();
            const auto depth = in_capitals(args.atom());
            out.depth = depth == "INFINITY" ? std::string::npos : depth == "1";
            if (depth != "0" && depth != "1" && depth != "INFINITY")
                args.fail("a depth that does not exist");
        } else
            args.fail("an option that does not exist");
    } while (args.take(' '));
    args.expect(')');
    args.sp();
    return out;
}

/// Why the user may not see or set these annotations; nothing: he may.
std::optional<reply> refused(const conversation& c, const mailbox* box) {
    if (!box || !may(c, *box, "l") || !may_some(c, *box, "rswi"))
        return reply::no("NONEXISTENT", "no such mailbox");
    return std::nullopt;
}

/// Why that entry cannot be set; nothing: it can.
std::optional<reply> refused(const conversation& c, const mailbox& box, const entry& e) {
    const auto value = e.value.value_or("");
    if (e.name.starts_with("/private/") && box.owner != &c.who())
        return reply::no("METADATA NOPRIVATE", "private annotations are for one's own mailboxes");
    if (value.size() > largest_value)
        return reply::no("METADATA MAXSIZE " + std::to_string(largest_value), "too large");
    if (e.name == special_use && !can_have(value) && !c.breaks(req::imap_special_use_metadata_checked))
        return reply::no("USEATTR", "a use that no mailbox can have here");
    if (e.value && !box.notes.contains(e.name) && box.notes.size() >= most_entries)
        return reply::no("METADATA TOOMANY", "too many");
    return std::nullopt;
}

void set(mailbox& box, const entry& e) {
    if (e.name == special_use)
        box.special_use = e.value.value_or("");
    else if (e.value)
        box.notes[e.name] = *e.value;
    else
        box.notes.erase(e.name);
}

bool is_wanted(std::string_view name, std::string_view asked, std::size_t depth) {
    if (!name.starts_with(asked))
        return false;
    name.remove_prefix(asked.size());
    const auto levels = static_cast<std::size_t>(std::ranges::count(name, '/'));
    return name.empty() || (name.starts_with('/') && levels <= depth);
}

/// Every annotation that the user may see.
std::vector<entry> all_of(const conversation& c, const mailbox& box) {
    std::vector<entry> all;
    const bool own = box.owner == &c.who();
    for (const auto& [name, value] : box.notes)
        if (own || name.starts_with("/shared/"))
            all.push_back({name, value});
    if (own)
        all.push_back(
            {std::string(special_use), box.special_use.empty() ? std::nullopt : std::optional(box.special_use)});
    return all;
}

} // namespace

reply do_getmetadata(conversation& c, command& cmd) {
    cmd.args.sp();
    const auto how = read_options(cmd.args);
    const auto name = cmd.args.mailbox();
    cmd.args.sp();
    const auto names = read_names(cmd.args);
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (name.empty())
        return reply::ok("there are none of the server");
    auto* box = find_mailbox(c, name);
    if (auto no = refused(c, box))
        return *no;
    std::size_t longest = 0;
    for (const auto& e : all_of(c, *box)) {
        const auto asked = [&](const auto& each) { return is_wanted(e.name, each, how.depth); };
        if (std::ranges::none_of(names, asked))
            continue;
        if (how.most_octets && e.value && e.value->size() > *how.most_octets) {
            longest = std::max(longest, e.value->size());
            continue;
        }
        put_string(c.out() += "* METADATA ", c.shown_name(name_of(c, *box)));
        put_astring(c.out() += " (", e.name);
        c.out() += ' ';
        if (e.value)
            put_string(c.out(), *e.value);
        else
            c.out() += "NIL";
        c.out() += ")\r\n";
    }
    return longest ? reply::ok("METADATA LONGENTRIES " + std::to_string(longest), "but for what is longer")
                   : reply::ok("the annotations");
}

// When one cannot be set, none is.
reply do_setmetadata(conversation& c, command& cmd) {
    cmd.args.sp();
    const auto name = cmd.args.mailbox();
    cmd.args.sp();
    const auto entries = read_entries(cmd.args);
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (name.empty())
        return reply::no("CANNOT", "the server has no annotations");
    auto* box = find_mailbox(c, name);
    if (auto no = refused(c, box))
        return *no;
    for (const auto& e : entries)
        if (auto no = refused(c, *box, e))
            return *no;
    for (const auto& e : entries)
        set(*box, e);
    return reply::ok("annotated");
}

} // namespace mailspec::serve::imap
