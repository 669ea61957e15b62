#include "harness/observe/numbering.hpp"

namespace mailspec::observe {

std::uint32_t numbering::now(std::uint32_t number) const {
    for (const auto gone : expunged_) {
        if (gone == number)
            return 0;
        if (gone < number)
            --number;
    }
    return number;
}

} // namespace mailspec::observe
