#include "harness/run/run.hpp"

#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>

namespace mailspec::run {

stop_handle::stop_handle() {
    int ends[2];
    if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe can be made");
    read_end_ = ends[0];
    write_end_ = ends[1];
}

stop_handle::~stop_handle() {
    ::close(read_end_);
    ::close(write_end_);
}

void stop_handle::request() noexcept {
    ++requests_;
    const char one = 1;
    [[maybe_unused]] const auto written = ::write(write_end_, &one, 1);
}

bool stop_handle::requested() const noexcept { return requests_ > 0; }

int stop_handle::descriptor() const noexcept { return read_end_; }

} // namespace mailspec::run
