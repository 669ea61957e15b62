#include "harness/net/memory.hpp"

#include "harness/net/sentences.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <cstring>

namespace mailspec::net {

namespace asio = boost::asio;

namespace {

/// What flows one way.
struct channel {
    std::string octets;
    bool ended = false;                    ///< the writing end closed
    bool abandoned = false;                ///< the reading end closed
    bool secured = false;                  ///< the writing end has started TLS
    asio::steady_timer* waiting = nullptr; ///< of the reading end
    bool woken = false;

    void wake() {
        woken = true;
        if (waiting)
            waiting->cancel();
    }
};

class memory_end final : public memory_stream {
public:
    memory_end(const asio::any_io_executor& executor, std::shared_ptr<channel> in, std::shared_ptr<channel> out,
               memory_faults faults)
        : timer_(executor), in_(std::move(in)), out_(std::move(out)), faults_(faults) {}
    ~memory_end() override { close(); }

    task<result> read_some(std::span<char> into, clock::time_point deadline) override {
        if (auto bad = begin(); !bad)
            co_return bad;
        co_await await_octets(awaited::octets, deadline);
        if (secured_ && !in_->secured && !in_->octets.empty() && !stopped())
            ended_ = in_the_clear();
        if (stopped())
            co_return ended_;
        if (in_->octets.empty()) {
            seen_end_ = true;
            co_return explain(asio::error::eof, name);
        }
        co_return take(into);
    }

    task<result> write(std::string_view octets, clock::time_point) override {
        if (auto bad = begin(); !bad)
            co_return bad;
        if (out_->abandoned && seen_end_)
            co_return explain(asio::error::connection_reset, name);
        out_->octets += octets;
        out_->wake();
        co_return result{trouble::none, octets.size(), {}};
    }

    task<result> start_tls(const tls_settings&, clock::time_point) override {
        auto bad = begin();
        if (bad && faults_.tls != trouble::none)
            bad = ended_ = {faults_.tls, 0, "this handshake was made to fail"};
        if (bad)
            pretend_tls();
        co_return bad;
    }

    task<result> start_tls_as_server(const server_tls_context&, clock::time_point deadline) override {
        if (auto bad = begin(); !bad)
            co_return bad;
        co_await await_octets(awaited::handshake, deadline);
        if (!in_->secured && !stopped())
            ended_ = in_the_clear();
        if (!stopped())
            pretend_tls();
        co_return ended_;
    }

    bool secured() const override { return secured_; }
    std::string tls_description() const override { return secured_ ? "TLSv1.3, TLS_PRETENDED" : ""; }
    std::size_t operations() const override { return operations_; }

    void cancel() override {
        if (!stopped())
            ended_ = explain_end(trouble::cancelled, name, {});
        timer_.cancel();
    }

    void close() override {
        cancel();
        in_->abandoned = true;
        in_->waiting = nullptr;
        out_->ended = true;
        out_->wake();
    }

private:
    static constexpr std::string_view name = "the other end";

    bool stopped() const { return ended_.why != trouble::none; }

    /// Counts the operation; gives what it fails with, or success.
    result begin() {
        if (stopped())
            return ended_;
        if (++operations_ == faults_.fail_at)
            ended_ = {faults_.why, 0, "this operation was made to fail"};
        return ended_;
    }

    static result in_the_clear() { return {trouble::tls_handshake, 0, "octets in the clear instead of a handshake"}; }

    void pretend_tls() {
        secured_ = out_->secured = true;
        out_->wake();
    }

    /// Until octets come, or the other end starts TLS; or nothing more will.
    enum class awaited { octets, handshake };
    task<void> await_octets(awaited what, clock::time_point deadline) {
        auto since = clock::now();
        while (in_->octets.empty() && !in_->ended && !stopped() && (what == awaited::octets || !in_->secured)) {
            timer_.expires_at(deadline);
            in_->waiting = &timer_;
            in_->woken = false;
            auto [early] = co_await timer_.async_wait(asio::as_tuple(asio::deferred));
            in_->waiting = nullptr;
            if (!in_->woken && !stopped())
                ended_ = explain_end(early ? trouble::cancelled : trouble::timed_out, name, clock::now() - since);
        }
    }

    result take(std::span<char> into) {
        auto most = faults_.most_read ? std::min(faults_.most_read, into.size()) : into.size();
        auto size = std::min(most, in_->octets.size());
        std::memcpy(into.data(), in_->octets.data(), size);
        in_->octets.erase(0, size);
        return {trouble::none, size, {}};
    }

    asio::steady_timer timer_;
    std::shared_ptr<channel> in_, out_;
    memory_faults faults_;
    result ended_;
    std::size_t operations_ = 0;
    bool secured_ = false;
    bool seen_end_ = false; ///< of what the other end had to say
};

} // namespace

memory_pair make_memory_pair(const asio::any_io_executor& executor, memory_faults of_client, memory_faults of_server) {
    auto up = std::make_shared<channel>();
    auto down = std::make_shared<channel>();
    return {std::make_unique<memory_end>(executor, down, up, of_client),
            std::make_unique<memory_end>(executor, up, down, of_server)};
}

} // namespace mailspec::net
