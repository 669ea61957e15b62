#pragma once

#include "harness/rfc/finding.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::wire::imap {

/// Collects the findings of one response, and stops when there are too many to be of use: what a server sends
/// decides neither our memory nor our time.
class reporter {
public:
    static constexpr std::size_t most = 64;

    /// Takes the offset of the response in the connection. Life: shorter than `out`.
    reporter(std::uint64_t at, std::vector<rfc::finding>& out) : at_(at), out_(out) {}

    /// Takes an offset in the response.
    void operator()(const rfc::requirement& broken, std::size_t where, std::string_view detail);
    /// The same, with the octets in question shown escaped and shortened behind the detail.
    void operator()(const rfc::requirement& broken, std::size_t where, std::string_view detail, std::string_view seen);

    /// While it is off, nothing is collected: for data whose syntax nobody has fixed.
    void mute() { muted_ = true; }
    void unmute() { muted_ = false; }

private:
    std::uint64_t at_;
    std::vector<rfc::finding>& out_;
    std::size_t count_ = 0;
    bool muted_ = false;
};

/// The octets in quotes, escaped as in C, at most some forty of them.
std::string shown(std::string_view octets);

} // namespace mailspec::wire::imap
