#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailspec::reports {

/// Gives octets of a server as text that a terminal, a log and an XML 1.0 file can hold on one line.
///
/// Takes    any octets.
/// Gives    valid UTF-8 without control characters. CR, LF, TAB and NUL become \r \n \t \0, octets that are no
///          UTF-8 and other controls \xHH, characters that are invisible or turn the writing direction \u{HHHH}.
///          A backslash that would read as one of these is doubled; `\Seen` stays as it is.
std::string printable(std::string_view octets);

/// The same for our own words, in which octets of a server are escaped already: backslashes stay as they are.
std::string our_words(std::string_view text);

/// printable(), cut after `limit` octets of input with a note of how many more there were.
std::string printable(std::string_view octets, std::size_t limit);

/// Gives what a server sent in one line without the CRLF that ends it, where there is one.
std::string_view without_line_end(std::string_view octets);

/// Gives text that is printable line by line for an XML file: markup is escaped, line breaks stay. A control
/// character that got in all the same is escaped too, so that the file is always well-formed.
std::string xml_text(std::string_view text);

/// The same for a double-quoted attribute value: line breaks become &#10;.
std::string xml_attribute(std::string_view text);

} // namespace mailspec::reports
