#include "tests/net/tls_test.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>

#include <thread>

namespace mailspec::net {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using test::along;
using test::run;
using test::within;
using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

using Tls = tls_test;

TEST_F(Tls, GreetsOverImplicitTls) {
    auto made = reach(authority.issue());
    ASSERT_TRUE(made.opened) << made.how.sentence;
    EXPECT_TRUE(made.opened->secured());
    EXPECT_THAT(made.opened->tls_description(), StartsWith("TLSv1.3, TLS_"));
    EXPECT_EQ(run(context, read_once(*made.opened)), "* OK\r\n");
    EXPECT_TRUE(run(context, made.opened->write("a1 NOOP\r\n", within(5s))));
    EXPECT_EQ(run(context, read_once(*made.opened)), "a1 NOOP\r\n");
    EXPECT_THAT(run(context, read_once(*made.opened)), EndsWith("closed the connection"));
}

TEST_F(Tls, SaysThatTheServerIsTooOld) {
    door = listen(context.get_executor(), "127.0.0.1", 0);
    server_tls_context old(authority.issue(), server_tls_context::newest::tls_1_1);
    along(context, greet_in_tls(*door.opened, old));
    auto made = run(context, connect(here(door.opened->port()), within(5s)));
    EXPECT_EQ(made.how.why, trouble::tls_version);
    EXPECT_THAT(made.how.sentence, EndsWith("speaks no TLS of version 1.2 or later"));
}

/// A peer that does as it likes after accepting.
class TlsAgainst : public tls_test {
protected:
    /// What becomes of an implicit TLS connection to a peer that says this and hangs up, or keeps silent.
    enum class afterwards { hangs_up, waits };
    result said(std::string octets, afterwards then, clock::duration patience = 5s) {
        tcp::acceptor raw(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
        tcp::socket peer(context);
        raw.async_accept(peer, [&](auto) {
            boost::asio::write(peer, boost::asio::buffer(octets));
            if (then == afterwards::hangs_up)
                peer.close();
        });
        return run(context, connect(here(raw.local_endpoint().port()), within(patience))).how;
    }
};

TEST_F(TlsAgainst, APlainTextServerNamesTheOtherModes) {
    auto how = said("* OK ready\r\n", afterwards::waits);
    EXPECT_EQ(how.why, trouble::tls_handshake);
    EXPECT_THAT(how.sentence,
                MatchesRegex("127.0.0.1:[0-9]+ does not speak TLS here \\(tls=implicit\\); try tls=starttls or none"));
    EXPECT_THAT(said("220 mail ESMTP\r\n", afterwards::waits).sentence, HasSubstr("does not speak TLS here"));
    EXPECT_THAT(said("HTTP/1.0 400 Bad request\r\n\r\n", afterwards::waits).sentence,
                HasSubstr("does not speak TLS here"));
}

TEST_F(TlsAgainst, AServerThatHangsUpNamesTheOtherModes) {
    auto how = said("", afterwards::hangs_up);
    EXPECT_EQ(how.why, trouble::tls_handshake);
    EXPECT_THAT(how.sentence, HasSubstr("hung up during the TLS handshake"));
    EXPECT_THAT(how.sentence, HasSubstr("try tls=starttls or none"));
}

TEST_F(TlsAgainst, AnOldServerSaysWhichVersionIsMissing) {
    auto how = said(std::string("\x15\x03\x01\x00\x02\x02\x46", 7), afterwards::waits); // alert protocol_version
    EXPECT_EQ(how.why, trouble::tls_version);
    EXPECT_THAT(how.sentence, EndsWith("speaks no TLS of version 1.2 or later"));
}

TEST_F(TlsAgainst, AServerThatStallsEndsAtTheDeadline) {
    auto how = said("", afterwards::waits, 80ms);
    EXPECT_EQ(how.why, trouble::timed_out);
    EXPECT_THAT(how.sentence, HasSubstr("no answer from 127.0.0.1:"));
}

TEST_F(TlsAgainst, AnyServerNamesTheHostButNoAddress) {
    for (std::string host : {"localhost", "127.0.0.1"}) {
        tcp::acceptor raw(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
        tcp::socket peer(context);
        std::array<char, 2000> hello;
        std::string seen;
        raw.async_accept(peer, [&](auto) {
            peer.async_read_some(boost::asio::buffer(hello), [&](auto, std::size_t n) {
                seen.assign(hello.data(), n);
                peer.close();
            });
        });
        run(context, connect(here(raw.local_endpoint().port(), host), within(5s)));
        ASSERT_GT(seen.size(), 50u);
        EXPECT_EQ(seen.find("localhost") != seen.npos, host == "localhost");
        EXPECT_THAT(seen, Not(HasSubstr("127.0.0.1")));
    }
}

/// The server's half of a dialogue with STARTTLS in the middle; `extra` is pipelined behind its OK.
task<void> upgrade_when_asked(acceptor& door, server_tls_context identity, std::string extra) {
    auto client = co_await door.accept();
    co_await client.opened->write("* OK\r\n", within(5s));
    if (co_await read_once(*client.opened) != "a1 STARTTLS\r\n")
        co_return;
    co_await client.opened->write("a1 OK\r\n" + extra, within(5s));
    if (!co_await client.opened->start_tls_as_server(identity, within(5s)))
        co_return;
    auto asked = co_await read_once(*client.opened);
    co_await client.opened->write("secret " + asked, within(5s));
}

class StartTls : public tls_test {
protected:
    std::unique_ptr<stream> up_to_the_command(const std::string& extra) {
        door = listen(context.get_executor(), "127.0.0.1", 0);
        along(context, upgrade_when_asked(*door.opened, server_tls_context(authority.issue()), extra));
        auto to = here(door.opened->port());
        to.tls = endpoint::security::starttls;
        auto made = run(context, connect(to, within(5s)));
        EXPECT_FALSE(made.opened->secured());
        EXPECT_EQ(run(context, read_once(*made.opened)), "* OK\r\n");
        EXPECT_TRUE(run(context, made.opened->write("a1 STARTTLS\r\n", within(5s))));
        return std::move(made.opened);
    }
};

TEST_F(StartTls, UpgradesTheSameStreamMidDialogue) {
    auto ours = up_to_the_command("");
    EXPECT_EQ(run(context, read_once(*ours)), "a1 OK\r\n");
    auto shaken = run(context, ours->start_tls(here(0).tls_options, within(5s)));
    ASSERT_TRUE(shaken) << shaken.sentence;
    EXPECT_TRUE(ours->secured());
    EXPECT_TRUE(run(context, ours->write("a2 NOOP\r\n", within(5s))));
    EXPECT_EQ(run(context, read_once(*ours)), "secret a2 NOOP\r\n");
}

TEST_F(StartTls, HandsOutPlainTextPipelinedBeforeTheHandshakeAndNothingOfItAfter) {
    auto ours = up_to_the_command("a2 OK injected\r\n");
    EXPECT_EQ(run(context, read_once(*ours)), "a1 OK\r\na2 OK injected\r\n");
    ASSERT_TRUE(run(context, ours->start_tls(here(0).tls_options, within(5s))));
    EXPECT_TRUE(run(context, ours->write("a2 NOOP\r\n", within(5s))));
    EXPECT_EQ(run(context, read_once(*ours)), "secret a2 NOOP\r\n");
}

TEST_F(StartTls, FailsTheHandshakeOnPlainTextThatWasNotReadBefore) {
    auto ours = up_to_the_command("a2 OK injected\r\n");
    std::array<char, 7> just_the_answer;
    EXPECT_EQ(run(context, ours->read_some(just_the_answer, within(5s))).octets, 7u);
    auto shaken = run(context, ours->start_tls(here(0).tls_options, within(5s)));
    EXPECT_EQ(shaken.why, trouble::tls_handshake);
    EXPECT_THAT(shaken.sentence, HasSubstr("does not speak TLS here, though it agreed to (tls=starttls)"));
    EXPECT_FALSE(ours->secured());
}

TEST_F(Tls, CountsAHangUpWithoutGoodbyeAsAClose) {
    door = listen(context.get_executor(), "127.0.0.1", 0);
    along(context, [](acceptor& at, server_tls_context identity) -> task<void> {
        auto client = co_await at.accept();
        co_await client.opened->start_tls_as_server(identity, within(5s));
        client.opened->cancel(); // a cancelled stream closes without saying goodbye
    }(*door.opened, server_tls_context(authority.issue())));
    auto made = run(context, connect(here(door.opened->port()), within(5s)));
    std::array<char, 10> room;
    EXPECT_EQ(run(context, made.opened->read_some(room, within(5s))).why, trouble::closed);
}

TEST_F(Tls, GivesUpReadingAtTheDeadlineAndWhenCancelled) {
    for (bool by_deadline : {true, false}) {
        auto made = reach(authority.issue());
        EXPECT_EQ(run(context, read_once(*made.opened)), "* OK\r\n");
        std::array<char, 10> room;
        if (!by_deadline)
            boost::asio::post(context, [&] { made.opened->cancel(); });
        auto got = run(context, made.opened->read_some(room, within(by_deadline ? 50ms : 20s)));
        EXPECT_EQ(got.why, by_deadline ? trouble::timed_out : trouble::cancelled);
    }
}

TEST_F(Tls, ServesFromAThreadOfItsOwn) {
    boost::asio::io_context elsewhere{1};
    auto door_there = listen(elsewhere.get_executor(), "127.0.0.1", 0);
    along(elsewhere, greet_in_tls(*door_there.opened, server_tls_context(authority.issue())));
    std::thread server([&] { elsewhere.run(); });
    auto made = run(context, connect(here(door_there.opened->port()), within(5s)));
    EXPECT_EQ(run(context, read_once(*made.opened)), "* OK\r\n");
    EXPECT_TRUE(run(context, made.opened->write("a1 NOOP\r\n", within(5s))));
    EXPECT_EQ(run(context, read_once(*made.opened)), "a1 NOOP\r\n");
    server.join();
}

} // namespace
} // namespace mailspec::net
