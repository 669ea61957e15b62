#pragma once

#include "harness/serve/store.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// Appends an atom if it may be one, else a quoted string, else a literal. Takes a mailbox name or the like.
void put_astring(std::string& out, std::string_view octets);

/// Appends a quoted string, or a literal where a quoted string may not hold the octets.
void put_string(std::string& out, std::string_view octets);

/// Appends "{size}", line end and octets.
void put_literal(std::string& out, std::string_view octets);

void put_number(std::string& out, std::uint64_t n);

/// Appends "(\Seen \Recent)".
enum class recent : bool { no, yes };
void put_flags(std::string& out, const std::set<std::string, std::less<>>& flags, recent r);

/// Appends the date-time in quotes: "17-Jul-1996 02:44:25 -0700".
void put_date_time(std::string& out, std::chrono::sys_seconds when, int zone_minutes);

/// Appends "1:3,5" for ascending numbers.
void put_set(std::string& out, std::span<const std::uint32_t> ascending);

} // namespace mailspec::serve::imap
