#include "harness/serve/imap/commands.hpp"

namespace mailspec::serve::imap {
namespace {

constexpr std::size_t most_pairs = 30, longest_name = 30, longest_value = 1024; ///< RFC 2971 section 3

} // namespace

reply syntax_error(const command& c) { return reply::bad("not understood: " + std::string(c.args.why())); }

reply do_capability(conversation& c, command& cmd) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    c.out() += "* CAPABILITY " + capabilities(c) + "\r\n";
    return reply::ok("these are they");
}

reply do_noop(conversation&, command& cmd) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    return reply::ok("nothing done");
}

reply do_logout(conversation& c, command& cmd) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    c.out() += "* BYE mailspec is closing the connection\r\n";
    c.deselect();
    c.log_out();
    return reply::ok("logged out");
}

reply do_id(conversation& c, command& cmd) {
    auto& a = cmd.args;
    a.sp();
    const bool tells = !a.keyword("NIL");
    if (tells) {
        a.expect('(');
        for (std::size_t pairs = 0; !a.failed() && !a.next_is(')'); ++pairs) {
            if (pairs > 0)
                a.sp();
            auto name = a.string();
            a.sp();
            auto value = a.nstring();
            if (name.size() > longest_name || pairs >= most_pairs || (value && value->size() > longest_value))
                a.fail("more or longer pairs than ID may have");
        }
        a.expect(')');
    }
    if (!a.done())
        return syntax_error(cmd);
    c.out() += "* ID (\"name\" \"mailspec\" \"vendor\" \"mailspec\" \"support-url\" NIL)\r\n";
    if (tells)
        c.introduce();
    return reply::ok("pleased to meet you");
}

} // namespace mailspec::serve::imap
