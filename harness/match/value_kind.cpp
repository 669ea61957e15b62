#include "harness/match/value_kind.hpp"

#include "harness/match/ascii.hpp"
#include "harness/wire/sasl/base64.hpp"

#include <array>

namespace mailspec::match {

namespace {

constexpr std::array<std::string_view, 14> names = {"any",     "number", "nz-number", "atom",      "string",
                                                    "nstring", "list",   "flag",      "date-time", "base64",
                                                    "mailbox", "octets", "text",      "nil"};

bool is_number(std::string_view s) {
    return all_digits(s) && (s.size() < 20 || (s.size() == 20 && s <= "18446744073709551615"));
}

bool is_atom(std::string_view s) {
    for (const char c : s)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f ||
            std::string_view("(){%*\"\\").find(c) != std::string_view::npos)
            return false;
    return !s.empty();
}

bool is_flag(std::string_view s) {
    if (s == "\\*")
        return true;
    return is_atom(s.starts_with('\\') ? s.substr(1) : s);
}

// RFC 9051 section 9: date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
bool is_date_time(std::string_view s) {
    constexpr std::string_view shape = "Dd-aaa-dddd dd:dd:dd sdddd";
    constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (s.size() != shape.size())
        return false;
    std::array<char, 3> month{};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char want = shape[i], c = s[i];
        const bool fits = want == 'd'   ? is_digit(c)
                          : want == 'D' ? is_digit(c) || c == ' '
                          : want == 'a' ? is_letter(c)
                          : want == 's' ? c == '+' || c == '-'
                                        : c == want;
        if (!fits)
            return false;
        if (want == 'a')
            month[i - 3] = lower(c);
    }
    const std::size_t at = months.find(std::string_view(month.data(), month.size()));
    return at != std::string_view::npos && at % 3 == 0;
}

} // namespace

std::optional<kind> kind_named(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<kind>(i);
    return std::nullopt;
}

std::string_view to_string(kind k) { return names[static_cast<std::size_t>(k)]; }

std::span<const std::string_view> kind_names() { return names; }

bool octets_are(kind k, std::string_view octets) {
    switch (k) {
    case kind::number: return is_number(octets);
    case kind::nz_number: return is_number(octets) && octets.find_first_not_of('0') == 0;
    case kind::atom: return is_atom(octets);
    case kind::flag: return is_flag(octets);
    case kind::date_time: return is_date_time(octets);
    case kind::base64: return wire::sasl::base64_decode(octets).has_value();
    case kind::nil: return same_letters(octets, "NIL");
    default: return true;
    }
}

} // namespace mailspec::match
