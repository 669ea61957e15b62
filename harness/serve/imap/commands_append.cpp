#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/sharing.hpp"
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
    auto* box = find_mailbox(c, name);
    if (!box || !c.breaks(req::imap_append_atomic))
        return;
    stored_message m;
    m.octets = std::make_shared<const std::string>("Subject: half\r\n");
    box->add(std::move(m), nullptr);
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
std::optional<reply> refused(const conversation& c, command& cmd, const mailbox* box,
                             const std::vector<stored_message>& all) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!box || !box->selectable)
        return reply::no("TRYCREATE", "no such mailbox");
    if (!may(c, *box, "i"))
        return reply::no("NOPERM", "you may put nothing there");
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
    auto* box = find_mailbox(c, name);
    if (auto no = refused(c, cmd, box, all)) {
        if (no->what == reply::kind::bad)
            leave_half(c, name);
        if (box && !all.front().octets->empty() && c.breaks(req::imap_multiappend_atomic))
            box->add(std::move(all.front()), nullptr);
        return *no;
    }
    if (c.breaks(req::imap_append))
        return reply::ok("appended, or so it is said");
    std::vector<std::uint32_t> uids;
    for (auto& m : all) {
        std::erase_if(m.flags, [&](const auto& flag) { return !may_flag(c, *box, flag); });
        spoil(c, m);
        uids.push_back(box->add(std::move(m), nullptr));
    }
    if (c.breaks(req::imap_append_recent))
        box->recent_from = box->uid_next;
    if (c.breaks(req::imap_uidplus_appenduid) || !tells_uids(c, *box))
        return reply::ok("appended");
    std::string code = "APPENDUID ";
    put_number(code, box->uid_validity);
    code += ' ';
    put_set(code, uids);
    return reply::ok(std::move(code), "appended");
}

} // namespace mailspec::serve::imap
