#include "tools/mailspec/report_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace mailspec::tools {
namespace {

std::string could_not(const std::string& path, int error) {
    return "could not write " + path + ": " + std::generic_category().message(error);
}

std::string temporary(const std::string& path) { return path + ".part-" + std::to_string(::getpid()); }

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

/// A rename would put a file in place of what is no file: /dev/stdout, a pipe.
bool is_special(const std::string& path) {
    struct stat is {};
    return ::stat(path.c_str(), &is) == 0 && !S_ISREG(is.st_mode);
}

/// errno tells why the stream went bad: the last write(2) or open(2) set it.
std::string write_into(const std::string& file, const std::string& shown_as,
                       const std::function<void(std::ostream&)>& writer) {
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    if (out)
        writer(out);
    out.close();
    return out ? "" : could_not(shown_as, errno != 0 ? errno : EIO);
}

} // namespace

report_file::report_file(std::string path) : path_(std::move(path)) {}

std::string report_file::probe() const {
    if (is_standard_output())
        return {};
    struct stat is {};
    if (::stat(path_.c_str(), &is) == 0 && S_ISDIR(is.st_mode))
        return could_not(path_, EISDIR);
    const std::string must_be_writable = is_special(path_) ? path_ : folder_of(path_);
    return ::access(must_be_writable.c_str(), W_OK) == 0 ? "" : could_not(path_, errno);
}

std::string report_file::write(const std::function<void(std::ostream&)>& writer) const {
    if (is_standard_output()) {
        writer(std::cout);
        return std::cout.flush() ? "" : could_not("standard output", errno != 0 ? errno : EIO);
    }
    if (is_special(path_))
        return write_into(path_, path_, writer);
    const std::string part = temporary(path_);
    std::string fault = write_into(part, path_, writer);
    if (fault.empty() && std::rename(part.c_str(), path_.c_str()) != 0)
        fault = could_not(path_, errno);
    if (!fault.empty())
        std::remove(part.c_str());
    return fault;
}

} // namespace mailspec::tools
