#pragma once

#include "harness/wire/mail/field_reader.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace mailspec::wire::mail {

/// One part of a message as MIME cuts it. Source: RFC 2045, 2046. Life: views of the message's octets.
struct part {
    std::string_view header; ///< with the blank line that ends it
    std::string_view body;   ///< without the line end that belongs to the next boundary
    media type;              ///< never empty: defaults are filled in
    enum class form : std::uint8_t {
        leaf,
        multipart, ///< children are its parts; there is at least one
        message    ///< message/rfc822 or message/global: the only child is the message in its body
    } what = form::leaf;
    std::vector<part> children;
};

/// Beyond these a part is a leaf of application/octet-stream: what bounds the work on hostile messages.
struct structure_limits {
    std::size_t depth = 50;
    std::size_t parts = 10000; ///< in the whole message
};

/// Cuts a message into its parts; never fails, for anything is at least one part.
part read_structure(std::string_view message, structure_limits most = {});

/// The part with that number ("1.2"), by the rules of RFC 9051 section 6.4.5.1, or null. Takes the whole message's
/// part and the numbers in order, none of them meaning the message itself.
const part* find_part(const part& message, const std::vector<std::size_t>& numbers);

/// Transfer encoding of a part; identity where none is named.
encoding transfer_encoding(const part& p);

} // namespace mailspec::wire::mail
