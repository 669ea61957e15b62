#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::scenario {

/// Which names a scenario may use at the place where the loader is: what the harness gives, and what every way to
/// here has captured.
class names {
public:
    /// What the harness gives whatever the scenario: "token", "alice.user", ...
    names();
    void give(std::string name) { given_.push_back(std::move(name)); }
    /// What it gives where an IMAP session logs in before the first step: "mailbox", "delimiter", "namespace".
    void give_hierarchy();

    bool is_given(std::string_view name) const;
    bool is_bound(std::string_view name) const;
    bool knows(std::string_view name) const { return is_given(name) || is_bound(name); }
    void bind(std::string_view name);

    /// Why that name has no value here: a sentence, or nothing where it has one.
    std::optional<std::string> unbound(std::string_view name) const;
    /// Why that name cannot be captured: names with a dot are the harness's.
    std::optional<std::string> uncapturable(std::string_view name) const;

    using state = std::vector<std::string>;
    state captured() const { return bound_; }
    void restore(state s) { bound_ = std::move(s); }
    /// Names in both: what is bound after alternatives.
    static state common(const state& a, const state& b);
    /// Names of `a` that are not in `b`.
    static state beyond(const state& a, const state& b);

private:
    std::string suggestion(std::string_view name) const;

    std::vector<std::string> given_;
    state bound_;
};

} // namespace mailspec::scenario
