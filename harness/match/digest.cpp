#include "harness/match/digest.hpp"

#include "harness/match/base64.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace mailspec::match {

namespace {

using digest = std::array<unsigned char, 16>;

constexpr std::array<unsigned, 16> turns = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

std::array<std::uint32_t, 64> sines() {
    std::array<std::uint32_t, 64> k{};
    for (std::size_t i = 0; i < k.size(); ++i)
        k[i] = static_cast<std::uint32_t>(std::floor(std::fabs(std::sin(static_cast<double>(i + 1))) * 4294967296.0));
    return k;
}

void mix_block(std::array<std::uint32_t, 4>& state, const std::array<std::uint32_t, 16>& words) {
    static const std::array<std::uint32_t, 64> k = sines();
    auto [a, b, c, d] = state;
    for (std::size_t i = 0; i < 64; ++i) {
        std::uint32_t f = 0;
        std::size_t g = 0;
        switch (i / 16) {
        case 0: f = (b & c) | (~b & d), g = i; break;
        case 1: f = (d & b) | (~d & c), g = (5 * i + 1) % 16; break;
        case 2: f = b ^ c ^ d, g = (3 * i + 5) % 16; break;
        default: f = c ^ (b | ~d), g = 7 * i % 16; break;
        }
        const std::uint32_t sum = a + f + k[i] + words[g];
        const unsigned turn = turns[i / 16 * 4 + i % 4];
        a = d, d = c, c = b;
        b += sum << turn | sum >> (32 - turn);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

/// Source: RFC 1321 section 3.
digest md5(std::string_view octets) {
    std::string padded(octets);
    padded += '\x80';
    padded.append((120 - padded.size() % 64) % 64, '\0');
    for (unsigned i = 0; i < 8; ++i)
        padded += static_cast<char>(std::uint64_t{octets.size()} * 8 >> 8 * i & 0xff);
    std::array<std::uint32_t, 4> state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    for (std::size_t at = 0; at < padded.size(); at += 64) {
        std::array<std::uint32_t, 16> words{};
        for (std::size_t i = 0; i < 64; ++i)
            words[i / 4] |= std::uint32_t{static_cast<unsigned char>(padded[at + i])} << 8 * (i % 4);
        mix_block(state, words);
    }
    digest out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<unsigned char>(state[i / 4] >> 8 * (i % 4));
    return out;
}

std::string octets_of(const digest& d) { return {d.begin(), d.end()}; }

std::string hex(const digest& d) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const unsigned char c : d)
        out.append({digits[c >> 4], digits[c & 15]});
    return out;
}

/// Source: RFC 2104 section 2.
digest hmac_md5(std::string_view key, std::string_view octets) {
    std::string padded = key.size() > 64 ? octets_of(md5(key)) : std::string(key);
    padded.resize(64, '\0');
    std::string inner, outer;
    for (const char c : padded) {
        inner += static_cast<char>(c ^ 0x36);
        outer += static_cast<char>(c ^ 0x5c);
    }
    return md5(outer + octets_of(md5(inner.append(octets))));
}

} // namespace

std::optional<std::string> cram_md5_answer(std::string_view user, std::string_view password,
                                           std::string_view challenge) {
    const auto decoded = base64_decode(challenge);
    if (!decoded)
        return std::nullopt;
    return base64_encode(std::string(user) + " " + hex(hmac_md5(password, *decoded)));
}

std::optional<std::string> apop_digest(std::string_view password, std::string_view greeting) {
    const std::size_t open = greeting.find('<');
    const std::size_t close = open == std::string_view::npos ? open : greeting.find('>', open);
    if (close == std::string_view::npos)
        return std::nullopt;
    std::string stamp(greeting.substr(open, close - open + 1));
    return hex(md5(stamp.append(password)));
}

std::optional<std::string> apop_answer(std::string_view user, std::string_view password, std::string_view greeting) {
    const auto digest = apop_digest(password, greeting);
    if (!digest)
        return std::nullopt;
    return std::string(user) + " " + *digest;
}

} // namespace mailspec::match
