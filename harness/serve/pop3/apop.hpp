#pragma once

#include <string>
#include <string_view>

namespace mailspec::serve::pop3 {

/// The digest that APOP wants: MD5 of the greeting's timestamp and the password, 32 small hexadecimal digits.
/// Source: RFC 1939 section 7, RFC 1321.
std::string apop_digest(std::string_view timestamp, std::string_view password);

} // namespace mailspec::serve::pop3
