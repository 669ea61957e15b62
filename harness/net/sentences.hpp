#pragma once

#include "harness/net/stream.hpp"

#include <boost/system/error_code.hpp>

#include <string>
#include <string_view>

namespace mailspec::net {

/// "mail.example:143", "[::1]:143".
std::string display_name(std::string_view host, std::uint16_t port);

/// "5 s", "250 ms", "1.5 s".
std::string display_time(clock::duration d);

/// What a failed read, write or connect came to, in the words of an operation on `peer`; the octets are left 0.
/// A cancelled operation is explained by who cancelled it, not by this.
result explain(boost::system::error_code failed, std::string_view peer);

/// An operation that was cancelled: by the deadline it was given, or by us.
result explain_end(trouble why, std::string_view peer, clock::duration waited);

} // namespace mailspec::net
