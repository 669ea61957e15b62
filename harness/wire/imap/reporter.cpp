#include "harness/wire/imap/reporter.hpp"

namespace mailspec::wire::imap {

void reporter::operator()(const rfc::requirement& broken, std::size_t where, std::string_view detail) {
    if (muted_ || count_ == most) {
        return;
    }
    ++count_;
    out_.push_back({&broken, at_ + where, std::string(detail)});
}

void reporter::operator()(const rfc::requirement& broken, std::size_t where, std::string_view detail,
                          std::string_view seen) {
    if (muted_ || count_ == most) {
        return;
    }
    (*this)(broken, where, std::string(detail) + ": " + shown(seen));
}

std::string shown(std::string_view octets) {
    constexpr std::size_t longest = 40;
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : octets.substr(0, longest)) {
        const auto octet = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (octet >= 0x20 && octet < 0x7f) {
            out += c;
        } else {
            out += {'\\', 'x', hex[octet >> 4], hex[octet & 15]};
        }
    }
    out += octets.size() > longest ? "...\"" : "\"";
    return out;
}

} // namespace mailspec::wire::imap
