#pragma once

#include <cstddef>
#include <new>

namespace mailspec::net {

/// Memory for the operations of one socket that wait, one after the other: none of them allocates. Asio itself keeps
/// but two such pieces for all sockets.
class handler_room {
public:
    void* take(std::size_t size) {
        if (used_ || size > sizeof room_)
            return ::operator new(size);
        used_ = true;
        return room_;
    }
    void give_back(void* piece) noexcept {
        if (piece == room_)
            used_ = false;
        else
            ::operator delete(piece);
    }

private:
    alignas(std::max_align_t) std::byte room_[160];
    bool used_ = false;
};

/// Lets a handler be kept in such a room. Life: the room outlives what is kept in it.
template <typename T> class handler_allocator {
public:
    using value_type = T;

    explicit handler_allocator(handler_room& room) noexcept : room_(&room) {}
    template <typename U> handler_allocator(const handler_allocator<U>& other) noexcept : room_(other.room_) {}

    T* allocate(std::size_t count) { return static_cast<T*>(room_->take(sizeof(T) * count)); }
    void deallocate(T* piece, std::size_t) noexcept { room_->give_back(piece); }
    template <typename U> bool operator==(const handler_allocator<U>& other) const noexcept {
        return room_ == other.room_;
    }

private:
    template <typename U> friend class handler_allocator;
    handler_room* room_;
};

} // namespace mailspec::net
