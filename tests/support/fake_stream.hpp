#pragma once

#include "harness/net/stream.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailspec::test {

/// A server that plays a script: what it expects to be sent, and what it says then.
///
/// Nothing ever waits: reading when the script has nothing to say is trouble::timed_out at once, or
/// trouble::closed where the script ends so. Each operation can be made to fail in turn:
///     for (std::size_t n = 1; n <= operations_of_a_good_run; ++n) { fake.fail_at(n, trouble::reset); ... }
class fake_stream final : public net::stream {
public:
    struct exchange {
        std::string expects; ///< empty: it speaks first
        std::string says;
    };
    enum class ending { silence, closing };

    explicit fake_stream(std::vector<exchange> script, ending at_end = ending::silence)
        : script_(std::move(script)), at_end_(at_end) {
        advance();
    }

    /// Makes the how-manieth operation (read_some, write, start_tls; from 1) fail, and all after it.
    void fail_at(std::size_t operation, net::trouble why) { fail_at_ = operation, why_ = why; }
    /// Gives at most so many octets to one read.
    void chop(std::size_t most_octets) { most_octets_ = most_octets; }

    std::size_t operations() const { return operations_; }
    const std::string& written() const { return written_; }
    /// Everything expected was sent, and nothing else.
    bool fulfilled() const { return step_ == script_.size() && unmatched_.empty(); }
    bool closed() const { return closed_; }

    net::task<net::result> read_some(std::span<char> into, net::clock::time_point) override {
        if (auto bad = begin(); !bad)
            co_return bad;
        if (unread_.empty() && at_end_ == ending::closing && step_ == script_.size())
            co_return net::result{net::trouble::closed, 0, "the script closed the connection"};
        if (unread_.empty())
            co_return net::result{net::trouble::timed_out, 0, "the script has nothing to say"};
        auto size = std::min({into.size(), unread_.size(), most_octets_});
        std::copy_n(unread_.begin(), size, into.begin());
        unread_.erase(0, size);
        co_return net::result{net::trouble::none, size, {}};
    }

    net::task<net::result> write(std::string_view octets, net::clock::time_point) override {
        if (auto bad = begin(); !bad)
            co_return bad;
        written_ += octets;
        unmatched_ += octets;
        advance();
        co_return net::result{net::trouble::none, octets.size(), {}};
    }

    net::task<net::result> start_tls(const net::tls_settings&, net::clock::time_point) override {
        auto bad = begin();
        secured_ = static_cast<bool>(bad);
        co_return bad;
    }

    bool secured() const override { return secured_; }
    void cancel() override { ended_ = {net::trouble::cancelled, 0, "cancelled"}; }
    void close() override { closed_ = true, ended_ = {net::trouble::closed, 0, "closed"}; }

private:
    net::result begin() {
        if (ended_ && ++operations_ == fail_at_)
            ended_ = {why_, 0, "this operation was made to fail"};
        return ended_;
    }

    /// Says what is due after what was sent.
    void advance() {
        while (step_ != script_.size() && unmatched_.starts_with(script_[step_].expects)) {
            unmatched_.erase(0, script_[step_].expects.size());
            unread_ += script_[step_].says;
            ++step_;
        }
    }

    std::vector<exchange> script_;
    ending at_end_;
    std::size_t step_ = 0;
    std::string unread_, written_, unmatched_;
    net::result ended_;
    std::size_t operations_ = 0, fail_at_ = 0, most_octets_ = static_cast<std::size_t>(-1);
    net::trouble why_ = net::trouble::none;
    bool secured_ = false, closed_ = false;
};

} // namespace mailspec::test
