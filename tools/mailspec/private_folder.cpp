#include "tools/mailspec/private_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace mailspec::tools {
namespace {

[[noreturn]] void fail(const std::string& path) { throw std::system_error(errno, std::generic_category(), path); }

/// False with errno set.
bool write_whole(int file, std::string_view octets) {
    while (!octets.empty()) {
        const auto written = ::write(file, octets.data(), octets.size());
        if (written < 0 && errno != EINTR)
            return false;
        octets.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

std::string temporary_folder() {
    const char* set = std::getenv("TMPDIR");
    return set != nullptr && *set != '\0' ? set : "/tmp";
}

private_folder::private_folder() : path_(temporary_folder() + "/mailspec-XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr)
        fail(path_);
}

private_folder::~private_folder() {
    for (const auto& file : files_)
        ::unlink(file.c_str());
    ::rmdir(path_.c_str());
}

std::string private_folder::add(std::string_view name, std::string_view octets) {
    std::string path = path_ + "/" + std::string(name);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        fail(path);
    files_.push_back(path);
    if (!write_whole(file, octets)) {
        const int why = errno;
        ::close(file);
        errno = why;
        fail(path);
    }
    if (::close(file) != 0)
        fail(path);
    return path;
}

} // namespace mailspec::tools
