#pragma once

#include "harness/rfc/finding.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mailspec::observe::imap {

/// Takes down what is wrong with the response in hand.
class report {
public:
    report(std::uint64_t at, std::vector<rfc::finding>& out) : at_(at), out_(out) {}
    void operator()(const rfc::requirement& broken, std::string detail) {
        out_.push_back({&broken, at_, std::move(detail)});
    }

private:
    std::uint64_t at_;
    std::vector<rfc::finding>& out_;
};

} // namespace mailspec::observe::imap
