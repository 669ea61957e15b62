#pragma once

#include "harness/observe/outstanding.hpp"
#include "harness/observe/report.hpp"
#include "harness/observe/smtp_command.hpp"
#include "harness/wire/smtp/reply.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace mailspec::observe {

/// Watches one SMTP, submission or LMTP connection: what the client sent and the server's replies, from the greeting
/// on.
///
/// Where it cannot tell what a reply answers (octets sent raw, an exchange that it does not know), and once the server
/// has said 421, it says nothing more on that connection.
class smtp_session {
public:
    enum class kind : std::uint8_t { smtp, lmtp };
    explicit smtp_session(kind what = kind::smtp) : kind_(what) {}

    /// One command line, or one line of an exchange; without its line end.
    void sent(std::string_view line);
    /// A whole message, final dot included.
    void sent_message();
    /// Octets that need not be whole lines.
    void sent_raw(std::string_view octets);
    /// TLS is in place. May be said again and again.
    void secured();

    void took(const wire::smtp::reply& r, std::vector<rfc::finding>& into);
    /// Octets that have come where nothing more was asked for.
    void left(std::string_view octets, std::uint64_t at, std::vector<rfc::finding>& into);

    /// What the next reply answers, as far as it can be told.
    enum class awaited : std::uint8_t { nothing, hello, other };
    awaited awaits() const;
    /// Does it say nothing more?
    bool is_lost() const { return now_ == state::lost; }

private:
    using verb = smtp_command::verb;

    void lose() { now_ = state::lost; }
    void take_intermediate(verb asked, const wire::smtp::reply& r, const report& to);
    void judge(const smtp_command& c, const wire::smtp::reply& r, const report& to);
    void judge_envelope(const smtp_command& c, const wire::smtp::reply& r, const report& to);
    void judge_rcpt(const report& to);
    void judge_second_login(const report& to) const;
    void judge_parameters(const smtp_command& c, const wire::smtp::reply& r, const report& to) const;
    void learn(const wire::smtp::reply& r, const report& to);
    void judge_enhanced_code(verb asked, const wire::smtp::reply& r, const report& to) const;

    enum class state : std::uint8_t {
        greeting,
        commands,
        challenge, ///< the next line answers a challenge
        message,   ///< what is sent next is mail data
        tls_due,
        lost ///< what a reply answers can no longer be told
    } now_ = state::greeting;
    kind kind_;
    enum class channel : std::uint8_t { plain, secured } over_ = channel::plain;
    /// Is a mail transaction open, and if not, what ended it?
    enum class transaction : std::uint8_t {
        none,
        open,
        unclear,
        ended_by_rset,
        ended_by_tls
    } mail_ = transaction::none;
    enum class login : std::uint8_t { none, done, before_tls } login_ = login::none;
    smtp_extensions can_ = 0;
    std::uint32_t recipients_ = 0; ///< accepted in this transaction
    outstanding<smtp_command> asked_;
};

} // namespace mailspec::observe
