#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/writer.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace mailspec::serve::imap {

namespace {

stored_message read_message(conversation& c, command& cmd) {
    stored_message m;
    if (cmd.args.next_is('(')) {
        m.flags = cmd.args.flag_list();
        cmd.args.sp();
    }
    if (cmd.args.next_is('"')) {
        auto when = cmd.args.moment();
        m.internal_date = when.when;
        m.zone_minutes = when.zone_minutes;
        cmd.args.sp();
    } else {
        m.internal_date = c.options().clock();
    }
    bool may_hold_nul = cmd.args.next_is('~');
    m.octets = std::make_shared<const std::string>(cmd.args.literal());
    if (!may_hold_nul && m.octets->find('\0') != std::string::npos)
        cmd.args.fail("a NUL in a literal");
    return m;
}

/// "mailbox message message..."; several only where MULTIAPPEND is announced (RFC 3502).
std::vector<stored_message> read_messages(conversation& c, command& cmd) {
    std::vector<stored_message> all;
    const bool several = is_announced(c, "MULTIAPPEND") && !c.breaks(req::imap_multiappend);
    do {
        cmd.args.sp();
        all.push_back(read_message(c, cmd));
    } while (several && cmd.args.next_is(' '));
    return all;
}

/// Why these messages cannot go there, as a reply; nothing: they can.
std::optional<reply> refused(command& cmd, const mailbox* box, const std::vector<stored_message>& all) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!box || !box->selectable)
        return reply::no("TRYCREATE", "no such mailbox");
    if (std::ranges::any_of(all, [](const auto& m) { return m.octets->empty(); }))
        return reply::no("CANNOT", "a message without octets is none");
    if (box->messages().size() + all.size() > mailbox::most_messages)
        return reply::no("OVERQUOTA", "the mailbox is full");
    return std::nullopt;
}

} // namespace

// RFC 3502 section 6.3.11: all of the messages, or none.
reply do_append(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = cmd.args.mailbox();
    auto all = read_messages(c, cmd);
    auto* box = c.who().find_mailbox(name);
    if (auto no = refused(cmd, box, all)) {
        if (box && !all.front().octets->empty() && c.breaks(req::imap_multiappend_atomic))
            box->add(std::move(all.front()), nullptr);
        return *no;
    }
    std::vector<std::uint32_t> uids;
    for (auto& m : all) {
        if (c.breaks(req::imap_append_flags_date)) {
            m.flags.clear();
            m.internal_date = c.options().clock();
        }
        uids.push_back(box->add(std::move(m), nullptr));
    }
    if (c.breaks(req::imap_uidplus_appenduid))
        return reply::ok("appended");
    std::string code = "APPENDUID ";
    put_number(code, box->uid_validity);
    code += ' ';
    put_set(code, uids);
    return reply::ok(std::move(code), "appended");
}

} // namespace mailspec::serve::imap
