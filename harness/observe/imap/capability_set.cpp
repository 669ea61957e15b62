#include "harness/observe/imap/capability_set.hpp"

#include "harness/wire/imap/octets.hpp"

namespace mailspec::observe::imap {
namespace {

using one = capability_set::one;

struct named {
    std::string_view name;
    one what;
};

constexpr named names[] = {
    {"STARTTLS", one::starttls},
    {"LOGINDISABLED", one::logindisabled},
    {"LITERAL+", one::literal_plus},
    {"LITERAL-", one::literal_minus},
    {"IMAP4rev1", one::imap4rev1},
    {"IMAP4rev2", one::imap4rev2},
    {"NAMESPACE", one::namespace_},
    {"UNSELECT", one::unselect},
    {"IDLE", one::idle},
    {"ID", one::id},
    {"ENABLE", one::enable},
    {"MOVE", one::move},
    {"UIDPLUS", one::uidplus},
    {"ESEARCH", one::esearch},
};

} // namespace

void capability_set::add(std::string_view name) {
    for (const auto& each : names)
        if (wire::imap::same_ci(each.name, name))
            bits_ |= bit(each.what);
}

std::uint64_t capability_set::most_literal() const {
    if (has(one::literal_plus))
        return ~std::uint64_t{0};
    return has(one::literal_minus) || has(one::imap4rev2) ? 4096 : 0;
}

} // namespace mailspec::observe::imap
