#pragma once

#include "harness/observe/maildrop_memory.hpp"
#include "harness/observe/maildrop_view.hpp"
#include "harness/observe/outstanding.hpp"
#include "harness/observe/pop3_announced.hpp"
#include "harness/observe/pop3_capability.hpp"
#include "harness/observe/pop3_command.hpp"
#include "harness/wire/pop3/reply.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::observe {

/// Watches one POP3 connection: what the client sent and the server's replies, from the greeting on.
///
/// Where it cannot tell what a reply answers (octets sent raw, a command it does not know that succeeded), it says
/// nothing more on that connection.
class pop3_session {
public:
    /// Takes what the sessions before saw, and adds what this one sees; null: nothing is known of others.
    explicit pop3_session(maildrop_memory* memory = nullptr) : memory_(memory) {}

    /// One command line, or one line of an exchange; without its line end.
    void sent(std::string_view line);
    /// Octets that need not be whole lines.
    void sent_raw(std::string_view octets);
    /// TLS is in place: what was announced before counts no longer.
    /// May be said again and again.
    void secured();

    void took(const wire::pop3::reply& r, std::vector<rfc::finding>& into);
    /// Octets that have come where nothing more was asked for.
    void left(std::string_view octets, std::uint64_t at, std::vector<rfc::finding>& into);

    /// What the next reply is, as far as it can be told.
    enum class awaited : std::uint8_t { nothing, status, listing, message };
    awaited awaits() const;
    /// Does it say nothing more?
    bool is_lost() const { return now_ == state::lost; }

private:
    using verb = pop3_command::verb;

    void judge(const pop3_command& c, const wire::pop3::reply& r, const report& to);
    void judge_state(const pop3_command& c, const report& to) const;
    void judge_listing(const pop3_command& c, const wire::pop3::reply& r, const report& to);
    void judge_refusal(const pop3_command& c, const wire::pop3::reply& r, const report& to) const;
    bool can(const pop3_capability& c) const { return (can_ & c.bit) != 0; }
    void log_in();
    void learn(const wire::pop3::reply& r, const report& to);
    void note_fetched(std::uint32_t number);
    void note_complete(const report& to);
    void finish();
    void lose();
    void forget();
    void continue_exchange();

    enum class state : std::uint8_t {
        greeting,
        authorization,
        exchange, ///< the next line answers a challenge
        transaction,
        tls_due,
        over,
        lost ///< what a reply answers can no longer be told
    } now_ = state::greeting;
    pop3_capabilities can_ = 0;
    pop3_capabilities could_ = 0; ///< in the AUTHORIZATION state
    pop3_announced announced_;
    enum class channel : std::uint8_t { plain, secured } over_ = channel::plain;
    enum class memory_of : std::uint8_t { nothing, before, now } remembers_ = memory_of::nothing;
    outstanding<pop3_command> asked_;
    std::string user_; ///< as USER or APOP named it; empty: not known
    std::unique_ptr<maildrop_view> drop_;
    maildrop_memory* memory_;
};

} // namespace mailspec::observe
