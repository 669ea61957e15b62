#include "tools/mailspec/run_mark.hpp"

#include "tools/mailspec/private_folder.hpp"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mailspec::tools {
namespace {

constexpr auto kept = std::chrono::hours(1);

std::string folder_of_marks() { return temporary_folder() + "/mailspec-runs-" + std::to_string(::getuid()); }

/// Anybody can make a folder of that name: only one that nobody else can write to is taken.
bool is_private(const std::string& folder) {
    struct stat what {};
    return ::lstat(folder.c_str(), &what) == 0 && S_ISDIR(what.st_mode) && what.st_uid == ::getuid() &&
           (what.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/// Waits while `mailspec clean` of another shell looks at it. No lock: the file system knows none.
bool lock(int file) {
    int failed = 0;
    do
        failed = ::flock(file, LOCK_EX);
    while (failed != 0 && errno == EINTR);
    return failed == 0;
}

/// Only a lock that could be had tells that nobody holds one.
run_state state_of(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return run_state::unknown;
    const bool free = ::flock(file, LOCK_SH | LOCK_NB) == 0;
    const bool taken = !free && errno == EWOULDBLOCK;
    ::close(file);
    return free ? run_state::ended : taken ? run_state::going_on : run_state::unknown;
}

void forget_old(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code failed;
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
        std::error_code gone;
        const auto written = each->last_write_time(gone);
        if (!gone && fs::file_time_type::clock::now() - written > kept && state_of(each->path()) == run_state::ended)
            fs::remove(each->path(), gone);
    }
}

} // namespace

run_mark::run_mark(std::string_view token) {
    const auto folder = folder_of_marks();
    ::mkdir(folder.c_str(), S_IRWXU);
    if (!is_private(folder))
        return;
    forget_old(folder);
    path_ = folder + "/" + std::string(token);
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file_ >= 0 && !lock(file_)) { // a mark without a lock would say that the run has ended
        ::unlink(path_.c_str());
        ::close(std::exchange(file_, -1));
    }
}

void run_mark::take_away() {
    if (file_ >= 0)
        ::unlink(path_.c_str());
}

run_mark::~run_mark() {
    if (file_ >= 0)
        ::close(file_);
}

run_state run_mark::of(std::string_view token) {
    const auto folder = folder_of_marks();
    return is_private(folder) ? state_of(folder + "/" + std::string(token)) : run_state::unknown;
}

} // namespace mailspec::tools
