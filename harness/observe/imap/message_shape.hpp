#pragma once

#include "harness/wire/imap/value.hpp"

#include <string>
#include <string_view>

namespace mailspec::observe::imap {

// How a message is built of parts, in words that a report can show: "multipart/mixed(text/plain 7bit 12, image/png
// base64 400)". Sizes are octets of the encoded body. Empty: it can't be told, or readers may differ.

/// As BODY or BODYSTRUCTURE tells it. Source: RFC 9051 section 7.5.2.
std::string told_shape(const wire::imap::tree& t, const wire::imap::node& body);

/// As the message itself is built, where each header and boundary of it is plain.
///
/// Loads the module that reads MIME: to be asked only where there is something to compare with.
std::string own_shape(std::string_view message);

} // namespace mailspec::observe::imap
