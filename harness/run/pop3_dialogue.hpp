#pragma once

#include "harness/observe/pop3_session.hpp"
#include "harness/run/dialogue.hpp"
#include "harness/wire/pop3/reply.hpp"

namespace mailspec::run {

/// POP3: knows which answers carry a payload.
class pop3_dialogue final : public dialogue {
public:
    pop3_dialogue(stage& on, line& over, wire::limits most)
        : dialogue(on, over, most), reader_(most), watch_(&on.maildrops()) {}

    script<> greet() override;
    void begin(exchange& x, match::outgoing& into) override;
    void end(exchange& x, std::size_t begun, match::outgoing& into) override;
    script<> hear(exchange& x) override;
    match::answer answer() override { return match::pop3_answer{&reply_}; }
    void release() override;
    success succeeded() override;
    std::string_view decisive() override;
    std::string challenge() override { return std::string(reply_.text); }

    const wire::pop3::reply& reply() const { return reply_; }

private:
    void learn(const exchange& x);
    void watch(const exchange& x, std::string_view sent);
    /// Has more come than what was asked for?
    void watch_rest();

    wire::pop3::frame_reader reader_;
    wire::pop3::reply reply_;
    wire::frame frame_;
    observe::pop3_session watch_;
};

} // namespace mailspec::run
