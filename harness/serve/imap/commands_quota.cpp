#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/writer.hpp"

#include <cstdint>

// How much of what a user may store is used: RFC 9208. One quota root, "", is for all mailboxes of a user; the limit is
// higher than what a server in memory comes to.

namespace mailspec::serve::imap {

namespace {

constexpr std::uint64_t limit = 1u << 30, unit = 1024; ///< octets

std::uint64_t used(const conversation& c, const account& who) {
    std::uint64_t octets = 0;
    for (const auto& [name, box] : who.mailboxes)
        for (const auto& m : box->messages())
            octets += m.octets->size();
    return octets * (c.breaks(req::imap_status_size_quota) ? 2 : 1) / unit;
}

void put_quota(conversation& c, const account& whose) {
    put_number(c.out() += "* QUOTA \"\" (STORAGE ", used(c, whose));
    put_number(c.out() += ' ', limit);
    c.out() += ")\r\n";
}

} // namespace

reply do_getquota(conversation& c, command& cmd) {
    cmd.args.sp();
    const auto root = cmd.args.astring();
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!root.empty())
        return reply::no("NONEXISTENT", "no such quota root");
    put_quota(c, c.who());
    return reply::ok("the quota");
}

reply do_getquotaroot(conversation& c, command& cmd) {
    cmd.args.sp();
    const auto* box = find_mailbox(c, cmd.args.mailbox());
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!box || !may(c, *box, "r"))
        return reply::no("NONEXISTENT", "no such mailbox");
    put_string(c.out() += "* QUOTAROOT ", c.shown_name(name_of(c, *box)));
    const bool own = box->owner == &c.who();
    c.out() += own ? " \"\"\r\n" : "\r\n";
    if (own)
        put_quota(c, c.who());
    return reply::ok("the quota roots");
}

} // namespace mailspec::serve::imap
