#include "harness/match/variables.hpp"

#include <algorithm>

namespace mailspec::match {

const std::string* variables::find(std::string_view name) const {
    const auto found = std::find_if(bound_.rbegin(), bound_.rend(), [&](const auto& b) { return b.first == name; });
    return found == bound_.rend() ? nullptr : &found->second;
}

void variables::set(std::string_view name, std::string value) {
    const auto found = std::find_if(bound_.rbegin(), bound_.rend(), [&](const auto& b) { return b.first == name; });
    if (found != bound_.rend())
        found->second = std::move(value);
    else
        bound_.emplace_back(std::string(name), std::move(value));
}

void variables::forget(std::string_view name) {
    const auto found = std::find_if(bound_.rbegin(), bound_.rend(), [&](const auto& b) { return b.first == name; });
    if (found != bound_.rend())
        found->first.clear(); // the places of the others stay, for the sake of marks
    while (!bound_.empty() && bound_.back().first.empty())
        bound_.pop_back();
}

void variables::rollback(std::size_t mark) {
    if (mark < bound_.size())
        bound_.erase(bound_.begin() + static_cast<std::ptrdiff_t>(mark), bound_.end());
}

} // namespace mailspec::match
