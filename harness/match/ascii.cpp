#include "harness/match/ascii.hpp"

namespace mailspec::match {

std::string shown(std::string_view octets, std::size_t most) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : octets.substr(0, most)) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '\r')
            out += "\\r";
        else if (c == '\n')
            out += "\\n";
        else if (u >= 0x20 && u < 0x7f)
            out += c;
        else
            out.append("\\x").append({digits[u >> 4], digits[u & 15]});
    }
    if (octets.size() > most)
        out += "... (" + std::to_string(octets.size() - most) + " octets more)";
    return out;
}

} // namespace mailspec::match
