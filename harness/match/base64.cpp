#include "harness/match/base64.hpp"

#include <array>
#include <cstdint>

namespace mailspec::match {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> values = [] {
    std::array<std::int8_t, 256> v{};
    v.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        v[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return v;
}();

} // namespace

std::string base64_encode(std::string_view octets) {
    std::string out;
    out.reserve((octets.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int have = 0;
    for (const char c : octets) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (have += 8; have >= 6; have -= 6)
            out += alphabet[bits >> (have - 6) & 63];
    }
    if (have > 0)
        out += alphabet[bits << (6 - have) & 63];
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0)
        return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string out;
    std::uint32_t bits = 0;
    int have = 0;
    for (const char c : text.substr(0, text.size() - padding)) {
        const int v = values[static_cast<unsigned char>(c)];
        if (v < 0)
            return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(v);
        if ((have += 6) >= 8) {
            have -= 8;
            out += static_cast<char>(bits >> have & 0xff);
        }
    }
    if (static_cast<std::size_t>(have) != padding * 2 || (bits & ((1u << have) - 1)) != 0)
        return std::nullopt;
    return out;
}

} // namespace mailspec::match
