#include "tools/mailspec/run_mark.hpp"

#include "tools/mailspec/private_folder.hpp"

#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

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

bool is_locked(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool taken = ::flock(file, LOCK_SH | LOCK_NB) != 0;
    ::close(file);
    return taken;
}

void forget_old(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code failed;
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
        std::error_code gone;
        const auto written = each->last_write_time(gone);
        if (!gone && fs::file_time_type::clock::now() - written > kept && !is_locked(each->path()))
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
    const auto path = folder + "/" + std::string(token);
    file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file_ >= 0)
        ::flock(file_, LOCK_EX | LOCK_NB);
}

run_mark::~run_mark() {
    if (file_ >= 0)
        ::close(file_);
}

run_state run_mark::of(std::string_view token) {
    const auto folder = folder_of_marks();
    const auto path = folder + "/" + std::string(token);
    if (!is_private(folder) || ::access(path.c_str(), F_OK) != 0)
        return run_state::unknown;
    return is_locked(path) ? run_state::going_on : run_state::ended;
}

} // namespace mailspec::tools
