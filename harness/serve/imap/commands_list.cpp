#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/list_request.hpp"
#include "harness/serve/imap/normal_form.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/status_items.hpp"
#include "harness/serve/imap/writer.hpp"
#include "harness/wire/mail/utf7.hpp"

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
        put_string(out, c.shown_name(name));
    out += extended;
    out += "\r\n";
}

/// Whether there are mailboxes below it that the user may know of.
bool has_children(const conversation& c, const std::string& name) {
    const auto below = name + "/";
    if (name.starts_with(others_prefix) && !c.breaks(req::imap_list_haschildren_hidden)) {
        const auto names = names_of_others(c);
        const auto it = names.lower_bound(below);
        return it != names.end() && it->starts_with(below);
    }
    const auto* box = find_mailbox(c, name);
    const auto& all = box ? box->owner->mailboxes : c.who().mailboxes;
    const auto own = box ? box->name + "/" : below;
    const auto it = all.lower_bound(own);
    return it != all.end() && it->first.starts_with(own);
}

/// A special use is that of the owner.
std::string_view use_of(const conversation& c, const mailbox* box) {
    return box && box->owner == &c.who() ? std::string_view(box->special_use) : std::string_view{};
}

bool is_selected(conversation& c, const list_request& asked, const std::string& name) {
    auto& who = c.who();
    auto* box = find_mailbox(c, name);
    const bool any_use = !asked.only_special_use || c.breaks(req::imap_special_use_select);
    return (!asked.only_subscribed || who.subscriptions.contains(name) || asked.ignores_selection) &&
           (any_use || !use_of(c, box).empty());
}

std::string attributes(conversation& c, const list_request& asked, const std::string& name) {
    auto& who = c.who();
    auto* box = find_mailbox(c, name);
    std::string out = has_children(c, name) ? "\\HasChildren" : "\\HasNoChildren";
    if (!box && asked.extended && !c.breaks(req::imap_list_nonexistent_parent))
        out += " \\NonExistent";
    else if (!box || !box->selectable)
        out += " \\Noselect";
    const bool tells = asked.tell_subscribed && !c.breaks(req::imap_list_return_subscribed);
    if ((asked.only_subscribed || tells) && who.subscriptions.contains(name))
        out += " \\Subscribed";
    const auto& untold = asked.only_special_use ? req::imap_special_use_select_tells : req::imap_list_special_use;
    if (const auto use = use_of(c, box); !use.empty() && !c.breaks(untold))
        out.append(" ").append(use);
    return out;
}

/// RFC 5258 section 3.5: what RECURSIVEMATCH says of a name with selected names below it.
std::string child_info(conversation& c, const list_request& asked, const std::string& name) {
    if (!asked.recursive)
        return {};
    // Of a name that is not selected itself it is told only where those below it are not listed.
    const bool always = is_selected(c, asked, name) || c.breaks(req::imap_list_childinfo_redundant);
    auto below = [&](const std::string& other) {
        return other.starts_with(name + "/") && is_selected(c, asked, other) && (always || !asked.matches(other));
    };
    bool found = std::ranges::any_of(c.who().subscriptions, below) ||
                 std::ranges::any_of(c.who().mailboxes, [&](const auto& box) { return below(box.first); });
    if (!found || c.breaks(req::imap_list_recursivematch))
        return {};
    return asked.only_subscribed ? " (\"CHILDINFO\" (\"SUBSCRIBED\"))" : " (\"CHILDINFO\" (\"SPECIAL-USE\"))";
}

/// Lists a name that matches a pattern, if it is selected, and tells its STATUS where that was asked for.
void list_one(conversation& c, const list_request& asked, const std::string& name) {
    auto* box = find_mailbox(c, name);
    if (!box && asked.only_subscribed && c.breaks(req::imap_list_subscribed))
        return;
    const auto info = child_info(c, asked, name);
    const bool selected = is_selected(c, asked, name);
    if (!selected && info.empty())
        return;
    put_name(c, "LIST", attributes(c, asked, name), name, info);
    if (c.breaks(req::imap_list_once))
        put_name(c, "LIST", attributes(c, asked, name), name, info);
    if (selected && box && box->selectable && may(c, *box, "r") && !asked.status.empty())
        put_status(c, *box, name, asked.status);
}

/// Every name that the wildcards of that command may match.
std::set<std::string> names_for(const conversation& c, const list_request& asked) {
    const auto& who = c.who();
    std::set<std::string> names;
    for (const auto& [name, box] : who.mailboxes) {
        names.insert(name);
        if (const auto slash = name.rfind('/'); slash != name.npos && c.breaks(req::imap_list_nonexistent_parent))
            names.insert(name.substr(0, slash));
    }
    if (asked.names_others)
        names.merge(names_of_others(c));
    if (asked.only_subscribed || c.breaks(req::imap_list_nonexistent_unasked))
        names.insert(who.subscriptions.begin(), who.subscriptions.end());
    return names;
}

} // namespace

void tell_mailbox(conversation& c, const mailbox& box) {
    const auto name = name_of(c, box);
    put_name(c, "LIST", attributes(c, {}, name), name);
}

void tell_normalized(conversation& c, std::string_view command, std::string_view written) {
    static constexpr std::string_view telling[] = {"APPEND", "CREATE", "DELETE", "EXAMINE", "SELECT"};
    if (std::ranges::find(telling, command) == std::ranges::end(telling))
        return;
    std::string oldname = " (\"OLDNAME\" (";
    put_string(oldname, written);
    oldname += "))";
    put_name(c, "LIST", command == "DELETE" ? "\\NonExistent" : "",
             wire::mail::utf7_encode(composed(written)).value_or(std::string{}), oldname);
}

reply do_list(conversation& c, command& cmd) {
    auto asked = read_list_request(cmd.args);
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (asked.only_special_use && !is_announced(c, "SPECIAL-USE"))
        return reply::bad("an option of LIST that does not exist");
    asked.ignores_selection = c.breaks(req::imap_list_extended_selection);
    if (asked.empty_pattern && !asked.extended && !c.breaks(req::imap_list_delimiter))
        put_name(c, "LIST", "\\Noselect", "");
    for (const auto& name : names_for(c, asked)) {
        bool unwanted = name == "INBOX" && c.breaks(req::imap_list_inbox);
        if (unwanted || !(asked.matches(name) || c.breaks(req::imap_list_answer)))
            continue;
        list_one(c, asked, name);
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
            auto* box = find_mailbox(c, name);
            put_name(c, "LSUB", use_of(c, box), name);
            continue;
        }
        for (auto slash = asked.has_percent ? name.rfind('/') : name.npos; slash != name.npos && slash > 0;
             slash = name.rfind('/', slash - 1))
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
    c.out() += "* NAMESPACE ((\"\" \"/\")) ";
    c.out() += is_announced(c, "ACL") ? "((\"" + std::string(others_prefix) + "\" \"/\"))" : "NIL";
    c.out() += " NIL\r\n";
    return reply::ok("the namespaces");
}

} // namespace mailspec::serve::imap
