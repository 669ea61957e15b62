#include "tests/mischief/matrix.hpp"

#include "tools/mailspec/claims.hpp"
#include "tools/mailspec/watched.hpp"

#include "harness/serve/mischief.hpp"

#include "tests/mischief/trial.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace mailspec::mischief_test {
namespace {

using verdict::outcome;

constexpr std::size_t first_batch = 8;

/// What monitors know to be broken in one way, and the built-in server breaks in another that scenarios see.
constexpr std::string_view broken_otherwise[] = {"pop3.quit.closes", "pop3.uidl", "smtp.pipelining"};

/// What is not held against a server that was sent raw octets, and what a transcript shows beyond doubt.
constexpr std::string_view clear_on_paper[] = {"imap.completion.tag", "smtp.one-reply", "smtp.rcpt.needs-mail"};

/// Once it is not known what a POP3 reply answers, an audit reads no more; a run does, and finds more of the same.
constexpr std::string_view follows_from_others = "pop3.syntax.status";

/// There octets go out that a transcript does not show as they were written: behind STARTTLS, with NUL.
bool is_clear_on_paper(const verdict::scenario_record& record) { return !record.info.id.starts_with("security/"); }

/// Holds what was found in a run against what is found in its transcript.
void add_paper(trial& to, const verdict::scenario_record& record) {
    if (std::ranges::none_of(record.transcript,
                             [](const auto& l) { return l.way == verdict::transcript_line::direction::received; }))
        return;
    const auto again = read_again(record);
    const auto found = found_in(record);
    if (!again.fault.empty())
        to.accused_on_paper.insert(again.fault);
    for (const auto each : again.found)
        if (!found.contains(each) && std::ranges::find(clear_on_paper, each) == std::end(clear_on_paper))
            to.accused_on_paper.insert(record.info.id + ": " + std::string(each));
    for (const auto each : found)
        if (again.whole && is_clear_on_paper(record) && each != follows_from_others && !again.found.contains(each))
            to.lost_on_paper.insert(record.info.id + ": " + std::string(each));
}

/// Adds what came of a run of some scenarios.
void add(trial& to, const run::plan& some) {
    const auto run = in_memory(some, to.breach->id, patience::short_tempered);
    for (const auto& record : run.scenarios) {
        const auto& id = record.info.id;
        add_paper(to, record);
        to.ran.insert(id);
        if (accused_of(record).contains(to.breach->id))
            to.reporting.insert(id);
        else if (record.result != outcome::conforms && record.result != outcome::unsupported)
            to.others.insert(show(record));
        if (found_in(record).contains(to.breach->id))
            to.finding.insert(id);
        if (std::ranges::any_of(record.failures, [&](const auto& f) { return f.broken == to.breach; }))
            to.blaming.insert(id);
    }
}

bool is_claimed_by(const claimants& claim, const std::string& id) {
    return claim.proving.contains(id) || claim.answering.contains(id);
}

run::plan only(const run::plan& all, const std::function<bool(const scenario::scenario&)>& wanted) {
    run::plan some;
    for (const auto& s : all.scenarios)
        if (wanted(*s))
            some.scenarios.push_back(s);
    return some;
}

/// Those that most likely bring the breach about: that speak the protocol which its id begins with; facts last.
run::plan likely(const run::plan& all, const trial& t) {
    const auto protocol = t.breach->id.substr(0, t.breach->id.find('.'));
    const bool mail = protocol == "smtp" || protocol == "lmtp" || protocol == "submission";
    auto some = only(all, [&](const scenario::scenario& s) {
        return !t.ran.contains(s.id) && std::ranges::any_of(s.sessions, [&](const scenario::session& each) {
            const auto spoken = wire::to_string(each.protocol);
            return spoken == protocol || (mail && spoken != "imap" && spoken != "pop3");
        });
    });
    std::ranges::stable_partition(some.scenarios, [](const auto& s) { return s->questions.empty(); });
    return some;
}

bool is_noticed(const trial& t) { return t.claim.found ? !t.finding.empty() : !t.reporting.empty(); }

trial begin(const run::plan& all, const rfc::requirement& breach) {
    trial t;
    t.breach = &breach;
    t.claim = claimants_of(all, breach);
    return t;
}

} // namespace

claimants claimants_of(const run::plan& all, const rfc::requirement& breach) {
    claimants out;
    for (const auto& each : tools::watched_requirements())
        if (each.what == &breach)
            (each.by == tools::watcher::observer ? out.observed : out.found) = true;
    for (const auto& s : all.scenarios) {
        const auto claim = tools::claims_of(*s);
        if (claim.proven.contains(&breach))
            out.proving.insert(s->id);
        if (claim.answers.contains(&breach))
            out.answering.insert(s->id);
    }
    return out;
}

trial try_claimants(const run::plan& all, const rfc::requirement& breach) {
    auto t = begin(all, breach);
    add(t, only(all, [&](const scenario::scenario& s) { return is_claimed_by(t.claim, s.id); }));
    if (!t.claim.found && !t.claim.observed)
        return t;
    auto rest = likely(all, t);
    for (auto batch = first_batch; !is_noticed(t) && !rest.scenarios.empty(); batch *= 2) {
        const auto end = rest.scenarios.begin() + static_cast<std::ptrdiff_t>(std::min(batch, rest.scenarios.size()));
        add(t, {{rest.scenarios.begin(), end}});
        rest.scenarios.erase(rest.scenarios.begin(), end);
    }
    return t;
}

trial try_all(const run::plan& all, const rfc::requirement& breach) {
    auto t = begin(all, breach);
    const auto claims = [&](const scenario::scenario& s) { return is_claimed_by(t.claim, s.id); };
    add(t, only(all, claims));
    add(t, only(all, [&](const scenario::scenario& s) { return s.questions.empty() && !claims(s); }));
    return t;
}

std::vector<trial> try_each(const run::plan& all, attempt how, const wish& wanted) {
    std::vector<const rfc::requirement*> breaches;
    std::ranges::copy_if(serve::mischief::known(), std::back_inserter(breaches),
                         [&](const auto* r) { return wanted(r->id); });
    std::vector<trial> done(breaches.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (auto i = next++; i < breaches.size(); i = next++) {
            const auto since = std::chrono::steady_clock::now();
            done[i] = how(all, *breaches[i]);
            done[i].took = std::chrono::steady_clock::now() - since;
        }
    };
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < 2 * std::max(2u, std::thread::hardware_concurrency()); ++i)
        workers.emplace_back(work);
    workers.clear();
    return done;
}

std::vector<std::string> faults_of(const trial& t) {
    std::vector<std::string> out;
    const std::string breach(t.breach->id);
    const bool is_found_otherwise = std::ranges::find(broken_otherwise, breach) != std::end(broken_otherwise);
    if (!t.claim.any())
        out.push_back(breach + ": no scenario proves it, and nothing watches for it");
    for (const auto& id : t.claim.proving)
        if (!t.reporting.contains(id))
            out.push_back(breach + ": " + id + " proves it and does not notice the breach");
    if (t.claim.proving.empty() && t.claim.any() && t.reporting.empty())
        out.push_back(breach + ": nobody notices the breach");
    if (t.claim.found && t.finding.empty() && !is_found_otherwise)
        out.push_back(breach + ": a reader or monitor cites it, and none finds it where it is broken");
    for (const auto& id : t.blaming)
        if (!is_claimed_by(t.claim, id) && !t.claim.observed)
            out.push_back(breach + ": " + id + " names it and does not prove it");
    return out;
}

} // namespace mailspec::mischief_test
