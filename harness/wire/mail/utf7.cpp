#include "harness/wire/mail/utf7.hpp"

#include "harness/wire/utf8.hpp"

#include <cstdint>

namespace mailspec::wire::mail {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

bool stands_for_itself(char32_t c) { return c >= 0x20 && c <= 0x7e; }

/// The code point at the front, taken away; nothing where it is not UTF-8 (RFC 3629).
std::optional<char32_t> take_utf8(std::string_view& s) {
    const auto size = utf8_character(s);
    if (size == 0) {
        return std::nullopt;
    }
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    char32_t c = size == 1 ? octet(0) : octet(0) & (0x7fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        c = (c << 6) | (octet(i) & 0x3f);
    }
    s.remove_prefix(size);
    return c;
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&](char32_t octet) { out += static_cast<char>(octet); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6));
        put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    } else {
        put(0xf0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3f));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    }
}

/// Writes UTF-16 units as base64 while shifted.
class shifter {
public:
    explicit shifter(std::string& out) : out_(out) {}
    void put(char32_t c) {
        if (!shifted_) {
            out_ += '&';
            shifted_ = true;
        }
        if (c >= 0x10000) {
            unit(0xd800 + ((c - 0x10000) >> 10));
            unit(0xdc00 + ((c - 0x10000) & 0x3ff));
        } else {
            unit(c);
        }
    }
    void end() {
        if (!shifted_) {
            return;
        }
        if (count_ > 0) {
            out_ += alphabet[(bits_ << (6 - count_)) & 0x3f];
        }
        out_ += '-';
        bits_ = count_ = 0;
        shifted_ = false;
    }

private:
    void unit(char32_t u) {
        bits_ = (bits_ << 16) | static_cast<std::uint32_t>(u);
        for (count_ += 16; count_ >= 6;) {
            count_ -= 6;
            out_ += alphabet[(bits_ >> count_) & 0x3f];
        }
    }
    std::string& out_;
    bool shifted_ = false;
    std::uint32_t bits_ = 0, count_ = 0;
};

/// Reads the base64 between "&" and "-" and appends what it means.
bool append_shifted(std::string_view base64, std::string& out) {
    std::uint32_t bits = 0, count = 0, high = 0;
    for (const char c : base64) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) {
            return false;
        }
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 16) {
            continue;
        }
        count -= 16;
        const std::uint32_t unit = (bits >> count) & 0xffff;
        const bool is_high = unit >= 0xd800 && unit < 0xdc00, is_low = unit >= 0xdc00 && unit < 0xe000;
        if (is_low != (high != 0)) {
            return false;
        }
        if (is_high) {
            high = unit;
        } else {
            append_utf8(out, is_low ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : unit);
            high = 0;
        }
    }
    return high == 0 && count < 6;
}

} // namespace

std::optional<std::string> utf7_encode(std::string_view utf8) {
    std::string out;
    shifter shifted(out);
    while (!utf8.empty()) {
        const auto c = take_utf8(utf8);
        if (!c) {
            return std::nullopt;
        }
        if (stands_for_itself(*c)) {
            shifted.end();
            out += static_cast<char>(*c);
            out += *c == '&' ? "-" : "";
        } else {
            shifted.put(*c);
        }
    }
    shifted.end();
    return out;
}

std::optional<std::string> utf7_decode(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!stands_for_itself(static_cast<unsigned char>(name[i]))) {
            return std::nullopt;
        }
        if (name[i] != '&') {
            out += name[i];
            continue;
        }
        const auto end = name.find('-', i);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        if (end == i + 1) {
            out += '&';
        } else if (!append_shifted(name.substr(i + 1, end - i - 1), out)) {
            return std::nullopt;
        }
        i = end;
    }
    return out;
}

bool is_utf7(std::string_view name) {
    const auto decoded = utf7_decode(name);
    return decoded && utf7_encode(*decoded) == name;
}

} // namespace mailspec::wire::mail
