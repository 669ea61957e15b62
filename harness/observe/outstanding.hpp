#pragma once

#include <cstddef>
#include <vector>

namespace mailspec::observe {

/// The commands that were sent and not yet answered, in order. Allocates no more once it has been as long as it gets.
template <typename Command> class outstanding {
public:
    bool empty() const { return first_ == all_.size(); }
    void push(Command c) {
        if (first_ > 0 && (empty() || first_ > all_.size() / 2)) {
            all_.erase(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(first_));
            first_ = 0;
        }
        all_.push_back(c);
    }
    /// The longest outstanding one; there must be one.
    Command& front() { return all_[first_]; }
    void pop() { ++first_; }

    auto begin() const { return all_.begin() + static_cast<std::ptrdiff_t>(first_); }
    auto end() const { return all_.end(); }

private:
    std::vector<Command> all_;
    std::size_t first_ = 0;
};

} // namespace mailspec::observe
