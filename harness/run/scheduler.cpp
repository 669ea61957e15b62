#include "harness/run/scheduler.hpp"

#include "harness/run/conclude.hpp"
#include "harness/run/demands.hpp"
#include "harness/run/scratch_name.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <set>
#include <unistd.h>
#include <utility>

namespace mailspec::run {
namespace {

namespace asio = boost::asio;

std::string_view show(security s) {
    switch (s) {
    case security::none: return "tls=none";
    case security::starttls: return "tls=starttls";
    case security::implicit: return "tls=implicit";
    }
    return "";
}

/// Two roles may be played by one account: what is leased is the account.
std::set<std::string> accounts_of(const std::set<std::string>& roles, const target& against) {
    std::set<std::string> out;
    for (const auto& role : roles)
        if (const auto* who = against.plays(role))
            out.insert(who->user);
    return out;
}

} // namespace

scheduler::scheduler(const plan& what, const target& against, const options& how, verdict::listener& hears,
                     stop_handle& stop, connector connect)
    : plan_(what),
      against_(against),
      how_(how),
      hears_(hears),
      stop_(stop),
      connect_(std::move(connect)),
      stops_(context_),
      patience_(context_),
      token_(how.token.empty() ? make_run_token(std::chrono::system_clock::now()) : how.token) {
    for (const auto& each : against.accounts) {
        secrets_.add_secret(each.password);
        secrets_.add_secret(each.token);
    }
    std::size_t number = 0;
    for (const auto& each : what.scenarios)
        series_.push_back({each, accounts_of(read_demands(*each).exclusive, against), ++number});
}

verdict::run_record scheduler::run() {
    const auto since = net::clock::now();
    record_.info.target = against_.name;
    record_.info.scenarios = plan_.scenarios.size();
    record_.info.times = how_.times;
    record_.info.version = how_.version;
    if (how_.baseline)
        record_.info.baseline = how_.baseline->name;
    record_.info.started = std::chrono::system_clock::now();
    hears_.run_started(record_.info);
    stops_.assign(::dup(stop_.descriptor()));
    watch_stop();
    launch();
    if (!running_.empty())
        context_.run();
    record_.interrupted = stops_heard_ > 0;
    record_.servers = servers();
    std::stable_sort(record_.scenarios.begin(), record_.scenarios.end(),
                     [](const auto& a, const auto& b) { return a.info.id < b.info.id; });
    record_.duration = std::chrono::duration_cast<std::chrono::microseconds>(net::clock::now() - since);
    hears_.run_ended(record_);
    return std::move(record_);
}

bool scheduler::may_start(const series& s) const {
    return s.begun < how_.times &&
           std::none_of(s.leases.begin(), s.leases.end(), [&](const auto& lease) { return leased_.contains(lease); });
}

bool scheduler::is_over(const series& s) const { return s.running == 0 && (s.begun == how_.times || stops_heard_ > 0); }

void scheduler::launch() {
    const auto jobs = std::max<std::size_t>(how_.jobs, 1);
    for (auto each = series_.begin(); each != series_.end() && stops_heard_ == 0 && running_.size() < jobs;) {
        if (may_start(*each))
            start(each);
        else
            ++each;
    }
    if (running_.empty()) {
        boost::system::error_code ignored;
        stops_.cancel(ignored);
        patience_.cancel();
    }
}

void scheduler::start(series_place of) {
    leased_.insert(of->leases.begin(), of->leases.end());
    const auto it = running_.emplace(running_.end());
    it->of = of;
    it->started = std::chrono::system_clock::now();
    it->since = net::clock::now();
    interpreter::settings settings;
    settings.timeout = how_.timeout;
    settings.cleanup = how_.cleanup;
    settings.transcript = how_.transcript;
    settings.limits = how_.limits;
    settings.token = scenario_token(token_, of->number + of->begun * plan_.scenarios.size());
    it->plays.emplace(*of->what, against_, known_, secrets_, std::move(settings));
    it->does.emplace(context_.get_executor(), *it->plays, connect_, together_);
    if (of->begun++ == 0)
        hears_.scenario_started(describe(*of->what));
    ++of->running;
    asio::co_spawn(context_, play(it), asio::detached);
}

net::task<void> scheduler::play(std::list<running>::iterator it) {
    // Never at once: finishing starts others, and their number must not become depth.
    co_await asio::post(context_, asio::use_awaitable);
    verdict::scenario_record record;
    try {
        co_await it->does->run();
        record = it->plays->take_record();
    } catch (const std::exception& e) {
        record.info = describe(*it->of->what);
        record.result = verdict::outcome::broken;
        record.reason = std::string("mailspec failed: ") + e.what();
    }
    finish(it, std::move(record));
}

void scheduler::finish(std::list<running>::iterator it, verdict::scenario_record record) {
    record.started = it->started;
    record.duration = std::chrono::duration_cast<std::chrono::microseconds>(net::clock::now() - it->since);
    if (how_.baseline)
        record.compared = std::make_shared<verdict::comparison>(verdict::compare(record, *how_.baseline));
    const auto of = it->of;
    for (const auto& lease : of->leases)
        leased_.erase(lease);
    running_.erase(it);
    --of->running;
    // A play that was interrupted says nothing of the server, where others do.
    const bool interrupted = stops_heard_ > 0 && record.result == verdict::outcome::inconclusive;
    if (!interrupted || of->came.empty())
        of->came.add(std::move(record));
    else
        of->came.add_left_behind(std::move(record.left_behind));
    if (is_over(*of))
        tell(of);
    launch();
}

/// One record tells of all plays.
void scheduler::tell(series_place of) {
    auto record = of->came.take();
    if (how_.times == 1)
        record.plays = {};
    series_.erase(of);
    hears_.scenario_ended(record);
    record_.scenarios.push_back(std::move(record));
}

void scheduler::watch_stop() {
    stops_.async_read_some(asio::buffer(&stop_octet_, 1), [this](boost::system::error_code failed, std::size_t) {
        if (failed || running_.empty()) // it had come before it could be cancelled, and all is over
            return;
        stop_requested();
        watch_stop();
    });
}

void scheduler::stop_requested() {
    if (++stops_heard_ == 1) {
        for (auto each = series_.begin(); each != series_.end();)
            if (const auto one = each++; is_over(*one) && !one->came.empty())
                tell(one);
        for (auto& each : running_)
            each.does->interrupt(how_.cleanup / 5);
        patience_.expires_after(how_.cleanup);
        patience_.async_wait([this](boost::system::error_code failed) {
            if (!failed)
                for (auto& each : running_)
                    each.does->abandon();
        });
        return;
    }
    for (auto& each : running_)
        each.does->abandon();
}

std::vector<verdict::server_info> scheduler::servers() const {
    std::vector<verdict::server_info> out;
    std::set<const facts::server*> told; // there may be a URL for each account
    for (const auto& door : against_.endpoints) {
        const auto* known = known_.find(door);
        if (!known || !told.insert(known).second)
            continue;
        verdict::server_info info;
        info.protocol = to_string(door.protocol);
        info.endpoint = door.show() + ", " + std::string(show(door.tls));
        info.greeting = secrets_.mask_whole(known->greeting);
        info.name = secrets_.mask_whole(known->name);
        info.capabilities = (known->after_login.known() ? known->after_login : known->before_login).show();
        out.push_back(std::move(info));
    }
    return out;
}

verdict::run_record run(const plan& what, const target& against, const options& how, verdict::listener& hears,
                        stop_handle& stop) {
    scheduler s(what, against, how, hears, stop,
                [](const net::endpoint& to, net::clock::time_point deadline) { return net::connect(to, deadline); });
    return s.run();
}

} // namespace mailspec::run
