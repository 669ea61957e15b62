#include "tests/net/tcp_test.hpp"

#include "harness/net/resolver.hpp"

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>

namespace mailspec::net {
namespace {

using namespace std::chrono_literals;
using test::along;
using test::run;
using test::within;
using testing::MatchesRegex;

using Tcp = tcp_test;

TEST_F(Tcp, CarriesOctetsOverIpv4) { EXPECT_EQ(ask_echo("127.0.0.1", "127.0.0.1"), "a1 NOOP\r\n"); }
TEST_F(Tcp, CarriesOctetsOverIpv6) { EXPECT_EQ(ask_echo("::1", "::1"), "a1 NOOP\r\n"); }
TEST_F(Tcp, FindsAHostByName) { EXPECT_EQ(ask_echo("localhost", "localhost"), "a1 NOOP\r\n"); }

TEST_F(Tcp, CarriesMoreThanTheKernelBuffers) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    along(context, echo(*door.opened));
    auto made = run(context, connect(at("127.0.0.1", door.opened->port()), within(5s)));
    std::string much(20'000'000, 'x');
    for (std::size_t i = 0; i < much.size(); i += 997)
        much[i] = static_cast<char>('a' + i % 26);
    std::string back;
    result sent;
    along(context, [](stream& to, const std::string& all, result& how) -> task<void> {
        how = co_await to.write(all, within(10s));
    }(*made.opened, much, sent));
    EXPECT_TRUE(run(context, read_whole(*made.opened, back, much.size())));
    EXPECT_TRUE(sent);
    EXPECT_EQ(sent.octets, much.size());
    EXPECT_TRUE(back == much);
}

TEST_F(Tcp, SaysWhichPortRefused) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    auto port = door.opened->port();
    door.opened->cancel();
    auto made = run(context, connect(at("127.0.0.1", port), within(5s)));
    EXPECT_FALSE(made.opened);
    EXPECT_EQ(made.how.why, trouble::refused);
    EXPECT_EQ(made.how.sentence, "127.0.0.1:" + std::to_string(port) + " refused the connection");
}

TEST_F(Tcp, WritesIpv6AddressesInBrackets) {
    auto door = listen(context.get_executor(), "::1", 0);
    auto port = door.opened->port();
    door.opened->cancel();
    auto made = run(context, connect(at("::1", port), within(5s)));
    EXPECT_EQ(made.how.sentence, "[::1]:" + std::to_string(port) + " refused the connection");
}

TEST_F(Tcp, SaysThatAHostIsNotKnown) {
    auto made = run(context, connect(at("x.invalid", 143), within(5s)));
    EXPECT_FALSE(made.opened);
    EXPECT_EQ(made.how.why, trouble::unknown_host);
    EXPECT_EQ(made.how.sentence, "host x.invalid is not known");
}

struct fixed_resolver final : resolver {
    explicit fixed_resolver(std::vector<std::string> a) : addresses(std::move(a)) {}
    task<resolution> resolve(const std::string&, clock::time_point) override { co_return resolution{addresses, {}}; }
    std::vector<std::string> addresses;
};

TEST_F(Tcp, TriesEachAddressInTurn) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    fixed_resolver names({"::1", "127.0.0.2", "127.0.0.1"});
    auto made = run(context, connect(at("mail.example", door.opened->port()), within(5s), names));
    EXPECT_TRUE(made.opened) << made.how.sentence;
}

TEST_F(Tcp, NamesTheAddressesItTriedInVain) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    auto port = door.opened->port();
    door.opened->cancel();
    fixed_resolver names({"127.0.0.2", "127.0.0.1"});
    auto made = run(context, connect(at("mail.example", port), within(5s), names));
    EXPECT_EQ(made.how.why, trouble::refused);
    EXPECT_EQ(made.how.sentence,
              "mail.example:" + std::to_string(port) + " refused the connection (tried 127.0.0.2, 127.0.0.1)");
}

TEST_F(Tcp, EndsAcceptingWhenCancelled) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    boost::asio::post(context, [&] { door.opened->cancel(); });
    EXPECT_EQ(run(context, door.opened->accept()).how.why, trouble::cancelled);
    EXPECT_EQ(run(context, door.opened->accept()).how.why, trouble::cancelled);
}

TEST_F(Tcp, SaysThatAPortIsTaken) {
    auto first = listen(context.get_executor(), "127.0.0.1", 0);
    auto second = listen(context.get_executor(), "127.0.0.1", first.opened->port());
    EXPECT_FALSE(second.opened);
    EXPECT_THAT(second.how.sentence, MatchesRegex("127.0.0.1:[0-9]+ cannot be listened on: Address already in use.*"));
}

} // namespace
} // namespace mailspec::net
