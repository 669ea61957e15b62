#include "harness/run/finding_log.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using wire::is_digit;

/// The next octet that counts: a number, whatever it is, counts as one digit.
char take(std::string_view& text) {
    const char c = text.front();
    text.remove_prefix(1);
    while (is_digit(c) && !text.empty() && is_digit(text.front()))
        text.remove_prefix(1);
    return is_digit(c) ? '0' : c;
}

/// Which message or size it was does not make another finding of it.
bool same_but_for_numbers(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty())
        if (take(a) != take(b))
            return false;
    return a.empty() && b.empty();
}

int weight(const rfc::requirement& broken) {
    switch (broken.strength) {
    case rfc::level::must:
    case rfc::level::must_not: return 2;
    case rfc::level::should:
    case rfc::level::should_not: return 1;
    case rfc::level::may: break;
    }
    return 0;
}

} // namespace

void finding_log::add(std::span<const rfc::finding> found, const place& at) {
    for (const auto& each : found) {
        const auto known = std::find_if(all_.begin(), all_.end(), [&](const entry& e) {
            return e.what.broken == each.broken && e.at.spoken == at.spoken &&
                   same_but_for_numbers(e.what.detail, each.detail);
        });
        if (known != all_.end())
            ++known->times;
        else if (all_.size() < most)
            all_.push_back({each, 1, at});
        else
            add_beyond({each, 1, at});
    }
}

/// A MUST is not lost behind many a SHOULD.
void finding_log::add_beyond(entry one) {
    const auto weaker = std::find_if(all_.rbegin(), all_.rend(),
                                     [&](const entry& e) { return weight(*e.what.broken) < weight(*one.what.broken); });
    if (weaker != all_.rend())
        std::swap(*weaker, one);
    left_out_ += one.times;
}

} // namespace mailspec::run
