#include "harness/serve/delivery.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

namespace mailspec::serve {

namespace {

std::string two_digits(long long n) { return (n < 10 ? "0" : "") + std::to_string(n); }

} // namespace

std::string date_time(std::chrono::sys_seconds when) {
    using namespace std::chrono;
    static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto day = floor<std::chrono::days>(when);
    year_month_day date{day};
    hh_mm_ss time{when - day};
    return std::string(days[weekday{day}.c_encoding()]) + ", " + std::to_string(unsigned{date.day()}) + ' ' +
           months[unsigned{date.month()} - 1] + ' ' + std::to_string(int{date.year()}) + ' ' +
           two_digits(time.hours().count()) + ':' + two_digits(time.minutes().count()) + ':' +
           two_digits(time.seconds().count()) + " +0000";
}

std::string trace_lines(const trace& t) {
    auto lines = "Return-Path: " + t.reverse_path + "\r\nReceived: from " + t.client + " (" + t.peer + ")\r\n\tby " +
                 std::string(store::domain) + " with " + t.protocol + " id " + t.id;
    if (!t.only_recipient.empty())
        lines += "\r\n\tfor " + t.only_recipient;
    return lines + ";\r\n\t" + date_time(t.received) + "\r\n";
}

void deliver(std::span<account* const> to, const trace& t, std::string_view octets) {
    auto mail = std::make_shared<const std::string>(trace_lines(t).append(octets));
    std::set<account*> served;
    for (auto* a : to) {
        if (!served.insert(a).second)
            continue;
        stored_message m;
        m.octets = mail;
        m.internal_date = t.received;
        a->inbox().add(std::move(m), nullptr);
    }
}

} // namespace mailspec::serve
