#pragma once

#include <sys/resource.h>

namespace mailspec::bench {

/// Microseconds of CPU, user and system, that this process has used.
inline double cpu_used() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    auto microseconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec);
    };
    return microseconds(used.ru_utime) + microseconds(used.ru_stime);
}

} // namespace mailspec::bench
