#include "harness/serve/imap/writer.hpp"

#include "harness/serve/imap/arguments.hpp"
#include "harness/wire/mail/dates.hpp"

#include <algorithm>
#include <charconv>

namespace mailspec::serve::imap {

namespace {

constexpr std::size_t longest_quoted = 1000;

bool is_quotable(std::string_view octets) {
    return octets.size() <= longest_quoted && std::ranges::all_of(octets, [](char c) {
               return c != '\r' && c != '\n' && c != '\0' && static_cast<unsigned char>(c) < 0x80;
           });
}

} // namespace

void put_number(std::string& out, std::uint64_t n) {
    char digits[20];
    auto end = std::to_chars(digits, digits + sizeof digits, n).ptr;
    out.append(digits, end);
}

void put_literal(std::string& out, std::string_view octets) {
    out += '{';
    put_number(out, octets.size());
    out += "}\r\n";
    out += octets;
}

void put_string(std::string& out, std::string_view octets) {
    if (!is_quotable(octets))
        return put_literal(out, octets);
    out += '"';
    for (char c : octets) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    out += '"';
}

void put_astring(std::string& out, std::string_view octets) {
    if (!octets.empty() && octets.size() <= longest_quoted && std::ranges::all_of(octets, is_atom_char) &&
        !same(octets, "NIL"))
        out += octets;
    else
        put_string(out, octets);
}

void put_flags(std::string& out, const std::set<std::string, std::less<>>& flags, recent r) {
    out += '(';
    for (const auto& f : flags) {
        out += f;
        out += ' ';
    }
    if (r == recent::yes)
        out += "\\Recent ";
    if (out.back() == ' ')
        out.back() = ')';
    else
        out += ')';
}

void put_date_time(std::string& out, std::chrono::sys_seconds when, int zone_minutes) {
    out += '"';
    out += wire::mail::format_internal_date({when.time_since_epoch().count(), zone_minutes});
    out += '"';
}

void put_set(std::string& out, std::span<const std::uint32_t> ascending) {
    for (std::size_t i = 0; i < ascending.size();) {
        std::size_t j = i + 1;
        while (j < ascending.size() && ascending[j] == ascending[j - 1] + 1)
            ++j;
        if (i > 0)
            out += ',';
        put_number(out, ascending[i]);
        if (j - i > 1) {
            out += ':';
            put_number(out, ascending[j - 1]);
        }
        i = j;
    }
}

} // namespace mailspec::serve::imap
