#pragma once

#include "harness/wire/ascii.hpp"

#include <cstdint>
#include <cstring>
#include <string_view>

namespace mailspec::observe::imap {

/// What stands for octets that need not be kept: equal octets give equal digests, others hardly ever do.
///
/// Takes eight octets a step, for whole messages go through it. Never zero.
class digest {
public:
    void add(std::string_view octets) {
        const char* at = octets.data();
        std::size_t left = octets.size();
        for (; left >= sizeof(std::uint64_t); at += sizeof(std::uint64_t), left -= sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, sizeof word);
            mix(word);
        }
        std::uint64_t rest = octets.size() << 56;
        for (std::size_t i = 0; i < left; ++i)
            rest |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
        mix(rest);
    }
    /// ASCII letters without case.
    void add_ci(std::string_view octets) {
        for (const char c : octets)
            mix(static_cast<unsigned char>(wire::upper(c)));
        mix(octets.size() << 8);
    }
    std::uint64_t value() const { return state_ | 1; }

private:
    void mix(std::uint64_t word) {
        state_ = (state_ ^ word) * 0x9e3779b97f4a7c15u;
        state_ ^= state_ >> 29;
    }
    std::uint64_t state_ = 0x243f6a8885a308d3u;
};

inline std::uint64_t digest_of(std::string_view octets) {
    digest d;
    d.add(octets);
    return d.value();
}

} // namespace mailspec::observe::imap
