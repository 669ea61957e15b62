#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace mailspec::match {

/// What a `${name:kind}` demands of the value it meets.
enum class kind {
    any, ///< no kind given
    number,
    nz_number,
    atom,
    string, ///< quoted or literal
    nstring,
    list,
    flag,
    date_time,
    base64,
    mailbox,
    octets,
    text,
    nil
};

/// The kind of that name ("nz-number"), or nothing.
std::optional<kind> kind_named(std::string_view name);
std::string_view to_string(kind k);
/// Every name a kind can have, for "did you mean".
std::span<const std::string_view> kind_names();

/// Can those octets, wherever they stand, be of that kind? What form they came in is the caller's to check.
bool octets_are(kind k, std::string_view octets);

} // namespace mailspec::match
