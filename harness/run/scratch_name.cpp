#include "harness/run/scratch_name.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <cstdio>
#include <random>

namespace mailspec::run {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view token_shape = "########t######-@@@@@@@@"; ///< # a digit, @ one of `letters`

using wire::is_digit;

bool has_shape(std::string_view token) {
    return token.size() == token_shape.size() &&
           std::equal(token.begin(), token.end(), token_shape.begin(), [](char c, char wanted) {
               return wanted == '#'   ? is_digit(c)
                      : wanted == '@' ? letters.find(c) != std::string_view::npos
                                      : c == wanted;
           });
}

unsigned number(std::string_view digits) {
    unsigned out = 0;
    for (const char c : digits)
        out = out * 10 + static_cast<unsigned>(c - '0');
    return out;
}

std::optional<std::chrono::system_clock::time_point> time_of(std::string_view token) {
    using namespace std::chrono;
    const year_month_day day{year(static_cast<int>(number(token.substr(0, 4)))), month(number(token.substr(4, 2))),
                             std::chrono::day(number(token.substr(6, 2)))};
    const auto h = number(token.substr(9, 2)), m = number(token.substr(11, 2)), s = number(token.substr(13, 2));
    if (!day.ok() || h > 23 || m > 59 || s > 59)
        return std::nullopt;
    return sys_days(day) + hours(h) + minutes(m) + seconds(s);
}

} // namespace

std::string make_run_token(std::chrono::system_clock::time_point now) {
    using namespace std::chrono;
    const auto midnight = floor<days>(now);
    const year_month_day day(midnight);
    const hh_mm_ss time(floor<seconds>(now - midnight));
    char when[32];
    std::snprintf(when, sizeof when, "%04d%02u%02ut%02d%02d%02d-", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    std::string out(when);
    std::random_device source;
    for (int i = 0; i < 8; ++i)
        out += letters[source() % letters.size()];
    return out;
}

std::string scenario_token(std::string_view run_token, std::size_t number) {
    return std::string(run_token) + '-' + std::to_string(number) + 'x';
}

std::optional<scratch_origin> read_scratch_name(std::string_view name) {
    if (!name.starts_with(scratch_stem))
        return std::nullopt;
    name.remove_prefix(scratch_stem.size());
    const auto token = name.substr(0, token_shape.size());
    if (!has_shape(token))
        return std::nullopt;
    const auto begun = time_of(token);
    name.remove_prefix(token.size());
    if (!begun || !name.starts_with('-'))
        return std::nullopt;
    name.remove_prefix(1);
    const auto end = std::min(
        static_cast<std::size_t>(std::find_if_not(name.begin(), name.end(), is_digit) - name.begin()), name.size());
    if (end == 0 || end == name.size() || name[0] == '0' || name[end] != 'x')
        return std::nullopt;
    return scratch_origin{std::string(token), *begun};
}

} // namespace mailspec::run
