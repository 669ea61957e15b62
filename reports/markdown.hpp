#pragma once

#include <string>
#include <string_view>

namespace mailspec::reports {

/// Text that Markdown takes for text, also in a cell of a table, and never for HTML or a link.
std::string markdown_text(std::string_view text);

} // namespace mailspec::reports
