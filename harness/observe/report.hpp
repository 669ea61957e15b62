#pragma once

#include "harness/rfc/finding.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mailspec::observe {

/// What a monitor has said of its connection already, so that it says it again in the same words.
class said {
public:
    /// The detail that was given with that requirement first; now, if never before.
    const std::string& first(const rfc::requirement& broken, std::string detail) {
        const auto known = std::find_if(all_.begin(), all_.end(), [&](const one& o) { return o.broken == &broken; });
        if (known != all_.end())
            return known->detail;
        return all_.emplace_back(one{&broken, std::move(detail)}).detail;
    }

private:
    struct one {
        const rfc::requirement* broken;
        std::string detail;
    };
    std::vector<one> all_;
};

/// Writes what a monitor finds in one reply: each requirement once, however often the reply breaks it. What later
/// replies break again is said in the first one's words: one cause, which is counted.
class report {
public:
    /// Takes where the reply begins, from the first octet of the connection.
    report(std::uint64_t at, std::vector<rfc::finding>& into, said& before)
        : at_(at), into_(&into), before_(into.size()), said_(&before) {}

    void operator()(const rfc::requirement& broken, std::string detail) const {
        const auto first = into_->begin() + static_cast<std::ptrdiff_t>(before_);
        if (std::none_of(first, into_->end(), [&](const rfc::finding& f) { return f.broken == &broken; }))
            into_->push_back({&broken, at_, said_->first(broken, std::move(detail))});
    }

private:
    std::uint64_t at_;
    std::vector<rfc::finding>* into_;
    std::size_t before_;
    said* said_;
};

} // namespace mailspec::observe
