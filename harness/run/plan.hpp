#pragma once

#include "harness/scenario/scenario.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailspec::run {

using scenario_ptr = std::shared_ptr<const scenario::scenario>;

/// The scenarios of one run, in the order in which they are started.
struct plan {
    std::vector<scenario_ptr> scenarios;
};

/// Which scenarios are wanted. All criteria must hold; an empty list does not restrict.
struct selection {
    std::vector<std::string> ids;       ///< an id, a folder ("imap/fetch") or a glob: * within a folder, ** across, ?
    std::vector<std::string> tags;      ///< any of these
    std::vector<std::string> protocols; ///< any session of one of these: "imap"
    std::vector<std::string> excluded;  ///< ids, folders and globs to leave out; "tag:slow" leaves out a tag
};

/// Does the id lie under that id, folder or glob?
bool id_matches(std::string_view id, std::string_view wanted);

/// The selected scenarios, ascending by id. Faults: one sentence, when an entry of `ids` matches nothing (with the
/// nearest id), a protocol is unknown, or nothing is left.
std::variant<plan, std::string> select(std::span<const scenario_ptr> from, const selection& by);

} // namespace mailspec::run
