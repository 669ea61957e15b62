#include "harness/wire/buffer.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <new>
#include <utility>

namespace mailspec::wire {

namespace {

constexpr std::size_t smallest = 512;
constexpr std::size_t kept_when_empty = 4096;

} // namespace

buffer::buffer(buffer&& other) noexcept { *this = std::move(other); }

buffer& buffer::operator=(buffer&& other) noexcept {
    memory_ = std::move(other.memory_);
    capacity_ = std::exchange(other.capacity_, 0);
    start_ = std::exchange(other.start_, 0);
    size_ = std::exchange(other.size_, 0);
    begin_ = std::exchange(other.begin_, 0);
    return *this;
}

std::span<char> buffer::prepare(std::size_t least) {
    if (capacity_ - start_ - size_ < least) {
        grow(least);
    }
    return {memory_.get() + start_ + size_, capacity_ - start_ - size_};
}

void buffer::grow(std::size_t least) {
    const bool moving_pays = start_ >= size_;
    if (start_ > 0) {
        std::memmove(memory_.get(), memory_.get() + start_, size_);
        start_ = 0;
    }
    const bool fits = capacity_ - size_ >= least;
    if (fits && moving_pays) {
        return;
    }
    const std::size_t wanted = std::max(smallest, fits ? 2 * capacity_ : std::bit_ceil(size_ + least));
    void* bigger = std::realloc(memory_.get(), wanted);
    if (!bigger) {
        throw std::bad_alloc();
    }
    (void)memory_.release();
    memory_.reset(static_cast<char*>(bigger));
    capacity_ = wanted;
}

void buffer::commit(std::size_t n) {
    assert(n <= capacity_ - start_ - size_);
    size_ += n;
}

std::string_view buffer::from(std::uint64_t at) const {
    assert(at >= begin_ && at <= end());
    return std::string_view(memory_.get() + start_, size_).substr(at - begin_);
}

std::string_view buffer::bytes(frame f) const { return from(f.at).substr(0, f.size); }

void buffer::release(std::uint64_t upto) {
    const std::size_t n = std::min<std::uint64_t>(upto <= begin_ ? 0 : upto - begin_, size_);
    begin_ += n;
    start_ += n;
    size_ -= n;
    if (size_ > 0) {
        return;
    }
    start_ = 0;
    if (capacity_ > kept_when_empty) {
        memory_.reset();
        capacity_ = 0;
    }
}

} // namespace mailspec::wire
