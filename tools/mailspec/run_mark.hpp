#pragma once

#include <string>
#include <string_view>

namespace mailspec::tools {

/// Whether a run goes on, as far as this machine and this user can tell.
enum class run_state { going_on, ended, unknown };

/// Tells `mailspec clean` that this run goes on: a locked file in a folder of this user's, named after the run's token.
/// The lock goes with the process, however it ends; the file tells for an hour more that the run was one of here,
/// unless it is taken away.
class run_mark {
public:
    explicit run_mark(std::string_view token); ///< where there is no place for the file or no lock, there is no mark
    ~run_mark();
    run_mark(const run_mark&) = delete;
    run_mark& operator=(const run_mark&) = delete;

    /// Nothing is left that anybody would clean.
    void take_away();

    static run_state of(std::string_view token);

private:
    std::string path_;
    int file_ = -1;
};

} // namespace mailspec::tools
