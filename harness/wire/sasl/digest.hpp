#pragma once

#include <string>
#include <string_view>

namespace mailspec::wire::sasl {

/// What a CRAM-MD5 client answers: "user hexdigits". Source: RFC 2195 section 2.
/// Takes user and password in UTF-8 and the raw challenge. Gives "" where SASLprep forbids user or password.
std::string cram_md5(std::string_view user, std::string_view password, std::string_view challenge);

} // namespace mailspec::wire::sasl
