#include "harness/rfc/catalogue.hpp"

#include <algorithm>

namespace mailspec::rfc {

std::string_view to_string(level l) {
    switch (l) {
    case level::must: return "MUST";
    case level::must_not: return "MUST NOT";
    case level::should: return "SHOULD";
    case level::should_not: return "SHOULD NOT";
    case level::may: return "MAY";
    }
    return "";
}

const requirement* find(std::string_view id) {
    auto all = catalogue();
    auto it = std::ranges::lower_bound(all, id, {}, &requirement::id);
    return it != all.end() && it->id == id ? &*it : nullptr;
}

} // namespace mailspec::rfc
