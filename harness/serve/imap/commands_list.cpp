#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/name_pattern.hpp"
#include "harness/serve/imap/writer.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

constexpr std::size_t longest_pattern = 512;

void put_name(conversation& c, std::string_view answer, std::string_view attributes, std::string_view name) {
    c.out() += "* ";
    c.out() += answer;
    c.out() += " (";
    c.out() += attributes;
    c.out() += ") \"/\" ";
    put_string(c.out(), name);
    c.out() += "\r\n";
}

bool has_children(account& who, const std::string& name) {
    auto it = who.mailboxes.lower_bound(name + "/");
    return it != who.mailboxes.end() && it->first.starts_with(name + "/");
}

std::string attributes(account& who, const mailbox& box) {
    std::string out = has_children(who, box.name) ? "\\HasChildren" : "\\HasNoChildren";
    if (!box.selectable)
        out += " \\Noselect";
    if (!box.special_use.empty())
        out += " " + box.special_use;
    return out;
}

struct list_arguments {
    std::string reference, pattern;
};

list_arguments read_list_arguments(command& cmd) {
    list_arguments out;
    cmd.args.sp();
    out.reference = cmd.args.mailbox();
    cmd.args.sp();
    out.pattern = cmd.args.list_mailbox();
    if (out.reference.size() + out.pattern.size() > longest_pattern)
        cmd.args.fail("a longer pattern than any name");
    return out;
}

/// The status items of one STATUS command, in the order asked for.
std::vector<std::string> read_status_items(command& cmd) {
    static constexpr std::string_view known[] = {"MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "SIZE"};
    std::vector<std::string> items;
    cmd.args.expect('(');
    do {
        auto item = in_capitals(cmd.args.atom());
        if (std::ranges::find(known, item) == std::ranges::end(known))
            cmd.args.fail("a status item that does not exist");
        if (std::ranges::find(items, item) == items.end())
            items.push_back(std::move(item));
    } while (cmd.args.take(' '));
    cmd.args.expect(')');
    return items;
}

std::uint64_t status_of(const mailbox& box, std::string_view item) {
    const auto& all = box.messages();
    if (item == "MESSAGES")
        return all.size();
    if (item == "UIDNEXT")
        return box.uid_next;
    if (item == "UIDVALIDITY")
        return box.uid_validity;
    std::uint64_t sum = 0;
    for (const auto& m : all) {
        if (item == "SIZE")
            sum += m.octets->size();
        else if (item == "RECENT")
            sum += m.uid >= box.recent_from;
        else
            sum += !m.flags.contains("\\Seen");
    }
    return sum;
}

} // namespace

reply do_list(conversation& c, command& cmd) {
    auto asked = read_list_arguments(cmd);
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (asked.pattern.empty()) {
        put_name(c, "LIST", "\\Noselect", "");
        return reply::ok("listed");
    }
    name_pattern pattern(asked.reference + asked.pattern);
    for (const auto& [name, box] : c.who().mailboxes)
        if (pattern.matches(name))
            put_name(c, "LIST", attributes(c.who(), *box), name);
    return reply::ok("listed");
}

// RFC 3501 section 6.3.9: a subscribed name below one that "%" stops at shows as that one, \Noselect.
reply do_lsub(conversation& c, command& cmd) {
    auto asked = read_list_arguments(cmd);
    if (!cmd.args.done())
        return syntax_error(cmd);
    name_pattern pattern(asked.reference + asked.pattern);
    std::set<std::string> implied;
    for (const auto& name : c.who().subscriptions) {
        if (pattern.matches(name)) {
            auto* box = c.who().find_mailbox(name);
            put_name(c, "LSUB", box ? box->special_use : "", name);
            continue;
        }
        for (auto slash = name.rfind('/'); slash != name.npos && slash > 0; slash = name.rfind('/', slash - 1))
            if (auto parent = name.substr(0, slash); pattern.matches(parent))
                implied.insert(std::move(parent));
    }
    for (const auto& name : implied)
        if (!c.who().subscriptions.contains(name))
            put_name(c, "LSUB", "\\Noselect", name);
    return reply::ok("listed");
}

reply do_namespace(conversation& c, command& cmd) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    c.out() += "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n";
    return reply::ok("the namespaces");
}

reply do_status(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = cmd.args.mailbox();
    cmd.args.sp();
    auto items = read_status_items(cmd);
    if (!cmd.args.done())
        return syntax_error(cmd);
    auto* box = c.who().find_mailbox(name);
    if (!box || !box->selectable)
        return reply::no("NONEXISTENT", "no such mailbox");
    c.out() += "* STATUS ";
    put_string(c.out(), name);
    c.out() += " (";
    for (const auto& item : items) {
        c.out() += item;
        c.out() += ' ';
        put_number(c.out(), status_of(*box, item));
        c.out() += ' ';
    }
    c.out().back() = ')';
    c.out() += "\r\n";
    return reply::ok("the status");
}

} // namespace mailspec::serve::imap
