#pragma once

#include "harness/run/difference.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// Holds the messages that are new in a place against those declared to come there: copies must be like what they were
/// made of, mail as it was sent; of a place that was not there before, others may be in it.
void compare_arrivals(const comparison& c, const snapshot::place& was, const snapshot::place& is,
                      std::vector<const snapshot::message*> fresh, std::vector<undeclared>& out);

/// What a mail that came differs in from that sent: its own header fields in their order, and the body; trace and other
/// fields may have been added. Empty: in nothing.
std::string differs_from_sent(std::string_view came, std::string_view sent);

} // namespace mailspec::run
