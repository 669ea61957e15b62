#include "harness/serve/imap/arguments.hpp"
#include "harness/wire/ascii.hpp"

#include <array>

namespace mailspec::serve::imap {

std::uint32_t arguments::digits(std::size_t least, std::size_t most) {
    std::uint32_t n = 0;
    std::size_t count = 0;
    for (; count < most && !left_.empty() && wire::is_digit(left_[0]); ++count, left_.remove_prefix(1))
        n = n * 10 + static_cast<std::uint32_t>(left_[0] - '0');
    if (count < least)
        fail("digits of a date are missing");
    return n;
}

unsigned arguments::month() {
    static constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto word = left_.substr(0, 3);
    for (unsigned i = 0; i < names.size(); ++i) {
        if (!same(names[i], word))
            continue;
        left_.remove_prefix(3);
        return i + 1;
    }
    fail("no month");
    return 1;
}

std::chrono::sys_days arguments::date() {
    bool in_quotes = take('"');
    auto d = digits(1, 2);
    expect('-');
    auto m = month();
    expect('-');
    auto y = digits(4, 4);
    if (in_quotes)
        expect('"');
    std::chrono::year_month_day day{std::chrono::year{static_cast<int>(y)}, std::chrono::month{m}, std::chrono::day{d}};
    if (!failed() && !day.ok())
        fail("a day that does not exist");
    return failed() ? std::chrono::sys_days{} : std::chrono::sys_days{day};
}

date_time arguments::moment() {
    expect('"');
    take(' ');
    auto day = date();
    sp();
    auto h = digits(2, 2);
    expect(':');
    auto m = digits(2, 2);
    expect(':');
    auto s = digits(2, 2);
    sp();
    bool west = next_is('-');
    if (!take('+'))
        expect('-');
    auto zone = digits(4, 4);
    expect('"');
    if (!failed() && (h > 23 || m > 59 || s > 60 || zone % 100 > 59))
        fail("a time that does not exist");
    if (failed())
        return {};
    int minutes = static_cast<int>(zone / 100 * 60 + zone % 100) * (west ? -1 : 1);
    auto local = day + std::chrono::hours{h} + std::chrono::minutes{m} + std::chrono::seconds{s};
    return {local - std::chrono::minutes{minutes}, minutes};
}

} // namespace mailspec::serve::imap
