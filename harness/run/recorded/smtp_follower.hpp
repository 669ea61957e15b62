#pragma once

#include "harness/observe/smtp_session.hpp"
#include "harness/run/recorded/follower.hpp"
#include "harness/wire/smtp/reply.hpp"

namespace mailspec::run::recorded {

/// SMTP, submission and LMTP.
class smtp_follower final : public follower {
public:
    smtp_follower(together& of, begun from, wire::protocol spoken, std::size_t session);

    void sent(std::span<const line> said) override;
    void received(std::span<const line>& said) override;
    void secured() override { monitor_.secured(); }
    void unasked(const line& said, std::string_view octets) override;
    bool begins_anew(const line& said) const override;

private:
    /// Takes the lines of one reply off the front. Gives false where it is not known whole.
    bool take_reply(std::span<const line>& said);
    void judge();
    void send_command(const line& said);
    void lose() { monitor_.sent_raw({}); }

    observe::smtp_session monitor_;
    wire::smtp::reply reply_;
    bool greeted_ = false;
    bool has_sent_ = false;
    bool in_message_ = false; ///< what the client says is mail data
    bool is_over_ = false;
};

} // namespace mailspec::run::recorded
