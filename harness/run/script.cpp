#include "harness/run/script.hpp"

#include <array>
#include <new>

namespace mailspec::run::detail {
namespace {

constexpr std::size_t step = 16, most_kept_size = 2048, most_kept = 256;

struct spare_frame {
    spare_frame* next;
};

/// Spare frames by size, a few of each.
class shelf {
public:
    shelf() = default;
    shelf(const shelf&) = delete;
    shelf& operator=(const shelf&) = delete;
    ~shelf() {
        for (auto& each : slots_)
            while (each.first)
                ::operator delete(pop(each));
    }

    void* take(std::size_t index) { return slots_[index].first ? pop(slots_[index]) : nullptr; }
    bool keep(void* frame, std::size_t index) noexcept {
        auto& s = slots_[index];
        if (s.count == most_kept)
            return false;
        s.first = ::new (frame) spare_frame{s.first};
        ++s.count;
        return true;
    }

private:
    struct slot {
        spare_frame* first = nullptr;
        std::size_t count = 0;
    };
    static void* pop(slot& s) noexcept {
        auto* frame = s.first;
        s.first = frame->next;
        --s.count;
        return frame;
    }
    std::array<slot, most_kept_size / step + 1> slots_;
};

shelf& spare() {
    thread_local shelf frames;
    return frames;
}

constexpr std::size_t rounded(std::size_t size) { return (size + step - 1) / step * step; }

} // namespace

void* frame_pool::take(std::size_t size) {
    const auto room = rounded(size);
    if (room <= most_kept_size)
        if (void* frame = spare().take(room / step))
            return frame;
    return ::operator new(room);
}

void frame_pool::give_back(void* frame, std::size_t size) noexcept {
    const auto room = rounded(size);
    if (room > most_kept_size || !spare().keep(frame, room / step))
        ::operator delete(frame);
}

} // namespace mailspec::run::detail
