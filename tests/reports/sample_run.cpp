#include "tests/reports/sample_run.hpp"

#include "harness/verdict/baseline.hpp"

#include <string_view>

using namespace std::chrono_literals;
using namespace std::string_literals;

namespace mailspec::tests {
namespace {

using verdict::outcome;
using verdict::scenario_record;
using way = verdict::transcript_line::direction;

constexpr rfc::citation must_sources[]{
    {"3501", "6.4.5",
     "The \\Seen flag is implicitly set; if this causes the flags to change, they SHOULD be included as part of the "
     "FETCH responses."}};
constexpr rfc::citation should_sources[]{
    {"9051", "7.1", "Client implementations MUST ignore response codes that they do not recognize."}};

scenario_record record(std::string id, std::string title, outcome result) {
    scenario_record r;
    r.info = {id, std::move(title), "scenarios/" + id + ".xml", 2, {&a_must()}, {}, {}};
    r.result = result;
    r.started = std::chrono::system_clock::time_point(1'700'000'000s);
    r.duration = 3200us;
    r.transcript = {{way::received, "imap", 10us, false, "* OK ready\r\n"},
                    {way::sent, "imap", 20us, false, "M1 LOGIN alice [masked]\r\n"},
                    {way::received, "imap", 30us, false, "M1 OK done\r\n"}};
    return r;
}

scenario_record violating() {
    auto r = record("imap/fetch/rfc822-sets-seen", "FETCH RFC822 sets \\Seen", outcome::violates);
    r.reason = "FLAGS lacks \\Seen";
    r.transcript.push_back({way::sent, "imap", 40us, false, "M2 FETCH 1 RFC822\r\n"});
    r.transcript.push_back({way::received, "imap", 50us, false, "* 1 FETCH (RFC822 {4}\r\na\r\nb)\r\n"});
    r.transcript.push_back({way::received, "imap", 60us, false, "M2 OK \x1b[31mred\x1b[0m \xff]]> <&\" \r\n"});
    r.failures = {{&a_must(),
                   9,
                   "* 1 FETCH (FLAGS (\\Seen))",
                   "* 1 FETCH (RFC822 {4}\r\na\r\nb)\r\n",
                   "FLAGS lacks \\Seen",
                   4,
                   {}}};
    return r;
}

scenario_record with_side_effects() {
    auto r = record("imap/store/other-messages", "STORE leaves other messages alone", outcome::violates);
    r.reason = "message 2 had () before and has (\\Flagged) after";
    r.failures = {{&a_must(),
                   8,
                   "message 2 stays as it is",
                   "",
                   r.reason,
                   2,
                   {{"message 2", "()", "(\\Flagged)", "stays as it is", ""},
                    {"message 10", "(\\Seen a\x1b|b)", "gone", "gains $Forwarded", "FLAGS ($Forwarded)"},
                    {"mailbox mailspec-b", "there", "not there", "stays there", ""}}}};
    return r;
}

scenario_record deviating() {
    auto r = record("imap/select/recent", "RECENT falls on reselect", outcome::deviates);
    r.reason = "a trailing space";
    r.findings = {{{&a_should(), 120, "a space before CRLF: \"OK done \\r\\n\""}, 3, 2, "imap"}};
    r.notes = {"and 7 more findings, of other words than the 100 that are told"};
    return r;
}

scenario_record deviating_by_expectation() {
    auto r = record("submission/auth-required", "Mail without authentication is refused", outcome::deviates);
    r.reason = "the reply is 250";
    r.failures = {{&a_should(), 6, "530 5.7.0", "250 2.1.0 Ok\r\n", "the reply is 250", 2, {}}};
    return r;
}

scenario_record several_sessions() {
    auto r = record("mail/submitted-is-found", "A mail submitted is found by IMAP", outcome::violates);
    r.reason = "no such message";
    r.transcript.push_back({way::sent, "smtp", 40us, true, "RSET\r\n"});
    r.transcript.push_back({way::note, "smtp", 50us, true, "the server closed the connection"});
    r.failures = {{nullptr, 12, "* SEARCH 1", "", "nothing answered", 3, {}}};
    return r;
}

} // namespace

const rfc::requirement& a_must() {
    static constexpr rfc::requirement r{"imap.fetch.rfc822.sets-seen", rfc::level::must, "FETCH RFC822 sets \\Seen",
                                        must_sources, ""};
    return r;
}

const rfc::requirement& a_should() {
    static constexpr rfc::requirement r{"imap.response.crlf", rfc::level::should, "lines end in CRLF & nothing else",
                                        should_sources, ""};
    return r;
}

verdict::run_record sample_run() {
    verdict::run_record run;
    run.info = {"dovecot <staging>", 9, "0.1.0", std::chrono::system_clock::time_point(1'700'000'000s)};
    run.servers = {{"imap", "127.0.0.1:11143, tls=none", "* OK [CAPABILITY IMAP4rev1] \"hi\"\x07\r\n", "Dovecot",
                    "IMAP4rev1 IDLE"},
                   {"pop3", "127.0.0.1:11110, tls=none", "", "", ""}};
    auto refused = record("pop3/greeting", "The greeting", outcome::inconclusive);
    refused.reason = "127.0.0.1:11110 refused the connection";
    refused.transcript.clear();
    auto refused_again = refused;
    refused_again.info.id = "pop3/stat";
    auto unsupported = record("imap/uidplus/expunge", "UID EXPUNGE", outcome::unsupported);
    unsupported.reason = "the server does not announce UIDPLUS";
    auto broken = record("smtp/noop", "NOOP", outcome::broken);
    broken.reason = "an exception: vector::at";
    auto conforming = record("imap/greeting", "The greeting is OK", outcome::conforms);
    conforming.answers = {{"does it greet?", "yes, \"politely\"", nullptr}};
    run.scenarios = {violating(),
                     conforming,
                     deviating(),
                     unsupported,
                     several_sessions(),
                     refused,
                     refused_again,
                     broken,
                     deviating_by_expectation(),
                     with_side_effects()};
    run.duration = 1'234'567us;
    return run;
}

verdict::run_record sample_run_against_baseline() {
    const std::string must(a_must().id), should(a_should().id);
    const verdict::baseline known{"known.json",
                                  {{"imap/fetch/rfc822-sets-seen", {outcome::violates, {must}}},
                                   {"imap/greeting", {outcome::violates, {must}}},
                                   {"imap/select/recent", {outcome::deviates, {should}}},
                                   {"imap/uidplus/expunge", {outcome::conforms, {}}},
                                   {"mail/submitted-is-found", {outcome::violates, {must}}},
                                   {"pop3/greeting", {outcome::inconclusive, {}}},
                                   {"pop3/stat", {outcome::conforms, {}}},
                                   {"imap/store/other-messages", {outcome::violates, {must, should}}}}};
    auto run = sample_run();
    run.info.baseline = known.name;
    for (auto& each : run.scenarios)
        each.compared = std::make_shared<verdict::comparison>(verdict::compare(each, known));
    return run;
}

verdict::run_record under_attack(verdict::run_record run, const std::string& attack) {
    run.info.target = run.info.version = run.info.baseline = attack;
    for (auto& s : run.servers)
        s.endpoint = s.greeting = s.name = s.capabilities = attack;
    for (auto& r : run.scenarios) {
        r.info.id += attack;
        r.info.title = r.info.file = r.reason = attack;
        r.notes = r.left_behind = {attack};
        r.answers = {{attack, attack, nullptr}};
        for (auto& line : r.transcript)
            line.octets = line.session = attack;
        for (auto& f : r.failures) {
            f.expected = f.said_by_server = f.said_by_us = attack;
            f.differences = {{attack, attack, attack, attack, attack}};
        }
        for (auto& f : r.findings)
            f.what.detail = f.session = attack;
    }
    return run;
}

} // namespace mailspec::tests
