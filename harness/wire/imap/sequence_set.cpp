#include "harness/wire/imap/sequence_set.hpp"

#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"

#include <algorithm>

namespace mailspec::wire::imap {

std::optional<std::uint32_t> sequence_set_reader::number() {
    if (rest_.starts_with('*')) {
        rest_.remove_prefix(1);
        return star;
    }
    const auto* last = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
    const std::string_view digits(rest_.begin(), last);
    rest_.remove_prefix(digits.size());
    return digits.starts_with('0') ? std::nullopt : number32(digits);
}

std::optional<sequence_range> sequence_set_reader::next() {
    if (!more_ || !good_) {
        return std::nullopt;
    }
    const auto first = number();
    auto last = first;
    if (rest_.starts_with(':')) {
        rest_.remove_prefix(1);
        last = number();
    }
    more_ = rest_.starts_with(',');
    good_ = first && last && (more_ || rest_.empty());
    if (!good_) {
        return std::nullopt;
    }
    rest_.remove_prefix(more_ ? 1 : 0);
    return sequence_range{*first, *last};
}

bool is_uid_set(std::string_view set) {
    sequence_set_reader in(set);
    while (const auto range = in.next()) {
        if (range->first == star || range->last == star) {
            return false;
        }
    }
    return in.good();
}

bool is_sequence_set(std::string_view set) {
    sequence_set_reader in(set);
    while (in.next()) {
    }
    return in.good();
}

std::optional<std::uint64_t> count_of_sequence_set(std::string_view set) {
    std::uint64_t count = 0;
    sequence_set_reader in(set);
    while (const auto range = in.next()) {
        if (range->first == star || range->last == star) {
            return std::nullopt;
        }
        const auto [low, high] = std::minmax(range->first, range->last);
        count += std::uint64_t{high} - low + 1;
    }
    return in.good() ? std::optional(count) : std::nullopt;
}

} // namespace mailspec::wire::imap
