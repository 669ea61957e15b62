#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailspec::wire::sasl {

/// What a client of XOAUTH2 or OAUTHBEARER presents.
struct bearer {
    std::string user; ///< OAUTHBEARER: the authorization identity; may be empty
    std::string token;
    std::string host;       ///< OAUTHBEARER only
    std::uint16_t port = 0; ///< OAUTHBEARER only; 0: not said
};

/// "n,a=user,^Ahost=...^Aport=...^Aauth=Bearer token^A^A". Source: RFC 7628 section 3.1, gs2-header RFC 5801.
std::string write_oauthbearer(const bearer& b);
std::optional<bearer> read_oauthbearer(std::string_view octets);

/// "user=...^Aauth=Bearer token^A^A", the form that Google and Microsoft publish.
std::string write_xoauth2(const bearer& b);
std::optional<bearer> read_xoauth2(std::string_view octets);

} // namespace mailspec::wire::sasl
