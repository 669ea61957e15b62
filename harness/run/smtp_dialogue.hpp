#pragma once

#include "harness/observe/smtp_session.hpp"
#include "harness/run/dialogue.hpp"
#include "harness/wire/smtp/reply.hpp"

namespace mailspec::run {

/// SMTP, submission and LMTP: replies, what EHLO announces, and LMTP's one reply per recipient.
class smtp_dialogue final : public dialogue {
public:
    smtp_dialogue(stage& on, line& over, wire::limits most);

    script<> greet() override;
    void begin(exchange& x, match::outgoing& into) override;
    void end(exchange& x, std::size_t begun, match::outgoing& into) override;
    script<> hear(exchange& x) override;
    match::answer answer() override { return match::smtp_answer{&reply_}; }
    void release() override;
    success succeeded() override;
    std::string_view decisive() override;
    std::string challenge() override { return std::string(reply_.text()); }

    /// Reads one more of the replies that LMTP gives after the final dot; the first is read by hear().
    script<> hear_another(exchange& x);

private:
    script<> hear_one(wire::smtp::context c);
    void learn(const exchange& x);
    void watch(const exchange& x, std::string_view sent);
    /// Has more come than what was asked for?
    void watch_rest();

    wire::smtp::frame_reader reader_;
    wire::smtp::reply reply_;
    wire::frame frame_;
    observe::smtp_session watch_;
    std::uint32_t recipients_ = 0; ///< accepted in this transaction
};

} // namespace mailspec::run
