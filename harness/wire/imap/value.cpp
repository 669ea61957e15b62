#include "harness/wire/imap/value.hpp"

#include "harness/wire/imap/octets.hpp"

namespace mailspec::wire::imap {

namespace {

/// Calls `take` with each octet that a quoted string means, until it says false.
template <class Take> bool each_octet(std::string_view quoted, Take take) {
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (quoted[i] == '\\' && i + 1 < quoted.size()) {
            ++i;
        }
        if (!take(quoted[i])) {
            return false;
        }
    }
    return true;
}

template <class Fold> bool same_octets(std::string_view quoted, std::string_view octets, Fold fold) {
    std::size_t i = 0;
    const auto take = [&](char c) { return i < octets.size() && fold(c) == fold(octets[i++]); };
    return each_octet(quoted, take) && i == octets.size();
}

} // namespace

std::string tree::text(const node& n) const {
    if (!n.escaped) {
        return std::string(raw(n));
    }
    std::string out;
    out.reserve(n.size);
    each_octet(raw(n), [&](char c) {
        out.push_back(c);
        return true;
    });
    return out;
}

bool tree::equals(const node& n, std::string_view octets) const {
    return n.escaped ? same_octets(raw(n), octets, [](char c) { return c; }) : raw(n) == octets;
}

bool tree::equals_ci(const node& n, std::string_view octets) const {
    return n.escaped ? same_octets(raw(n), octets, upper) : same_ci(raw(n), octets);
}

bool tree::is_nil(const node& n) const { return n.kind == value_kind::atom && same_ci(raw(n), "NIL"); }

} // namespace mailspec::wire::imap
