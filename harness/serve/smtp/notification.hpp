#pragma once

#include "harness/serve/delivery.hpp"

#include <string>
#include <string_view>

namespace mailspec::serve::smtp {

/// Whether the server takes recipients whom it does not know, to tell of it by mail: only in order to do that wrongly.
bool takes_nobody(const mischief& breaches);

/// The address that a mischievous server sends the notification to, without brackets. Takes the mail and its
/// reverse-path. Empty: to nobody.
std::string_view notified(std::string_view mail, std::string_view reverse_path, const mischief& breaches);

/// The mail that tells of it, and its trace. Takes those of the mail that failed, and the recipient.
/// Source: RFC 5321 sections 3.6.3, 6.1; RFC 3464 section 2.
trace trace_of_notification(const trace& failed, const mischief& breaches);
std::string notification(std::string_view to, std::string_view recipient, const mischief& breaches);

} // namespace mailspec::serve::smtp
