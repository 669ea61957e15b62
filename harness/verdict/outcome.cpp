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

std::optional<outcome> outcome_called(std::string_view name) {
    for (const auto each : {outcome::conforms, outcome::unsupported, outcome::deviates, outcome::inconclusive,
                            outcome::violates, outcome::broken})
        if (name == to_string(each))
            return each;
    return std::nullopt;
}

} // namespace mailspec::verdict
