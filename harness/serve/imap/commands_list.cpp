#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/list_request.hpp"
#include "harness/serve/imap/writer.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

std::string with_dots(std::string_view name) {
    std::string out(name);
    std::ranges::replace(out, '/', '.');
    return out;
}

void put_name(conversation& c, std::string_view answer, std::string_view attributes, std::string_view name,
              std::string_view extended = {}) {
    auto& out = c.out();
    out += "* ";
    out += answer;
    out += " (";
    out += attributes;
    const bool otherwise = c.breaks(req::imap_list_one_delimiter) && name.find('&') != name.npos;
    out += otherwise ? ") \".\" " : ") \"/\" ";
    if (otherwise)
        put_string(out, with_dots(name));
    else if (c.breaks(req::imap_mailbox_utf7_preserved) && name.find('&') != name.npos)
        put_string(out, in_capitals(name));
    else
        put_string(out, name);
    out += extended;
    out += "\r\n";
}

bool has_children(account& who, const std::string& name) {
    auto it = who.mailboxes.lower_bound(name + "/");
    return it != who.mailboxes.end() && it->first.starts_with(name + "/");
}

bool is_selected(conversation& c, const list_request& asked, const std::string& name) {
    auto& who = c.who();
    auto* box = who.find_mailbox(name);
    const bool any_use = !asked.only_special_use || c.breaks(req::imap_special_use_select);
    return (!asked.only_subscribed || who.subscriptions.contains(name)) &&
           (any_use || (box && !box->special_use.empty()));
}

std::string attributes(conversation& c, const list_request& asked, const std::string& name) {
    auto& who = c.who();
    auto* box = who.find_mailbox(name);
    std::string out = has_children(who, name) ? "\\HasChildren" : "\\HasNoChildren";
    if (!box)
        out += asked.extended ? " \\NonExistent" : " \\Noselect";
    else if (!box->selectable)
        out += " \\Noselect";
    if ((asked.only_subscribed || asked.tell_subscribed) && who.subscriptions.contains(name))
        out += " \\Subscribed";
    const auto& untold = asked.only_special_use ? req::imap_special_use_select_tells : req::imap_list_special_use;
    if (box && !box->special_use.empty() && !c.breaks(untold))
        out += " " + box->special_use;
    return out;
}

/// RFC 5258 section 3.5: what RECURSIVEMATCH says of a name with selected names below it.
std::string child_info(conversation& c, const list_request& asked, const std::string& name) {
    if (!asked.recursive)
        return {};
    auto below = [&](const std::string& other) {
        return other.starts_with(name + "/") && is_selected(c, asked, other);
    };
    bool found = std::ranges::any_of(c.who().subscriptions, below) ||
                 std::ranges::any_of(c.who().mailboxes, [&](const auto& box) { return below(box.first); });
    if (!found || c.breaks(req::imap_list_recursivematch))
        return {};
    return asked.only_subscribed ? " (\"CHILDINFO\" (\"SUBSCRIBED\"))" : " (\"CHILDINFO\" (\"SPECIAL-USE\"))";
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

std::uint64_t spoilt_status(const conversation& c, const mailbox& box, std::string_view item) {
    const bool falls = (c.breaks(req::imap_uidnext_no_fall) && item == "UIDNEXT") ||
                       (c.breaks(req::imap_uidvalidity_grows) && item == "UIDVALIDITY");
    return falls ? 1 : status_of(box, item) + (c.breaks(req::imap_status) ? 1 : 0);
}

} // namespace

reply do_list(conversation& c, command& cmd) {
    auto asked = read_list_request(cmd.args);
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (asked.empty_pattern && !asked.extended && !c.breaks(req::imap_list_delimiter))
        put_name(c, "LIST", "\\Noselect", "");
    std::set<std::string> names;
    for (const auto& [name, box] : c.who().mailboxes)
        names.insert(name);
    if (asked.only_subscribed)
        names.insert(c.who().subscriptions.begin(), c.who().subscriptions.end());
    for (const auto& name : names) {
        bool unwanted = name == "INBOX" && c.breaks(req::imap_list_inbox);
        if (unwanted || !(asked.matches(name) || c.breaks(req::imap_list_answer)))
            continue;
        auto info = child_info(c, asked, name);
        if (is_selected(c, asked, name) || !info.empty())
            put_name(c, "LIST", attributes(c, asked, name), name, info);
    }
    return reply::ok("listed");
}

// RFC 3501 section 6.3.9: a subscribed name below one that "%" stops at shows as that one, \Noselect.
reply do_lsub(conversation& c, command& cmd) {
    auto asked = read_lsub_request(cmd.args);
    if (!cmd.args.done())
        return syntax_error(cmd);
    std::set<std::string> implied;
    for (const auto& name : c.who().subscriptions) {
        if (asked.matches(name)) {
            auto* box = c.who().find_mailbox(name);
            put_name(c, "LSUB", box ? box->special_use : "", name);
            continue;
        }
        for (auto slash = name.rfind('/'); slash != name.npos && slash > 0; slash = name.rfind('/', slash - 1))
            if (auto parent = name.substr(0, slash); asked.matches(parent))
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
    if (c.breaks(req::imap_capability_honoured))
        return reply::bad("no such command");
    c.out() += "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n";
    return reply::ok("the namespaces");
}

reply do_status(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = c.breaks(req::imap_inbox_any_case) ? cmd.args.astring() : cmd.args.mailbox();
    cmd.args.sp();
    auto items = read_status_items(cmd);
    if (!cmd.args.done())
        return syntax_error(cmd);
    auto* box = c.who().find_mailbox(name);
    const bool other_case = box && box->name == "INBOX" && name != "INBOX";
    if (!box || !box->selectable || other_case)
        return reply::no("NONEXISTENT", "no such mailbox");
    c.out() += "* STATUS ";
    put_string(c.out(), name);
    c.out() += " (";
    for (const auto& item : items) {
        c.out() += item;
        c.out() += ' ';
        put_number(c.out(), spoilt_status(c, *box, item));
        c.out() += ' ';
    }
    c.out().back() = ')';
    c.out() += "\r\n";
    return reply::ok("the status");
}

} // namespace mailspec::serve::imap
