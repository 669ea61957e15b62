#include "tools/mailspec/files.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace mailspec::tools {
namespace {

namespace fs = std::filesystem;

std::string could_not_read(const std::string& path, const std::error_code& why) {
    return "could not read " + path + ": " + why.message();
}

} // namespace

std::variant<contents, std::string> read_file(const std::string& path) {
    if (is_folder(path))
        return could_not_read(path, std::make_error_code(std::errc::is_a_directory));
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    contents all;
    char part[65536];
    while (file.read(part, sizeof part) || file.gcount() > 0)
        all.octets.append(part, static_cast<std::size_t>(file.gcount()));
    if (!file.eof())
        return could_not_read(path, {errno != 0 ? errno : EIO, std::generic_category()});
    return all;
}

std::variant<std::vector<std::string>, std::string> files_below(const std::string& folder, const std::string& ending) {
    std::error_code why;
    std::vector<std::string> found;
    fs::recursive_directory_iterator it(folder, why);
    for (const fs::recursive_directory_iterator end; !why && it != end; it.increment(why)) {
        if (it->path().filename().string().starts_with('.')) {
            it.disable_recursion_pending();
            continue;
        }
        if (it->is_regular_file(why) && it->path().string().ends_with(ending))
            found.push_back(it->path().string());
        why.clear();
    }
    if (why)
        return could_not_read(folder, why);
    std::ranges::sort(found);
    return found;
}

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

} // namespace mailspec::tools
