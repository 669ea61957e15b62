#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using verdict::outcome;

target at(const std::string& host, security tls, disposal inbox) {
    auto t = plain_target();
    for (auto& door : t.endpoints) {
        door.host = host;
        door.tls = tls;
    }
    for (auto& each : t.accounts)
        each.inbox = inbox;
    return t;
}

struct sending {
    std::string_view steps, secret;
};

/// Each sends the password without TLS.
constexpr sending in_clear[] = {
    {R"(<imap state="connected" tls="none"/><C>LOGIN alice ${quoted(alice.password)}</C>)", "sesame-alice"},
    {R"(<imap state="connected" tls="none"/><raw>x1 LOGIN alice ${alice.password}\r\n</raw><S>OK</S>)", "sesame-alice"},
    {R"(<submission tls="none"/><C>AUTH PLAIN ${base64('\0alice\0', alice.password)}</C>)", "AHNlc2FtZS1hbGljZQ"},
    {R"(<submission tls="none"/><pipeline><C>AUTH PLAIN ${base64('\0alice\0', alice.password)}</C></pipeline>)",
     "AHNlc2FtZS1hbGljZQ"},
};

std::vector<std::string> heard(const sending& what, const target& against, outcome& came) {
    auto server = puppet::imap();
    server.others[wire::protocol::submission] = puppet::smtp();
    server.others[wire::protocol::submission].answers["AUTH"] = {"235 2.7.0 ok\r\n"};
    came = play(scenario_of(what.steps), server, {}, against).record.result;
    auto all = server.heard;
    for (const auto& line : server.others[wire::protocol::submission].heard)
        all.push_back(line);
    return all;
}

TEST(APassword, IsNotSentWithoutTheTLSThatTheTargetDemands) {
    for (const auto& each : in_clear)
        for (const auto& against : {at("mail.example", security::starttls, disposal::disposable),
                                    at("127.mail.example", security::starttls, disposal::disposable),
                                    at("127.0.0.1", security::starttls, disposal::keep)}) {
            auto came = outcome::conforms;
            EXPECT_THAT(heard(each, against, came), Not(Contains(HasSubstr(each.secret)))) << each.steps;
            EXPECT_EQ(came, outcome::unsupported) << each.steps;
        }
}

TEST(APassword, IsSentInTheClearToLoopbackAndWhereTheTargetDemandsNoTLS) {
    for (const auto& each : in_clear)
        for (const auto& against : {at("127.0.0.1", security::starttls, disposal::disposable),
                                    at("mail.example", security::none, disposal::keep)}) {
            auto came = outcome::conforms;
            EXPECT_THAT(heard(each, against, came), Contains(HasSubstr(each.secret))) << each.steps;
        }
}

/// The alert "unexpected message" of TLS ends with an octet that is LF.
TEST(WhatComesOnceTLSWasAgreedTo, IsNotHeldAgainstTheGrammar) {
    constexpr std::string_view steps = R"(<smtp/><C>STARTTLS</C><raw>NOOP\r\n</raw>
        <outcomes asks="obeyed?"><outcome answer="yes"><raw>NOOP\r\n</raw><S>250</S></outcome><outcome answer="no"/></outcomes>)";
    auto server = puppet::smtp();
    server.answers["STARTTLS"] = {"220 go on\r\n"};
    server.answers["NOOP"] = {std::string("\x15\x03\x03\x00\x02\x02\x0a", 7) + "!"};
    const auto p = play(steps, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_TRUE(p.record.findings.empty());
    ASSERT_EQ(p.record.answers.size(), 1u);
    EXPECT_EQ(p.record.answers[0].said, "no");
}

} // namespace
} // namespace mailspec::run::testing
