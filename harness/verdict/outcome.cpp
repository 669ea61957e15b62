#include "harness/verdict/outcome.hpp"

namespace mailspec::verdict {

std::string_view to_string(outcome o) {
    switch (o) {
    case outcome::conforms: return "conforms";
    case outcome::unsupported: return "unsupported";
    case outcome::deviates: return "deviates";
    case outcome::inconclusive: return "inconclusive";
    case outcome::violates: return "violates";
    case outcome::broken: return "broken";
    }
    return "";
}

} // namespace mailspec::verdict
