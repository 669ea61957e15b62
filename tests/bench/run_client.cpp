// The same load as bench_bare_client through all of mailspec's run room: scenarios replayed, answers parsed, checked
// and recorded. Connecting and logging in are measured apart and taken off.
//
// usage: bench_run_client load PORT CONNECTIONS IN_FLIGHT COMMANDS   prints "microseconds of CPU per command"
//        bench_run_client fetch PORT CONNECTIONS COMMANDS            the same of FETCH 1:100 (UID FLAGS), one in flight
//        bench_run_client idle PORT CONNECTIONS                      prints "peak KiB of memory" with idle sessions
//
// IN_FLIGHT is 1 or 10.

#include "harness/run/run.hpp"
#include "harness/scenario/load.hpp"

#include "tests/bench/cpu.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <variant>

namespace mailspec::bench {
namespace {

std::size_t number(const char* text) { return std::strtoul(text, nullptr, 10); }

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "bench_run_client: %s\n", why.c_str());
    std::exit(1);
}

std::string in_scenario(const std::string& steps) {
    return "<scenario xmlns=\"urn:mailspec:scenario:1\" id=\"load\" title=\"load\"><imap state=\"connected\"/>" +
           steps + "</scenario>";
}

std::string noops(std::size_t in_flight, std::size_t commands) {
    std::string one = "<C>NOOP</C>";
    std::string batch;
    for (std::size_t i = 0; i < in_flight; ++i)
        batch += one;
    if (in_flight > 1)
        batch = "<pipeline>" + batch + "</pipeline>";
    return "<repeat times=\"" + std::to_string(commands / in_flight) + "\">" + batch + "</repeat>";
}

run::plan copies(const std::string& xml, std::size_t count) {
    auto loaded = scenario::load("load", "load.xml", xml, [](std::string_view) { return std::nullopt; });
    if (auto* fault = std::get_if<scenario::load_error>(&loaded))
        give_up(fault->show());
    run::plan made;
    made.scenarios.assign(count, std::make_shared<scenario::scenario>(std::get<scenario::scenario>(std::move(loaded))));
    return made;
}

run::target responder(std::uint16_t port) {
    run::target made;
    made.name = "responder";
    run::endpoint door;
    door.host = "127.0.0.1";
    door.port = port;
    made.endpoints.push_back(door);
    run::account alice;
    alice.user = "alice";
    alice.password = "not a secret";
    made.accounts.push_back(alice);
    return made;
}

/// Runs so many copies side by side; gives the microseconds of CPU it took.
double replay(std::uint16_t port, const std::string& steps, std::size_t copies_wanted) {
    auto plan = copies(in_scenario(steps), copies_wanted);
    run::options how;
    how.jobs = copies_wanted;
    how.timeout = std::chrono::seconds(60);
    verdict::listener deaf;
    run::stop_handle stop;
    auto before = cpu_used();
    auto record = run::run(plan, responder(port), how, deaf, stop);
    auto used = cpu_used() - before;
    for (auto& one : record.scenarios)
        if (one.result != verdict::outcome::conforms)
            give_up(one.reason + (one.failures.empty() ? "" : one.failures.front().said_by_us));
    return used;
}

/// Prints what each of so many commands took, what they need around them taken off.
template <typename Steps> int measure(std::uint16_t port, std::size_t connections, std::size_t commands, Steps steps) {
    auto set_up = replay(port, steps(commands / 5), connections);
    auto whole = replay(port, steps(commands / 5 + commands), connections);
    std::printf("%.3f\n", (whole - set_up) / static_cast<double>(connections * commands));
    return 0;
}

int load(std::uint16_t port, std::size_t connections, std::size_t in_flight, std::size_t commands) {
    return measure(port, connections, commands, [&](std::size_t count) { return noops(in_flight, count); });
}

int fetch(std::uint16_t port, std::size_t connections, std::size_t commands) {
    return measure(port, connections, commands, [](std::size_t count) {
        return "<C>LOGIN alice secret</C><C>EXAMINE mailspec</C><repeat times=\"" + std::to_string(count) +
               "\"><C>FETCH 1:100 (UID FLAGS)</C></repeat>";
    });
}

int idle(std::uint16_t port, std::size_t connections) {
    replay(port, "<C>NOOP</C><quiet for=\"2s\"/><C>NOOP</C>", connections);
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    std::printf("%ld\n", used.ru_maxrss);
    return 0;
}

} // namespace
} // namespace mailspec::bench

int main(int count, char** words) {
    using namespace mailspec::bench;
    if (count == 6 && std::string(words[1]) == "load")
        return load(static_cast<std::uint16_t>(number(words[2])), number(words[3]), number(words[4]), number(words[5]));
    if (count == 5 && std::string(words[1]) == "fetch")
        return fetch(static_cast<std::uint16_t>(number(words[2])), number(words[3]), number(words[4]));
    if (count == 4 && std::string(words[1]) == "idle")
        return idle(static_cast<std::uint16_t>(number(words[2])), number(words[3]));
    give_up(
        "usage: load PORT CONNECTIONS IN_FLIGHT COMMANDS | fetch PORT CONNECTIONS COMMANDS | idle PORT CONNECTIONS");
}
