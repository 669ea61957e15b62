#include "harness/rfc/catalogue.hpp"
#include "harness/serve/mischief.hpp"

namespace mailspec::serve {

std::span<const rfc::requirement* const> imap_mischief() {
    static const rfc::requirement* const list[] = {&rfc::req::imap_fetch_rfc822_sets_seen};
    return list;
}

} // namespace mailspec::serve
