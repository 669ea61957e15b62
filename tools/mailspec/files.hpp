#pragma once

#include <string>
#include <variant>
#include <vector>

namespace mailspec::tools {

/// The octets of a file.
struct contents {
    std::string octets;
};

/// Gives the whole file, or the sentence that says why it could not be read.
std::variant<contents, std::string> read_file(const std::string& path);

/// Every file below a folder whose name ends so, ascending, as paths that begin with the folder; or the sentence
/// that says why not. Folders whose name begins with a dot are left out.
std::variant<std::vector<std::string>, std::string> files_below(const std::string& folder, const std::string& ending);

bool is_folder(const std::string& path);

} // namespace mailspec::tools
