#include "harness/wire/utf8.hpp"

#include <cstdint>

namespace mailspec::wire {
namespace {

struct lead {
    std::size_t size;
    std::uint8_t second_least, second_most;
};

lead lead_of(std::uint8_t octet) {
    if (octet < 0x80) {
        return {1, 0, 0};
    }
    if (octet >= 0xc2 && octet <= 0xdf) {
        return {2, 0x80, 0xbf};
    }
    if (octet >= 0xe0 && octet <= 0xef) {
        return {3, static_cast<std::uint8_t>(octet == 0xe0 ? 0xa0 : 0x80),
                static_cast<std::uint8_t>(octet == 0xed ? 0x9f : 0xbf)};
    }
    if (octet >= 0xf0 && octet <= 0xf4) {
        return {4, static_cast<std::uint8_t>(octet == 0xf0 ? 0x90 : 0x80),
                static_cast<std::uint8_t>(octet == 0xf4 ? 0x8f : 0xbf)};
    }
    return {0, 0, 0};
}

} // namespace

std::size_t utf8_character(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const lead first = lead_of(octet(0));
    if (first.size < 2 || text.size() < first.size) {
        return first.size == 1 ? 1 : 0;
    }
    if (octet(1) < first.second_least || octet(1) > first.second_most) {
        return 0;
    }
    for (std::size_t i = 2; i < first.size; ++i) {
        if (octet(i) < 0x80 || octet(i) > 0xbf) {
            return 0;
        }
    }
    return first.size;
}

} // namespace mailspec::wire
