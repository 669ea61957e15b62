#pragma once

#include "harness/run/burst.hpp"
#include "harness/run/facts.hpp"
#include "harness/run/interpreter.hpp"
#include "harness/run/run.hpp"
#include "harness/run/session.hpp"
#include "harness/run/worst_play.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <list>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mailspec::run {

/// Plays the scenarios of a plan side by side on one io_context, one thread.
///
/// A scenario that needs an account's INBOX or maildrop for itself leases it; those that wait for a lease let others
/// go ahead. The plays of a scenario that is played many times go side by side too, each under a token of its own.
class scheduler {
public:
    scheduler(const plan& what, const target& against, const options& how, verdict::listener& hears, stop_handle& stop,
              connector connect);

    /// Blocks until all is done.
    verdict::run_record run();

private:
    /// All plays of one scenario.
    struct series {
        scenario_ptr what;
        std::set<std::string> leases; ///< roles
        std::size_t number = 0;
        std::size_t begun = 0, running = 0;
        worst_play came{};
    };
    using series_place = std::list<series>::iterator;
    struct running {
        series_place of;
        std::optional<interpreter> plays;
        std::optional<session> does;
        std::chrono::system_clock::time_point started;
        net::clock::time_point since;
    };

    void launch();
    bool may_start(const series& s) const;
    bool is_over(const series& s) const;
    void start(series_place of);
    net::task<void> play(std::list<running>::iterator it);
    void finish(std::list<running>::iterator it, verdict::scenario_record record);
    void tell(series_place of);
    void watch_stop();
    void stop_requested();
    std::vector<verdict::server_info> servers() const;

    const plan& plan_;
    const target& against_;
    const options& how_;
    verdict::listener& hears_;
    stop_handle& stop_;
    connector connect_;
    boost::asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO}; ///< one thread; the resolver has its own
    burst together_{context_};
    boost::asio::posix::stream_descriptor stops_;
    boost::asio::steady_timer patience_; ///< with the cleaning up after an interruption
    char stop_octet_ = 0;
    int stops_heard_ = 0;

    std::string token_;
    verdict::masker secrets_;
    facts known_;
    std::list<series> series_; ///< those that are not over
    std::list<running> running_;
    std::set<std::string> leased_;
    verdict::run_record record_;
};

} // namespace mailspec::run
