#pragma once

#include "harness/rfc/requirement.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve {

/// The deliberate breaches that the built-in server commits: a set of requirements (design.md section 6).
class mischief {
public:
    mischief() = default;

    /// Takes requirement ids; those without a mischief are kept out, ask refused() about them first.
    explicit mischief(const std::set<std::string, std::less<>>& ids);

    /// True when the server has to break that requirement on purpose. Cheap when there is no mischief at all.
    bool breaks(const rfc::requirement& r) const { return any_ && holds(r); }

    bool any() const { return any_; }

    /// The first of the ids that no server here can break; empty: all can be broken.
    static std::string_view refused(const std::set<std::string, std::less<>>& ids);

    /// Every requirement that some server here can break, ascending by id.
    static const std::vector<const rfc::requirement*>& known();

    /// The mischief that breaks nothing.
    static const mischief& none();

private:
    bool holds(const rfc::requirement& r) const;

    bool any_ = false;
    std::vector<bool> broken_; ///< by the requirement's place in the catalogue
};

/// What the IMAP session can break beyond its altered answers (imap/mischief_table.cpp).
std::span<const rfc::requirement* const> imap_mischief();

/// What the POP3, SMTP and other sessions can break beyond their altered answers (other_mischief.cpp).
std::span<const rfc::requirement* const> other_mischief();

} // namespace mailspec::serve
