#pragma once

#include "harness/verdict/baseline.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace mailspec::reports {

/// Makes a baseline of the parts of a JSON text, one after the other, as a parser hands them over. Each gives whether
/// reading goes on; where it does not, fault() says why.
class baseline_events {
public:
    enum class bracket { object, array };
    enum class scalar { text, whole_number, null, other };

    bool begins(bracket b, std::size_t at);
    bool ends();
    bool key(std::string_view name, std::size_t at);
    /// Takes    what a text or a whole number says; of all else nothing.
    bool value(scalar kind, std::string_view said, std::size_t at);

    const std::string& fault() const { return fault_; }
    std::size_t fault_at() const { return fault_at_; } ///< octets from the begin of the text
    /// Another place that the fault is about.
    std::optional<std::size_t> see_also() const { return see_also_; }
    verdict::baseline take() { return std::move(made_); }

private:
    enum class place { nowhere, top, scenarios, scenario, broken };

    bool refuse(std::string why, std::size_t at);
    bool begins_scenario(std::size_t at);
    bool takes_format(scalar kind, std::string_view said, std::size_t at);
    bool takes_id(std::string_view id, std::size_t at);
    bool takes_outcome(std::string_view name, std::size_t at);
    bool ends_scenario();

    place in_ = place::nowhere;
    std::size_t ignored_ = 0; ///< brackets that are open below a key which says nothing to a baseline
    std::string key_;
    std::set<std::string, std::less<>> keys_of_top_, keys_of_scenario_; ///< that were read
    std::size_t began_ = 0;                                             ///< where the scenario began
    std::string id_;
    verdict::known_scenario scenario_;
    std::map<std::string, std::size_t, std::less<>> places_; ///< of the scenarios' ids
    verdict::baseline made_;
    std::string fault_;
    std::size_t fault_at_ = 0;
    std::optional<std::size_t> see_also_;
};

} // namespace mailspec::reports
