#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string_view>

namespace mailspec::wire {

/// A piece of the octets that a server sent: what a frame reader found to be one whole.
///
/// Offsets count from the first octet of the connection, so they outlive any growth of the buffer.
struct frame {
    std::uint64_t at = 0;
    std::size_t size = 0;
};

/// The octets received on one connection and not yet let go.
///
/// A whole answer stays here until it is judged, so that no literal is ever copied. Memory grows by doubling
/// with what really arrived, never with what was announced, and shrinks again when it is empty.
class buffer {
public:
    buffer() = default;
    buffer(buffer&& other) noexcept;
    buffer& operator=(buffer&& other) noexcept;

    /// Room for at least that many octets; write there, then commit().
    /// Life: until the next call of a non-const member.
    std::span<char> prepare(std::size_t least);
    /// Takes at most what the last prepare() gave.
    void commit(std::size_t n);

    /// Offset of the first octet kept, and of the first not yet received.
    std::uint64_t begin() const { return begin_; }
    std::uint64_t end() const { return begin_ + size_; }

    /// Takes an offset in [begin(), end()]. Life: until the next prepare() or release().
    std::string_view from(std::uint64_t at) const;
    std::string_view bytes(frame f) const;

    /// Forgets the octets before that offset; past the end, all of them.
    void release(std::uint64_t upto);

private:
    struct freed {
        void operator()(char* p) const { std::free(p); }
    };

    void grow(std::size_t least);

    std::unique_ptr<char, freed> memory_;
    std::size_t capacity_ = 0;
    std::size_t start_ = 0; ///< index in memory_ of the octet at begin_
    std::size_t size_ = 0;
    std::uint64_t begin_ = 0;
};

/// How much a server may send before reading it on would not be safe, in octets.
struct limits {
    std::size_t line = 4u << 20;      ///< text between two line ends
    std::size_t response = 16u << 20; ///< one response, reply or multi-line answer, literals included
};

/// Why a frame reader cannot go on.
enum class fault { none, line_too_long, response_too_long };

/// What a frame reader says when asked for the next frame.
struct reading {
    enum class kind { need_more, ready, fault } what = kind::need_more;
    frame got;                   ///< when ready
    fault why = fault::none;     ///< when fault
    std::uint64_t announced = 0; ///< octets of the literal that broke the limit; 0: none did
};

} // namespace mailspec::wire
