#pragma once

#include "harness/serve/imap/arguments.hpp"
#include "harness/serve/imap/conversation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve::imap {

/// Reads "(MESSAGES UNSEEN)": the items of STATUS, in capitals, each once, in the order asked for.
std::vector<std::string> read_status_items(arguments& args);

/// Appends the STATUS response, under the name that was asked for.
void put_status(conversation& c, const mailbox& box, std::string_view name, const std::vector<std::string>& items);

} // namespace mailspec::serve::imap
