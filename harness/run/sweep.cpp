#include "harness/run/sweep.hpp"

#include "harness/match/functions.hpp"
#include "harness/net/stream.hpp"
#include "harness/run/abandoned.hpp"
#include "harness/run/asker.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/removal.hpp"
#include "harness/run/session.hpp"
#include "harness/run/setup.hpp"
#include "harness/verdict/masker.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <exception>
#include <set>
#include <unistd.h>
#include <utility>

namespace mailspec::run {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds grace{1000}; ///< for the answer that is due when the sweep is interrupted

const action nothing_more;
const scenario::scenario no_scenario;

play::settings settings_of(const sweep_options& how) {
    play::settings s;
    s.io.timeout = how.timeout;
    s.limits = how.limits;
    return s;
}

class sweeper final : public asker {
public:
    sweeper(const target& at, const sweep_options& how, stop_handle& stop)
        : how_(how), stop_(stop), playing_(no_scenario, at, known_, settings_of(how)), whole_(sweep_all()) {
        for (const auto& each : at.accounts) {
            secrets_.add_secret(each.password);
            secrets_.add_secret(each.token);
        }
    }

    const action& resume(event e) override {
        playing_.on.resume(std::move(e));
        if (!std::exchange(begun_, true))
            whole_.start();
        return whole_.done() ? nothing_more : playing_.on.wanted();
    }

    swept take_result() {
        whole_.check();
        result_.interrupted = stop_.requested();
        return std::move(result_);
    }

private:
    script<> sweep_all() {
        std::set<std::string> users;
        for (const auto name : match::role_names()) {
            const std::string role(name);
            const auto* who = playing_.against.plays(role);
            if (!who || !users.insert(who->user).second || stop_.requested())
                continue;
            std::string why;
            try {
                co_await sweep_account(role);
            } catch (const abandoned& a) {
                why = a.reason;
            }
            if (!why.empty())
                result_.failed.push_back(secrets_.mask(why));
        }
    }

    script<> sweep_account(std::string role) {
        auto& p = *co_await open_helper(playing_, wire::protocol::imap, role, "cleaner");
        const auto where = co_await find_hierarchy(playing_, p);
        co_await sweep_names(p, where.prefix, listed::mailboxes);
        co_await sweep_names(p, where.prefix, listed::subscriptions);
        co_await say_goodbye(playing_, p);
    }

    script<> sweep_names(party& p, std::string_view prefix, listed what) {
        const auto kind = what == listed::mailboxes ? leftover::kind::mailbox : leftover::kind::subscription;
        const auto beginning = std::string(prefix) + std::string(scratch_stem);
        const auto names = co_await names_to_remove(p, beginning, what);
        if (!names && what == listed::mailboxes)
            throw abandoned{verdict::outcome::inconclusive,
                            p.over.show() + " refused LIST: \"" + quote(p.talk->decisive()) + "\""};
        for (const auto& name : names.value_or(std::vector<std::string>())) {
            const auto origin = read_scratch_name(std::string_view(name).substr(prefix.size()));
            if (!origin || stop_.requested())
                continue;
            swept::one one{{p.over.who->user, name, kind, *origin}, swept::one::fate::removed, {}};
            one.why = how_.spares(one.what);
            if (!one.why.empty()) {
                one.became = swept::one::fate::spared;
            } else {
                const auto refusal = co_await remove_name(p, name, what);
                one.why = secrets_.mask(refusal);
                if (!one.why.empty())
                    one.became = swept::one::fate::refused;
            }
            result_.found.push_back(std::move(one));
        }
    }

    const sweep_options& how_;
    stop_handle& stop_;
    verdict::masker secrets_;
    facts known_;
    play playing_;
    swept result_;
    script<> whole_;
    bool begun_ = false;
};

/// Listens for requests to stop while the session runs; the second one ends it at once.
class stop_watch {
public:
    stop_watch(asio::io_context& on, stop_handle& stop, session& what) : what_(what), stops_(on) {
        stops_.assign(::dup(stop.descriptor()));
        watch();
    }

private:
    void watch() {
        stops_.async_read_some(asio::buffer(&octet_, 1), [this](boost::system::error_code failed, std::size_t) {
            if (failed)
                return;
            ++heard_ == 1 ? what_.interrupt(grace) : what_.abandon();
            watch();
        });
    }

    session& what_;
    asio::posix::stream_descriptor stops_;
    char octet_ = 0;
    int heard_ = 0;
};

} // namespace

swept sweep(const target& at, const sweep_options& how, stop_handle& stop) {
    sweeper does(at, how, stop);
    asio::io_context context(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO);
    const connector connect = [](const net::endpoint& to, net::clock::time_point deadline) {
        return net::connect(to, deadline);
    };
    burst together(context);
    session doing(context.get_executor(), does, connect, together);
    stop_watch watch(context, stop, doing);
    std::exception_ptr thrown;
    asio::co_spawn(context, doing.run(), [&](std::exception_ptr e) {
        thrown = std::move(e);
        context.stop(); // timers of what was cancelled may still run
    });
    context.run();
    if (thrown)
        std::rethrow_exception(thrown);
    return does.take_result();
}

} // namespace mailspec::run
