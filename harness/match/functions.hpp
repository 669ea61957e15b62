#pragma once

#include "harness/match/expression.hpp"
#include "harness/match/variables.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace mailspec::match {

/// How an IMAP string function wants its octets transported.
enum class transport { none, quoted, literal, literal_plus, literal8 };

/// A function that `${...}` may call.
struct function {
    std::string_view name;
    std::size_t least; ///< arguments
    std::size_t most;  ///< arguments
    transport form = transport::none;
    bool takes_role = false; ///< the first argument names an account, not a variable
};

/// The function of that name, or null.
const function* function_named(std::string_view name);
std::span<const std::string_view> function_names();

/// Accounts that a scenario may speak of.
std::span<const std::string_view> role_names();
bool is_role(std::string_view name);

/// Why an expression has no value: one clause.
struct no_value {
    std::string why;
};

/// The octets that the expression stands for; literal() and quoted() give their argument.
std::variant<std::string, no_value> evaluate(const expression& e, const variables& bound);

} // namespace mailspec::match
