#include "harness/verdict/standing.hpp"

namespace mailspec::verdict {

std::string_view to_string(standing s) {
    switch (s) {
    case standing::as_before: return "as before";
    case standing::known: return "known";
    case standing::better: return "better";
    case standing::fresh: return "new";
    case standing::lost: return "lost";
    }
    return "";
}

} // namespace mailspec::verdict
