#pragma once

#include "harness/serve/smtp/session.hpp"
#include "harness/wire/sasl/base64.hpp"

#include "tests/serve/line_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::serve {

/// A store with the accounts of alice and bob, and its SMTP server.
class smtp_test : public testing::Test {
protected:
    smtp_test() : alice(mail.add_account("alice", "secret")), bob(mail.add_account("bob", "word")) {}

    line_dialogue connect(wire::protocol p = wire::protocol::smtp, session_options o = plain_options()) {
        return line_dialogue(std::make_unique<smtp::session>(mail, p, std::move(o)));
    }

    /// Connected, greeted, and with a transaction of that recipient open.
    line_dialogue open(std::string rcpt = "<alice@mailspec.test>") {
        auto d = connect();
        d.say("EHLO client.example");
        d.say("MAIL FROM:<sender@example.org>");
        EXPECT_THAT(d.say("RCPT TO:" + rcpt), testing::StartsWith("250 2.1.5")) << rcpt;
        return d;
    }

    static std::string only(account& a) {
        auto all = a.inbox().messages();
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? "" : *all.back().octets;
    }

    /// The answer to a message in an open transaction.
    std::string submit(std::string_view data) {
        auto d = open();
        EXPECT_THAT(d.say("DATA"), testing::StartsWith("354 "));
        return d.raw(data);
    }

    store mail;
    account &alice, &bob;
    const std::string plain_login = wire::sasl::base64_encode(std::string("\0alice\0secret", 13));
};

} // namespace mailspec::serve
