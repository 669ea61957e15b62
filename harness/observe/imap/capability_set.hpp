#pragma once

#include <cstdint>
#include <string_view>

namespace mailspec::observe::imap {

/// Of the capabilities announced those that a monitor holds against the server.
class capability_set {
public:
    enum class one : std::uint8_t {
        starttls,
        logindisabled,
        literal_plus,
        literal_minus,
        imap4rev1,
        imap4rev2,
        namespace_,
        unselect,
        idle,
        id,
        enable,
        move,
        uidplus,
        esearch
    };
    void clear() { bits_ = 0; }
    void add(std::string_view name);
    bool has(one c) const { return (bits_ & bit(c)) != 0; }
    /// Octets that a non-synchronising literal may have.
    std::uint64_t most_literal() const;

private:
    static constexpr std::uint32_t bit(one c) { return std::uint32_t{1} << static_cast<unsigned>(c); }
    std::uint32_t bits_ = 0;
};

} // namespace mailspec::observe::imap
