#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::tools {

/// TMPDIR, or /tmp.
std::string temporary_folder();

/// A new folder that only this user can read; it and its files are gone at the end.
class private_folder {
public:
    private_folder(); ///< throws std::system_error where there is no place for it
    ~private_folder();
    private_folder(const private_folder&) = delete;
    private_folder& operator=(const private_folder&) = delete;

    /// Gives the path of the new file, mode 600; throws std::system_error.
    std::string add(std::string_view name, std::string_view octets);

private:
    std::string path_;
    std::vector<std::string> files_;
};

} // namespace mailspec::tools
