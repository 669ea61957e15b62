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

/// The next code point at `at`, which moves past it; nothing for what is not UTF-8.
std::optional<std::uint32_t> next_code_point(std::string_view s, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(s[at++]);
    if (lead < 0x80)
        return lead;
    const int more = lead >= 0xf0 && lead < 0xf5   ? 3
                     : lead >= 0xe0 && lead < 0xf0 ? 2
                     : lead >= 0xc2 && lead < 0xe0 ? 1
                                                   : 0;
    if (more == 0)
        return std::nullopt;
    std::uint32_t point = lead & (0x3fu >> more);
    for (int i = 0; i < more; ++i, ++at) {
        if (at >= s.size() || (static_cast<unsigned char>(s[at]) & 0xc0) != 0x80)
            return std::nullopt;
        point = point << 6 | (static_cast<unsigned char>(s[at]) & 0x3f);
    }
    constexpr std::array<std::uint32_t, 4> least = {0, 0x80, 0x800, 0x10000};
    if (point < least[static_cast<std::size_t>(more)] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
        return std::nullopt;
    return point;
}

void append_unit(std::string& utf16, std::uint32_t unit) {
    utf16 += static_cast<char>(unit >> 8);
    utf16 += static_cast<char>(unit & 0xff);
}

void end_shift(std::string& out, std::string& utf16) {
    if (utf16.empty())
        return;
    std::string text = base64_encode(utf16);
    text.erase(text.find_last_not_of('=') + 1);
    for (char& c : text)
        if (c == '/')
            c = ',';
    out.append("&").append(text).append("-");
    utf16.clear();
}

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

std::optional<std::string> utf7_encode(std::string_view utf8) {
    std::string out, utf16;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto point = next_code_point(utf8, at);
        if (!point)
            return std::nullopt;
        if (*point >= 0x20 && *point < 0x7f) {
            end_shift(out, utf16);
            out += static_cast<char>(*point);
            if (*point == '&')
                out += '-';
        } else if (*point < 0x10000) {
            append_unit(utf16, *point);
        } else {
            append_unit(utf16, 0xd800 + ((*point - 0x10000) >> 10));
            append_unit(utf16, 0xdc00 + ((*point - 0x10000) & 0x3ff));
        }
    }
    end_shift(out, utf16);
    return out;
}

} // namespace mailspec::match
