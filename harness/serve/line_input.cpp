#include "harness/serve/line_input.hpp"

#include <algorithm>

namespace mailspec::serve {

namespace {

constexpr std::string_view line_end = "\r\n";

} // namespace

void line_input::add(std::string_view octets) {
    if (taken_ > held_.size() / 2)
        forget_taken();
    held_.append(octets);
}

void line_input::clear() {
    held_.clear();
    taken_ = scanned_ = line_at_ = line_size_ = 0;
    passing_over_ = false;
}

void line_input::forget_taken() {
    held_.erase(0, taken_);
    scanned_ = scanned_ > taken_ ? scanned_ - taken_ : 0;
    taken_ = line_at_ = line_size_ = 0;
}

void line_input::pass_over() {
    passing_over_ = true;
    taken_ = held_.size() - (held_.back() == '\r' ? 1 : 0);
    forget_taken();
}

line_input::found line_input::next() {
    auto end = held_.find(line_end, std::max(taken_, scanned_));
    if (end == held_.npos) {
        scanned_ = std::max(taken_, held_.size() - (held_.empty() ? 0 : 1));
        if (held_.size() - taken_ >= limit_)
            pass_over();
        return found::nothing;
    }
    line_at_ = taken_;
    line_size_ = end - taken_;
    taken_ = scanned_ = end + line_end.size();
    if (passing_over_ || line_size_ + line_end.size() > limit_) {
        passing_over_ = false;
        return found::too_long;
    }
    return line().find_first_of(line_end) == std::string_view::npos ? found::line : found::bare_end;
}

} // namespace mailspec::serve
