#pragma once

#include <functional>
#include <iosfwd>
#include <string>

namespace mailspec::tools {

/// A report that is written under a temporary name beside its place and renamed when it is whole.
class report_file {
public:
    explicit report_file(std::string path); ///< "-": standard output

    /// Finds out before the run whether the report can be written. Gives the sentence that says why not, or nothing.
    std::string probe() const;
    /// Gives the sentence that says why it could not be written, or nothing.
    std::string write(const std::function<void(std::ostream&)>& writer) const;
    const std::string& path() const { return path_; }
    bool is_standard_output() const { return path_ == "-"; }

private:
    std::string path_;
};

} // namespace mailspec::tools
