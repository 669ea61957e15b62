#include "harness/serve/mischief.hpp"

namespace mailspec::serve {

std::span<const rfc::requirement* const> other_mischief() { return {}; }

} // namespace mailspec::serve
