#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/writer.hpp"

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
    } else if (!c.breaks(req::imap_append_date_default)) {
        m.internal_date = c.options().clock();
    }
    bool may_hold_nul = cmd.args.next_is('~');
    m.octets = std::make_shared<const std::string>(cmd.args.literal());
    if (!may_hold_nul && m.octets->find('\0') != std::string::npos)
        cmd.args.fail("a NUL in a literal");
    return m;
}

/// What a breach makes of a message that came without a fault.
void spoil(conversation& c, stored_message& m) {
    if (c.breaks(req::imap_append_flags_date)) {
        m.flags.clear();
        m.internal_date = c.options().clock();
    }
    if (m.flags.empty() && c.breaks(req::imap_append_no_flags))
        m.flags.insert("\\Flagged");
    if (c.breaks(req::imap_literal_octets))
        m.octets = std::make_shared<const std::string>(m.octets->substr(0, m.octets->size() - 1));
    if (c.breaks(req::imap_append_eight_bit)) {
        auto octets = *m.octets;
        for (auto& octet : octets)
            octet = static_cast<char>(octet & 0x7f);
        m.octets = std::make_shared<const std::string>(std::move(octets));
    }
}

/// What a breach leaves of a command that is refused.
void leave_half(conversation& c, std::string_view name) {
    auto* box = c.who().find_mailbox(name);
    if (!box || !c.breaks(req::imap_append_atomic))
        return;
    stored_message m;
    m.octets = std::make_shared<const std::string>("Subject: half\r\n");
    box->add(std::move(m), nullptr);
}

} // namespace

reply do_append(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = cmd.args.mailbox();
    cmd.args.sp();
    auto m = read_message(c, cmd);
    if (!cmd.args.done()) {
        leave_half(c, name);
        return syntax_error(cmd);
    }
    auto* box = c.who().find_mailbox(name);
    if (!box || !box->selectable)
        return reply::no("TRYCREATE", "no such mailbox");
    if (m.octets->empty())
        return reply::no("CANNOT", "a message without octets is none");
    if (box->messages().size() >= mailbox::most_messages)
        return reply::no("OVERQUOTA", "the mailbox is full");
    if (c.breaks(req::imap_append))
        return reply::ok("appended, or so it is said");
    spoil(c, m);
    auto uid = box->add(std::move(m), nullptr);
    if (c.breaks(req::imap_append_recent))
        box->recent_from = box->uid_next;
    if (c.breaks(req::imap_uidplus_appenduid))
        return reply::ok("appended");
    std::string code = "APPENDUID ";
    put_number(code, box->uid_validity);
    code += ' ';
    put_number(code, uid);
    return reply::ok(std::move(code), "appended");
}

} // namespace mailspec::serve::imap
