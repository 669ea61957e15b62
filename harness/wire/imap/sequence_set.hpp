#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailspec::wire::imap {

/// What "*" in a sequence set stands for until the mailbox is known.
inline constexpr std::uint32_t star = 0;

/// One number (first == last) or range of a sequence set, in the order in which it came: 7:3 is {7, 3}.
struct sequence_range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    bool operator==(const sequence_range&) const = default;
};

/// Walks a sequence set without storing it.
///
/// Source   RFC 9051 section 9 (sequence-set, uid-set), RFC 3501 likewise.
/// Takes    the octets of the set: "1,3:5,9:*".
/// Life     of the octets given.
class sequence_set_reader {
public:
    explicit sequence_set_reader(std::string_view set) : rest_(set), more_(!set.empty()), good_(!set.empty()) {}

    /// The next number or range; nothing at the end or where the set is not well-formed.
    std::optional<sequence_range> next();
    /// False once something was found that the grammar does not allow.
    bool good() const { return good_; }

private:
    std::optional<std::uint32_t> number();

    std::string_view rest_;
    bool more_ = false;
    bool good_ = true;
};

/// True for a set of numbers and ranges; "*" and "$" are none of them.
bool is_uid_set(std::string_view set);
/// True for a set that may hold "*".
bool is_sequence_set(std::string_view set);

/// How many numbers a set without "*" holds, counting twice what stands twice; nothing when it is not well-formed.
std::optional<std::uint64_t> count_of_sequence_set(std::string_view set);

} // namespace mailspec::wire::imap
