#include "harness/serve/server.hpp"

#include "tests/serve/blocking_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <thread>

namespace mailspec::serve {
namespace {

using net::endpoint;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using wire::protocol;

constexpr protocol all_protocols[] = {protocol::imap, protocol::pop3, protocol::smtp, protocol::submission,
                                      protocol::lmtp};

options known_users() {
    options o;
    o.users = {{"alice", "secret", "token"}, {"bob", "word", ""}};
    return o;
}

/// The server's authority in a file, for as long as this lives.
class authority_file {
public:
    explicit authority_file(const server& s)
        : name_(testing::TempDir() + "mailspec-ca-" + std::to_string(s.endpoints()[0].port)) {
        std::ofstream(name_) << s.ca_certificate();
    }
    ~authority_file() { std::remove(name_.c_str()); }
    net::tls_settings settings() const { return {"localhost", name_, net::tls_settings::verification::full}; }

private:
    std::string name_;
};

class RunningServer : public testing::Test {
protected:
    RunningServer() : running(known_users()) { EXPECT_EQ(running.start(), ""); }

    blocking_client connect(protocol p) { return blocking_client(endpoint_of(running, p)); }

    blocking_client imap(std::string_view box) {
        auto c = connect(protocol::imap);
        c.until("\r\n");
        EXPECT_THAT(c.command("a", "LOGIN alice secret"), HasSubstr("a OK"));
        EXPECT_THAT(c.command("b", "SELECT " + std::string(box)), HasSubstr("b OK"));
        return c;
    }

    void deliver(std::string data) {
        auto c = connect(protocol::smtp);
        c.until("\r\n");
        c.ask("EHLO client.example", " HELP\r\n");
        c.ask("MAIL FROM:<x@example.org>");
        c.ask("RCPT TO:<alice@mailspec.test>");
        c.ask("DATA");
        EXPECT_THAT(c.ask(data.append(".")), StartsWith("250 "));
    }

    server running;
};

TEST_F(RunningServer, GreetsOnEveryPort) {
    for (auto p : all_protocols)
        EXPECT_THAT(connect(p).until("\r\n"), testing::AnyOf(StartsWith("* OK"), StartsWith("+OK"), StartsWith("220 ")))
            << to_string(p);
}

TEST_F(RunningServer, ShakesHandsFirstOnTheImplicitPorts) {
    authority_file authority(running);
    for (auto p : {protocol::imap, protocol::pop3, protocol::submission}) {
        auto to = endpoint_of(running, p, endpoint::security::implicit);
        to.tls_options = authority.settings();
        EXPECT_THAT(blocking_client(to).until("\r\n"), HasSubstr("mailspec")) << to_string(p);
    }
}

TEST_F(RunningServer, StartsTlsInTheMidst) {
    authority_file authority(running);
    struct way {
        protocol p;
        std::string first, last;
    };
    for (const auto& w : {way{protocol::imap, "a STARTTLS", "b NOOP"}, way{protocol::pop3, "STLS", "CAPA"},
                          way{protocol::smtp, "STARTTLS", "NOOP"}, way{protocol::lmtp, "STARTTLS", "NOOP"}}) {
        auto c = connect(w.p);
        c.until("\r\n");
        EXPECT_THAT(c.ask(w.first), testing::AnyOf(StartsWith("a OK"), StartsWith("+OK"), StartsWith("220 ")));
        c.start_tls(authority.settings());
        EXPECT_THAT(c.ask(w.last), testing::AnyOf(StartsWith("b OK"), StartsWith("+OK"), StartsWith("250 ")));
    }
}

TEST_F(RunningServer, ShowsAMailFromSmtpToPop3AndImapByteForByte) {
    const std::string head = "Subject: whole\r\n\r\nsome text\r\n", dotted = ". a dot\r\n", mail = head + dotted;
    deliver(head + "." + dotted);
    auto pop = connect(protocol::pop3);
    pop.until("\r\n");
    pop.ask("USER alice");
    pop.ask("PASS secret");
    auto by_pop = pop.ask("RETR 1", "\r\n.\r\n");
    auto reader = imap("INBOX");
    auto by_imap = reader.command("c", "FETCH 1 BODY.PEEK[]");
    auto delivered = by_imap.substr(by_imap.find("}\r\n") + 3);
    delivered.resize(delivered.find(mail) + mail.size());
    EXPECT_THAT(delivered, AllOf(StartsWith("Return-Path: <x@example.org>\r\nReceived: "), EndsWith(mail)));
    EXPECT_THAT(by_pop, StartsWith("+OK " + std::to_string(delivered.size()) + " octets\r\nReturn-Path"));
    EXPECT_THAT(by_pop, EndsWith(head + "." + dotted + ".\r\n"));
}

TEST_F(RunningServer, WakesAnIdlingSession) {
    auto idler = imap("INBOX");
    EXPECT_THAT(idler.ask("c IDLE"), StartsWith("+ "));
    deliver("Subject: new\r\n\r\n");
    EXPECT_THAT(idler.until("\r\n"), HasSubstr("* 1 EXISTS"));
    idler.send("DONE\r\n");
    EXPECT_THAT(idler.finish("c"), HasSubstr("c OK"));
}

TEST_F(RunningServer, OutlivesClientsThatVanish) {
    authority_file authority(running);
    for (auto p : all_protocols) {
        connect(p);
        auto c = connect(p);
        c.until("\r\n");
        c.send("half a com");
        auto tls = connect(p);
        tls.until("\r\n");
        tls.send(p == protocol::pop3 ? "STLS\r\n" : p == protocol::imap ? "a STARTTLS\r\n" : "STARTTLS\r\n");
        tls.until("\r\n");
        tls.send("this is no TLS hello, whatever it may be\r\n");
    }
    deliver("Subject: still here\r\n\r\n");
    EXPECT_THAT(connect(protocol::pop3).until("\r\n"), StartsWith("+OK"));
}

TEST_F(RunningServer, ClosesAfterQuit) {
    for (auto p : {protocol::pop3, protocol::smtp, protocol::lmtp}) {
        auto c = connect(p);
        c.until("\r\n");
        c.ask("QUIT");
        EXPECT_TRUE(c.sees_close()) << to_string(p);
    }
}

TEST_F(RunningServer, LetsTheMaildropGoWhenTheClientVanishes) {
    auto log_in = [](blocking_client& c) {
        c.until("\r\n");
        c.ask("USER alice");
        return c.ask("PASS secret");
    };
    {
        auto first = connect(protocol::pop3);
        ASSERT_THAT(log_in(first), StartsWith("+OK"));
    }
    auto deadline = net::clock::now() + std::chrono::seconds(10);
    std::string answer;
    do {
        auto second = connect(protocol::pop3);
        answer = log_in(second);
    } while (!answer.starts_with("+OK") && net::clock::now() < deadline);
    EXPECT_THAT(answer, StartsWith("+OK"));
}

TEST_F(RunningServer, StopsWithConnectionsOpen) {
    auto idler = imap("INBOX");
    idler.ask("c IDLE");
    auto sender = connect(protocol::smtp);
    auto silent = connect(protocol::lmtp);
    sender.until("\r\n");
    sender.ask("EHLO a", " HELP\r\n");
    sender.ask("MAIL FROM:<>");
    sender.ask("RCPT TO:<bob@mailspec.test>");
    sender.ask("DATA");
    sender.send("half a message");
    running.stop();
    EXPECT_TRUE(sender.sees_close());
    EXPECT_TRUE(idler.sees_close());
    EXPECT_THAT(running.endpoints(), IsEmpty());
}

TEST_F(RunningServer, MakesItsCertificateOnceWhoeverAsksFirst) {
    std::string one, two;
    std::thread other([&] { one = running.ca_certificate(); });
    two = running.ca_certificate();
    other.join();
    EXPECT_THAT(one, StartsWith("-----BEGIN CERTIFICATE-----"));
    EXPECT_EQ(one, two);
}

TEST(Server, ServesEveryProtocolAndTheImplicitPortsWithTls) {
    server with(known_users());
    ASSERT_EQ(with.start(), "");
    EXPECT_EQ(std::ranges::count_if(with.endpoints(), &listening::implicit_tls), 3);
    auto plain = known_users();
    plain.security = options::tls::off;
    server without(plain);
    ASSERT_EQ(without.start(), "");
    EXPECT_EQ(std::ranges::count_if(without.endpoints(), &listening::implicit_tls), 0);
    EXPECT_EQ(with.endpoints().size(), without.endpoints().size() + 3);
    EXPECT_EQ(without.ca_certificate(), "");
    blocking_client c(endpoint_of(without, protocol::smtp));
    c.until("\r\n");
    EXPECT_THAT(c.ask("STARTTLS"), StartsWith("502 "));
}

TEST(Server, HasThreeUsersWithRandomPasswordsByDefault) {
    server one({}), two({});
    ASSERT_EQ(one.users().size(), 3u);
    EXPECT_EQ(one.users()[0].name, "alice");
    EXPECT_GE(one.users()[0].password.size(), 16u);
    EXPECT_NE(one.users()[0].password, one.users()[1].password);
    EXPECT_NE(one.users()[0].password, two.users()[0].password);
}

TEST(Server, SaysWhyItCannotStart) {
    server first(known_users());
    ASSERT_EQ(first.start(), "");
    auto taken = known_users();
    taken.first_port = first.endpoints()[0].port;
    server second(taken);
    EXPECT_THAT(second.start(), HasSubstr(std::to_string(taken.first_port)));
    EXPECT_THAT(second.endpoints(), IsEmpty());
    auto wrong = known_users();
    wrong.mischief = {"no.such.thing"};
    server third(wrong);
    EXPECT_THAT(third.start(), HasSubstr("no.such.thing"));
    auto far = known_users();
    far.host = "192.0.2.1";
    EXPECT_THAT(server(far).start(), HasSubstr("192.0.2.1"));
}

TEST(Server, StartsAndStopsAgainAndAgain) {
    for (int i = 0; i < 50; ++i) {
        server s(known_users());
        ASSERT_EQ(s.start(), "");
        if (i % 2 == 0)
            s.stop();
        s.stop();
    }
}

} // namespace
} // namespace mailspec::serve
