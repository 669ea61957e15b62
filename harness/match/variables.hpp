#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailspec::match {

/// The names that are bound while a scenario runs, with their octets: what the harness gives ("mailbox",
/// "alice.user", "message.1") and what patterns captured.
///
/// Few names live at once, so a vector searched from its end beats a map; a mark makes a failed match undoable.
class variables {
public:
    /// The octets bound to that name, or null. Life: until the next set() or rollback().
    const std::string* find(std::string_view name) const;
    /// Binds or rebinds.
    void set(std::string_view name, std::string value);

    std::size_t mark() const { return bound_.size(); }
    /// Forgets that name, if it is bound.
    void forget(std::string_view name);
    /// Forgets every name first bound after the mark.
    void rollback(std::size_t mark);

private:
    std::vector<std::pair<std::string, std::string>> bound_;
};

} // namespace mailspec::match
