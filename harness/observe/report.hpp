#pragma once

#include "harness/rfc/finding.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mailspec::observe {

/// Writes what a monitor finds in one reply: each requirement once, however often the reply breaks it.
class report {
public:
    /// Takes where the reply begins, from the first octet of the connection.
    report(std::uint64_t at, std::vector<rfc::finding>& into) : at_(at), into_(&into), before_(into.size()) {}

    void operator()(const rfc::requirement& broken, std::string detail) const {
        const auto first = into_->begin() + static_cast<std::ptrdiff_t>(before_);
        if (std::none_of(first, into_->end(), [&](const rfc::finding& f) { return f.broken == &broken; }))
            into_->push_back({&broken, at_, std::move(detail)});
    }

private:
    std::uint64_t at_;
    std::vector<rfc::finding>* into_;
    std::size_t before_;
};

} // namespace mailspec::observe
