#pragma once

#include "harness/serve/pop3/session.hpp"

#include "tests/serve/line_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::serve {

inline constexpr std::string_view short_mail = "Subject: one\r\n\r\nHello.\r\n";
inline constexpr std::string_view dotted_mail = "Subject: two\r\n\r\n.\r\n..two\r\nlast\r\n";

/// A store with two mails in the maildrop of alice, and its POP3 server.
class pop3_test : public testing::Test {
protected:
    pop3_test() : alice(mail.add_account("alice", "secret words")) {
        alice.token = "token";
        put(short_mail);
        put(dotted_mail);
    }

    void put(std::string_view octets) {
        stored_message m;
        m.octets = std::make_shared<const std::string>(octets);
        alice.inbox().add(std::move(m), nullptr);
    }

    line_dialogue connect(session_options o = plain_options()) {
        return line_dialogue(std::make_unique<pop3::session>(mail, std::move(o)));
    }

    line_dialogue log_in() {
        auto d = connect();
        d.say("USER alice");
        EXPECT_THAT(d.say("PASS secret words"), testing::StartsWith("+OK"));
        return d;
    }

    store mail;
    account& alice;
};

} // namespace mailspec::serve
