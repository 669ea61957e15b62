#include "harness/wire/mail/dates.hpp"

#include "harness/wire/mail/header.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace mailspec::wire::mail {
namespace {

namespace chrono = std::chrono;

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

/// Fixed digits from a text that is read from its front.
class digits {
public:
    explicit digits(std::string_view text) : left_(text) {}
    bool failed() const { return failed_; }
    bool finished() const { return !failed_ && left_.empty(); }
    char front() const { return left_.empty() ? '\0' : left_.front(); }
    int number(std::size_t count) {
        int n = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = front();
            failed_ = failed_ || c < '0' || c > '9';
            n = failed_ ? 0 : n * 10 + (c - '0');
            left_.remove_prefix(failed_ ? 0 : 1);
        }
        return n;
    }
    void expect(char c) {
        failed_ = failed_ || front() != c;
        left_.remove_prefix(failed_ ? 0 : 1);
    }
    unsigned month() {
        for (unsigned m = 0; m < months.size(); ++m) {
            if (same_name(left_.substr(0, 3), months[m])) {
                left_.remove_prefix(3);
                return m + 1;
            }
        }
        failed_ = true;
        return 1;
    }

private:
    std::string_view left_;
    bool failed_ = false;
};

chrono::year_month_day read_day(digits& in, int day) {
    in.expect('-');
    const unsigned month = in.month();
    in.expect('-');
    const int year = in.number(4);
    return {chrono::year(year), chrono::month(month), chrono::day(static_cast<unsigned>(day))};
}

/// The clock's face at a date: its local time.
struct face {
    explicit face(date when)
        : local(chrono::seconds(when.seconds) + chrono::minutes(when.zone_minutes)),
          day(chrono::floor<chrono::days>(local)),
          time(local - day) {}
    chrono::sys_seconds local;
    chrono::sys_days day;
    chrono::hh_mm_ss<chrono::seconds> time;
};

std::string zone(int minutes) {
    std::array<char, 16> out{};
    const int size = minutes < 0 ? -minutes : minutes;
    std::snprintf(out.data(), out.size(), "%c%02d%02d", minutes < 0 ? '-' : '+', size / 60 % 100, size % 60);
    return out.data();
}

std::string format(const char* pattern, date when) {
    const face shown(when);
    const chrono::year_month_day day(shown.day);
    std::array<char, 96> out{};
    std::snprintf(out.data(), out.size(), pattern, static_cast<unsigned>(day.day()),
                  months[static_cast<unsigned>(day.month()) - 1].data(), static_cast<int>(day.year()),
                  static_cast<int>(shown.time.hours().count()), static_cast<int>(shown.time.minutes().count()),
                  static_cast<int>(shown.time.seconds().count()), zone(when.zone_minutes).c_str());
    return out.data();
}

} // namespace

std::string format_internal_date(date when) { return format("%2u-%.3s-%04d %02d:%02d:%02d %s", when); }

std::string format_mail_date(date when) {
    const auto day = chrono::weekday(face(when).day);
    return std::string(weekdays[day.c_encoding()]) + ", " + format("%u %.3s %04d %02d:%02d:%02d %s", when);
}

std::optional<date> parse_internal_date(std::string_view text) {
    if (text.size() != 26) {
        return std::nullopt;
    }
    const bool one_digit = text.front() == ' ';
    digits in(text.substr(one_digit ? 1 : 0));
    const auto day = read_day(in, in.number(one_digit ? 1 : 2));
    in.expect(' ');
    const int hours = in.number(2);
    in.expect(':');
    const int minutes = in.number(2);
    in.expect(':');
    const int seconds = in.number(2);
    in.expect(' ');
    const bool west = in.front() == '-';
    in.expect(west ? '-' : '+');
    const int zone_hours = in.number(2), zone_minutes = in.number(2);
    if (!in.finished() || !day.ok() || hours > 23 || minutes > 59 || seconds > 60 || zone_minutes > 59) {
        return std::nullopt;
    }
    const int offset = (west ? -1 : 1) * (zone_hours * 60 + zone_minutes);
    const auto local =
        chrono::sys_days(day) + chrono::hours(hours) + chrono::minutes(minutes) + chrono::seconds(seconds);
    return date{(local - chrono::minutes(offset)).time_since_epoch() / chrono::seconds(1), offset};
}

std::optional<date> parse_mail_date(std::string_view text) { return field_reader::get().read_date(unfold(text)); }

std::optional<std::int64_t> parse_day(std::string_view text) {
    digits in(text);
    const auto day = read_day(in, in.number(text.size() > 1 && text[1] == '-' ? 1 : 2));
    if (!in.finished() || !day.ok()) {
        return std::nullopt;
    }
    return chrono::sys_days(day).time_since_epoch().count();
}

std::int64_t shown_day(date when) { return face(when).day.time_since_epoch().count(); }

} // namespace mailspec::wire::mail
