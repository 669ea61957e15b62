#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::wire::mail {

/// A message or body part cut in two. Life: views of the octets given.
struct halves {
    std::string_view header; ///< with the blank line that ends it, where there is one
    std::string_view body;
};

/// Cuts at the first empty line; without one, all is header. Source: RFC 5322 section 2.1.
halves split(std::string_view message);

/// One header field as it stands.
struct field {
    std::string_view name;   ///< without white space before the colon
    std::string_view value;  ///< after the colon, folds included, last line end not
    std::string_view octets; ///< the whole field, line ends included
};

/// The fields of a header, in order; lines that are no fields are left out. Life: views of the header.
std::vector<field> fields(std::string_view header);

/// The value of the first field of that name (ASCII case ignored), as it stands.
std::optional<std::string_view> find_field(std::string_view header, std::string_view name);

/// A value in one line: line ends and NUL taken out, white space around it too. Source: RFC 5322 section 2.2.3.
std::string unfold(std::string_view value);

/// ASCII letters are compared without case.
bool same_name(std::string_view a, std::string_view b);

} // namespace mailspec::wire::mail
