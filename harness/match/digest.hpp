#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailspec::match {

/// The base64 line that answers a CRAM-MD5 challenge, itself in base64. Source: RFC 2195 section 2.
std::optional<std::string> cram_md5_answer(std::string_view user, std::string_view password,
                                           std::string_view challenge);

/// The digest for the timestamp `<...>` found in the greeting. Source: RFC 1939 section 7.
std::optional<std::string> apop_digest(std::string_view password, std::string_view greeting);

/// "user digest", what follows APOP.
std::optional<std::string> apop_answer(std::string_view user, std::string_view password, std::string_view greeting);

} // namespace mailspec::match
