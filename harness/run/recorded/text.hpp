#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailspec::run::recorded {

/// A line of a text that somebody says.
struct said {
    std::size_t indented = 0;  ///< blanks and quotation marks in front
    std::string_view session;  ///< the word before C: or S:, if any
    char who = '-';            ///< 'C', 'S', or '-' for a remark
    std::string_view behind{}; ///< everything behind the colon, blanks as well
};

/// Reads "  imap C: a1 NOOP", "> S: * OK", "C & S: <negotiate>", "-- TLS: ..."; nothing for any other line.
std::optional<said> read_said(std::string_view text);

/// Octets as mailspec's reports show them, \r \n \t \0 \xHH \u{HHHH} and doubled backslashes undone.
std::string unescaped(std::string_view text);

/// Does a text of people hold such escapes, so that it is perhaps copied from a report?
bool seems_escaped(std::string_view text);

/// Does it stand for something that is not written down: "...", "<sends the message>"?
bool is_placeholder(std::string_view text);

/// Has a word processor put its own quotation marks, ellipsis or blank in place of what was said?
bool seems_typeset(std::string_view text);

/// XML's entities undone.
std::string without_entities(std::string_view text);

std::string_view trimmed(std::string_view text);

} // namespace mailspec::run::recorded
