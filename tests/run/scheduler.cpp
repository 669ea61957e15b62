#include "harness/run/scheduler.hpp"

#include "harness/net/memory.hpp"

#include "tests/run/puppet.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace mailspec::run::testing {
namespace {

namespace asio = boost::asio;

using ::testing::HasSubstr;
using verdict::outcome;

constexpr std::string_view noop = R"(<imap state="authenticated"/>
<C>NOOP</C>)";

/// Serves one connection by a puppet of its own.
net::task<void> serve(std::unique_ptr<net::memory_stream> stream, puppet server,
                      std::vector<std::string>* heard = nullptr) {
    const auto deadline = net::clock::now() + std::chrono::seconds(20);
    auto last = co_await stream->write(server.greeting, deadline);
    std::array<char, 1024> room;
    while (last) {
        last = co_await stream->read_some(room, deadline);
        if (!last)
            break;
        if (heard)
            heard->emplace_back(room.data(), last.octets);
        auto said = server.answer({room.data(), last.octets});
        const bool closes = said.ends_with('!');
        if (closes)
            said.pop_back();
        last = co_await stream->write(said, deadline);
        if (closes)
            break;
    }
    stream->close();
}

connector connected_to(const puppet& server) {
    return [server](const net::endpoint&, net::clock::time_point) -> net::task<net::connection> {
        const auto on = co_await asio::this_coro::executor;
        auto both = net::make_memory_pair(on);
        asio::co_spawn(on, serve(std::move(both.server), server), asio::detached);
        net::connection made;
        made.opened = std::move(both.client);
        co_return made;
    };
}

class counting : public verdict::listener {
public:
    explicit counting(stop_handle* stop_after_first = nullptr) : stop_(stop_after_first) {}
    void scenario_started(const verdict::scenario_info&) override {
        ++started;
        if (stop_ && started == 1)
            stop_->request();
    }
    void scenario_ended(const verdict::scenario_record&) override { ++ended; }
    void run_started(const verdict::run_info& info) override { announced = info.scenarios; }
    void run_ended(const verdict::run_record&) override { over = true; }
    std::size_t started = 0, ended = 0, announced = 0;
    bool over = false;

private:
    stop_handle* stop_;
};

plan of(std::size_t times, std::string_view inside) {
    plan p;
    const auto one = std::make_shared<const scenario::scenario>(scenario_of(inside));
    p.scenarios.assign(times, one);
    return p;
}

TEST(Scheduler, PlaysEveryScenarioAndTellsTheListenerInPairs) {
    const auto what = of(20, noop);
    const auto against = plain_target();
    options how;
    how.jobs = 3;
    counting hears;
    stop_handle stop;
    const auto record = scheduler(what, against, how, hears, stop, connected_to(puppet::imap())).run();
    EXPECT_EQ(record.scenarios.size(), 20u);
    for (const auto& each : record.scenarios)
        EXPECT_EQ(each.result, outcome::conforms) << each.reason;
    EXPECT_EQ(hears.started, 20u);
    EXPECT_EQ(hears.ended, 20u);
    EXPECT_EQ(hears.announced, 20u);
    EXPECT_TRUE(hears.over);
    EXPECT_FALSE(record.interrupted);
    ASSERT_EQ(record.servers.size(), 1u);
    EXPECT_THAT(record.servers[0].greeting, HasSubstr("ready"));
    EXPECT_THAT(record.servers[0].capabilities, HasSubstr("UIDPLUS"));
}

/// Whatever begins with a scenario's mailbox is cleaned away with it: no name may begin with another's.
TEST(Scheduler, GivesNoScenarioANameThatBeginsWithAnothers) {
    std::vector<std::string> names;
    stop_handle stop;
    counting hears;
    const auto plan = of(12, R"(<imap state="authenticated"/><C>LIST "" ${mailbox}</C>)");
    const auto target = plain_target();
    const options how;
    const auto run = scheduler(plan, target, how, hears, stop, connected_to(puppet::imap())).run();
    for (const auto& record : run.scenarios)
        for (const auto& line : record.transcript)
            if (const auto at = line.octets.find("LIST \"\" mailspec-"); at != std::string::npos)
                names.push_back(line.octets.substr(at + 8, line.octets.find_first_of("*\r", at) - at - 8));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    EXPECT_EQ(names.size(), 12u);
    for (std::size_t i = 1; i < names.size(); ++i)
        EXPECT_FALSE(names[i].starts_with(names[i - 1])) << names[i] << " and " << names[i - 1];
}

TEST(Scheduler, GoesOnWithTheOthersWhenAServerStalls) {
    auto silent = puppet::imap();
    silent.answers["NOOP"] = {""};
    const auto what = of(3, noop);
    const auto against = plain_target();
    options how;
    how.timeout = std::chrono::milliseconds(50);
    counting hears;
    stop_handle stop;
    const auto record = scheduler(what, against, how, hears, stop, connected_to(silent)).run();
    ASSERT_EQ(record.scenarios.size(), 3u);
    for (const auto& each : record.scenarios) {
        EXPECT_EQ(each.result, outcome::inconclusive);
        EXPECT_THAT(each.reason, HasSubstr("did not answer NOOP within 50 ms"));
    }
}

/// Who closes a terminal sends several signals; what is left of them when the last scenario ends keeps nothing open.
TEST(Scheduler, EndsThoughInterruptionsGoOnAfterTheLastScenario) {
    const auto what = of(1, noop);
    const auto against = plain_target();
    const options how;
    stop_handle stop;
    for (int i = 0; i < 1000; ++i)
        stop.request();
    counting hears;
    const auto record = scheduler(what, against, how, hears, stop, connected_to(puppet::imap())).run();
    EXPECT_TRUE(record.interrupted);
    EXPECT_EQ(record.scenarios.size(), 1u);
}

TEST(Scheduler, CleansUpWhenItIsInterrupted) {
    auto silent = puppet::imap();
    silent.answers["NOOP"] = {""};
    const auto what = of(5, "<imap state=\"selected\"><message>a</message></imap><C>NOOP</C>");
    const auto against = plain_target();
    options how;
    how.jobs = 1;
    how.cleanup = std::chrono::milliseconds(500);
    stop_handle stop;
    counting hears(&stop);
    const auto before = net::clock::now();
    const auto record = scheduler(what, against, how, hears, stop, connected_to(silent)).run();
    EXPECT_LT(net::clock::now() - before, std::chrono::seconds(5));
    EXPECT_TRUE(record.interrupted);
    EXPECT_TRUE(stop.requested());
    ASSERT_EQ(record.scenarios.size(), 1u);
    EXPECT_EQ(record.scenarios[0].result, outcome::inconclusive);
    EXPECT_EQ(record.scenarios[0].reason, "the run was interrupted");
    EXPECT_EQ(hears.started, hears.ended);
}

/// Connections that get the first, the second, the third puppet, and then the first again.
connector connected_in_turn(std::vector<connector> all) {
    return [all = std::move(all), next = std::size_t{0}](const net::endpoint& to,
                                                         net::clock::time_point deadline) mutable {
        return all[next++ % all.size()](to, deadline);
    };
}

TEST(Scheduler, TellsOfTheWorstOfManyPlaysAndHowManyThereWere) {
    auto refusing = puppet::imap();
    refusing.answers["NOOP"] = {"@ NO not now\r\n"};
    const auto good = connected_to(puppet::imap());
    const auto what = of(2, noop);
    const auto against = plain_target();
    options how;
    how.jobs = 3;
    how.times = 9;
    counting hears;
    stop_handle stop;
    const auto record =
        scheduler(what, against, how, hears, stop, connected_in_turn({good, connected_to(refusing), good})).run();
    ASSERT_EQ(record.scenarios.size(), 2u);
    EXPECT_EQ(record.info.times, 9u);
    EXPECT_EQ(hears.started, 2u);
    EXPECT_EQ(hears.ended, 2u);
    for (const auto& each : record.scenarios) {
        EXPECT_EQ(each.result, outcome::violates) << each.reason;
        EXPECT_EQ(each.plays.of(outcome::violates), 3u);
        EXPECT_EQ(each.plays.of(outcome::conforms), 6u);
    }
}

TEST(Scheduler, ComparesEachRecordWithTheBaseline) {
    auto refusing = puppet::imap();
    refusing.answers["NOOP"] = {"@ NO not now\r\n"};
    const auto what = of(1, noop);
    const auto against = plain_target();
    const auto played = [&](const verdict::baseline& known) {
        options how;
        how.baseline = &known;
        counting hears;
        stop_handle stop;
        return scheduler(what, against, how, hears, stop, connected_to(refusing)).run();
    };
    verdict::baseline known{"known.json", {}};
    const auto record = played(known);
    ASSERT_TRUE(record.scenarios[0].compared);
    EXPECT_EQ(record.scenarios[0].compared->how, verdict::standing::fresh);
    EXPECT_EQ(record.info.baseline, "known.json");
    auto& entry = known.scenarios[record.scenarios[0].info.id];
    entry.result = outcome::violates;
    for (const auto* broken : verdict::broken_by(record.scenarios[0]))
        entry.broken.insert(broken ? std::string(broken->id) : "");
    EXPECT_EQ(played(known).scenarios[0].compared->how, verdict::standing::known);
}

TEST(Scheduler, GivesEachPlayATokenOfItsOwn) {
    std::vector<std::string> names;
    const connector listening = [&](const net::endpoint&, net::clock::time_point) -> net::task<net::connection> {
        const auto on = co_await asio::this_coro::executor;
        auto both = net::make_memory_pair(on);
        asio::co_spawn(on, serve(std::move(both.server), puppet::imap(), &names), asio::detached);
        net::connection made;
        made.opened = std::move(both.client);
        co_return made;
    };
    const auto what = of(2, R"(<imap state="authenticated"/><C>LIST "" x${token}</C>)");
    const auto against = plain_target();
    options how;
    how.times = 3;
    counting hears;
    stop_handle stop;
    scheduler(what, against, how, hears, stop, listening).run();
    std::erase_if(names, [](const std::string& said) { return said.find("\"\" x") == std::string::npos; });
    for (auto& said : names)
        said.erase(0, said.find("\"\" x"));
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names.size(), 6u);
    EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
}

TEST(Scheduler, TellsOfThePlaysThatEndedBeforeItWasInterrupted) {
    auto silent = puppet::imap();
    silent.answers["NOOP"] = {""};
    const auto what = of(3, noop);
    const auto against = plain_target();
    options how;
    how.jobs = 1;
    how.times = 5;
    how.cleanup = std::chrono::milliseconds(500);
    stop_handle stop;
    counting hears;
    const auto good = connected_to(puppet::imap()), hangs = connected_to(silent);
    std::size_t connections = 0;
    const connector third_hangs = [&](const net::endpoint& to, net::clock::time_point deadline) {
        if (++connections == 3)
            stop.request();
        return connections == 3 ? hangs(to, deadline) : good(to, deadline);
    };
    const auto record = scheduler(what, against, how, hears, stop, third_hangs).run();
    EXPECT_TRUE(record.interrupted);
    ASSERT_EQ(record.scenarios.size(), 1u);
    EXPECT_EQ(record.scenarios[0].result, outcome::conforms) << record.scenarios[0].reason;
    EXPECT_EQ(record.scenarios[0].plays.total(), 2u) << "the third says nothing of the server";
    EXPECT_EQ(hears.started, hears.ended);
}

TEST(Scheduler, ListensWithoutHarmToWhatComesNext) {
    const auto what =
        of(1, "<imap state=\"authenticated\"/><quiet for=\"20ms\"/><C>NOOP</C><quiet for=\"20ms\"/><C>NOOP</C>");
    const auto against = plain_target();
    const options how;
    counting hears;
    stop_handle stop;
    const auto record = scheduler(what, against, how, hears, stop, connected_to(puppet::imap())).run();
    ASSERT_EQ(record.scenarios.size(), 1u);
    EXPECT_EQ(record.scenarios[0].result, outcome::conforms) << record.scenarios[0].reason;
}

TEST(Scheduler, SaysThatThePortRefuses) {
    const auto what = of(1, noop);
    auto against = plain_target();
    against.endpoints[0].port = 1;
    counting hears;
    stop_handle stop;
    const auto record = run(what, against, {}, hears, stop);
    ASSERT_EQ(record.scenarios.size(), 1u);
    EXPECT_EQ(record.scenarios[0].result, outcome::inconclusive);
    EXPECT_EQ(record.scenarios[0].reason, "alice's IMAP server at 127.0.0.1:1 refused the connection");
}

} // namespace
} // namespace mailspec::run::testing
