#pragma once

#include "harness/observe/pop3_session.hpp"
#include "harness/run/recorded/follower.hpp"
#include "harness/wire/pop3/reply.hpp"

namespace mailspec::run::recorded {

/// POP3: what a reply is made of depends on what it answers, so that nothing more is read once that is not known.
class pop3_follower final : public follower {
public:
    pop3_follower(together& of, begun from, std::size_t session);

    void sent(std::span<const line> said) override;
    void received(std::span<const line>& said) override;
    void secured() override { monitor_.secured(); }
    void unasked(const line& said, std::string_view octets) override;
    bool begins_anew(const line& said) const override;

private:
    using awaited = observe::pop3_session::awaited;
    /// Takes the lines of one reply off the front. Gives false where it is not known whole.
    bool take_reply(std::span<const line>& said, awaited what);
    void lose() { monitor_.sent_raw({}); }

    observe::pop3_session monitor_;
    wire::pop3::reply reply_;
    enum class quitting { no, asked, done } quits_ = quitting::no;
    bool greeted_ = false;
    bool has_sent_ = false;
};

} // namespace mailspec::run::recorded
