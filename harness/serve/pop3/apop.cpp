#include "harness/serve/pop3/apop.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace mailspec::serve::pop3 {

namespace {

constexpr std::size_t block_size = 64;
using words = std::array<std::uint32_t, 4>;

/// RFC 1321 section 3.4: the integer part of 4294967296 times abs(sin(i + 1)).
const std::array<std::uint32_t, 64>& sines() {
    static const auto table = [] {
        std::array<std::uint32_t, 64> t{};
        for (std::size_t i = 0; i < t.size(); ++i)
            t[i] =
                static_cast<std::uint32_t>(std::floor(std::ldexp(std::fabs(std::sin(static_cast<double>(i + 1))), 32)));
        return t;
    }();
    return table;
}

std::uint32_t word_at(std::string_view block, std::size_t i) {
    std::uint32_t w = 0;
    for (std::size_t k = 4; k-- > 0;)
        w = (w << 8) | static_cast<unsigned char>(block[4 * i + k]);
    return w;
}

void digest_block(words& sum, std::string_view block) {
    static constexpr int shifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    auto [a, b, c, d] = sum;
    for (std::size_t i = 0; i < 64; ++i) {
        auto round = i / 16;
        std::uint32_t mixed = 0;
        std::size_t word = 0;
        switch (round) {
        case 0: mixed = (b & c) | (~b & d), word = i; break;
        case 1: mixed = (b & d) | (c & ~d), word = (5 * i + 1) % 16; break;
        case 2: mixed = b ^ c ^ d, word = (3 * i + 5) % 16; break;
        default: mixed = c ^ (b | ~d), word = (7 * i) % 16; break;
        }
        auto turned = b + std::rotl(a + mixed + sines()[i] + word_at(block, word), shifts[round][i % 4]);
        a = d, d = c, c = b, b = turned;
    }
    sum = {sum[0] + a, sum[1] + b, sum[2] + c, sum[3] + d};
}

words md5(std::string octets) {
    auto bits = static_cast<std::uint64_t>(octets.size()) * 8;
    octets += '\x80';
    while (octets.size() % block_size != block_size - 8)
        octets += '\0';
    for (int i = 0; i < 8; ++i)
        octets += static_cast<char>((bits >> (8 * i)) & 0xff);
    words sum{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    for (std::size_t at = 0; at < octets.size(); at += block_size)
        digest_block(sum, std::string_view(octets).substr(at, block_size));
    return sum;
}

} // namespace

std::string apop_digest(std::string_view timestamp, std::string_view password) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (auto w : md5(std::string(timestamp).append(password)))
        for (int i = 0; i < 4; ++i, w >>= 8)
            hex.append({digits[(w >> 4) & 15], digits[w & 15]});
    return hex;
}

} // namespace mailspec::serve::pop3
