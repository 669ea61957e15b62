#include "reports/markdown.hpp"

namespace mailspec::reports {

std::string markdown_text(std::string_view text) {
    constexpr std::string_view special = "\\`*_[]|<>~&@";
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool links = text.substr(at).starts_with("://") || (at >= 3 && text.substr(at - 3, 4) == "www.");
        if (links || special.find(text[at]) != std::string_view::npos)
            out += '\\';
        out += text[at];
    }
    return out;
}

} // namespace mailspec::reports
