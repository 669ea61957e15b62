#include "harness/serve/imap/normal_form.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

constexpr char marks_begin = '\xcc'; ///< the first octet of U+0300 to U+033F

/// A capital letter, the second octet of its mark, and the character in Latin-1; small ones lie 0x20 higher.
struct composition {
    char letter, mark;
    unsigned char code;
};

constexpr composition compositions[] = {
    {'A', '\x80', 0xc0}, {'A', '\x81', 0xc1}, {'A', '\x82', 0xc2}, {'A', '\x83', 0xc3}, {'A', '\x88', 0xc4},
    {'A', '\x8a', 0xc5}, {'C', '\xa7', 0xc7}, {'E', '\x80', 0xc8}, {'E', '\x81', 0xc9}, {'E', '\x82', 0xca},
    {'E', '\x88', 0xcb}, {'I', '\x80', 0xcc}, {'I', '\x81', 0xcd}, {'I', '\x82', 0xce}, {'I', '\x88', 0xcf},
    {'N', '\x83', 0xd1}, {'O', '\x80', 0xd2}, {'O', '\x81', 0xd3}, {'O', '\x82', 0xd4}, {'O', '\x83', 0xd5},
    {'O', '\x88', 0xd6}, {'U', '\x80', 0xd9}, {'U', '\x81', 0xda}, {'U', '\x82', 0xdb}, {'U', '\x88', 0xdc},
    {'Y', '\x81', 0xdd},
};

/// The character that letter and mark are together; 0: there is none.
unsigned char together(char letter, char mark) {
    const char capital = wire::upper(letter);
    const bool small = capital != letter;
    const auto* row =
        std::ranges::find_if(compositions, [&](const auto& c) { return c.letter == capital && c.mark == mark; });
    if (row == std::ranges::end(compositions))
        return 0;
    return static_cast<unsigned char>(row->code + (small ? 0x20 : 0));
}

} // namespace

std::string composed(std::string_view utf8) {
    std::string out;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const bool marked = i + 2 < utf8.size() && utf8[i + 1] == marks_begin;
        const auto code = marked ? together(utf8[i], utf8[i + 2]) : 0;
        if (code == 0) {
            out += utf8[i];
            continue;
        }
        out += '\xc3';
        out += static_cast<char>(code - 0x40);
        i += 2;
    }
    return out;
}

} // namespace mailspec::serve::imap
