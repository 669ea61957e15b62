#pragma once

#include "harness/wire/mail/field_reader.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mailspec::wire::mail {

/// "17-Jul-1996 02:44:25 -0700", the day with a space before one digit, quotes not included.
/// Source: RFC 9051 section 9, date-time.
std::string format_internal_date(date when);

/// Takes exactly that form (month in any case); nothing for another, or for a day that does not exist.
std::optional<date> parse_internal_date(std::string_view text);

/// "Wed, 17 Jul 1996 02:44:25 -0700". Source: RFC 5322 section 3.3, date-time.
std::string format_mail_date(date when);

/// Takes a Date field's value, also in the obsolete forms.
std::optional<date> parse_mail_date(std::string_view text);

/// A day as SEARCH writes it ("1-Feb-1994", one or two digits) in days since 1970-01-01. Source: RFC 9051, date.
std::optional<std::int64_t> parse_day(std::string_view text);

/// The day that a date shows, its zone disregarded, in days since 1970-01-01: what SEARCH SINCE and SENTSINCE compare.
std::int64_t shown_day(date when);

} // namespace mailspec::wire::mail
