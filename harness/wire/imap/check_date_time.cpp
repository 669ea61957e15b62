#include "harness/wire/imap/checker.hpp"
#include "harness/wire/imap/octets.hpp"

#include <algorithm>
#include <array>

namespace mailspec::wire::imap {

namespace {

/// True when each octet fits its place: 'd' a digit, 's' a digit or space, '+' a sign, 'm' anything.
bool fits(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char place = shape[i];
        const bool good = place == 'd'   ? is_digit(c)
                          : place == 's' ? is_digit(c) || c == ' '
                          : place == '+' ? c == '+' || c == '-'
                          : place == 'm' ? true
                                         : c == place;
        if (!good) {
            return false;
        }
    }
    return true;
}

bool is_month(std::string_view name) {
    static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return std::any_of(months.begin(), months.end(), [&](std::string_view m) { return same_ci(m, name); });
}

} // namespace

bool checker::date_time(const rfc::requirement& r, const node& n, std::string_view what) {
    const std::string_view date = raw(n);
    const bool good =
        n.kind == value_kind::quoted && fits(date, "sd-mmm-dddd dd:dd:dd +dddd") && is_month(date.substr(3, 3));
    return good || broken(r, n, what, "not of the form \"dd-Mon-yyyy hh:mm:ss +zzzz\"");
}

} // namespace mailspec::wire::imap
