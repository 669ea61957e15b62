#pragma once

#include "harness/match/syntax_error.hpp"
#include "harness/match/value_kind.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mailspec::match {

/// One `${...}`: a name, a function of arguments, or a name with an offset (`${uid+1}`).
struct expression {
    std::string name;                  ///< variable or function; "" for a plain constant
    std::vector<expression> arguments; ///< functions only
    bool is_call = false;
    std::string constant; ///< where name is empty
    long offset = 0;      ///< `${uid+1}`, `${size-1}`
    std::size_t at = 0;   ///< in the source text

    /// `${uid}`: binds in a pattern when not bound.
    bool is_plain_name() const { return !name.empty() && !is_call && offset == 0; }
};

/// One whole `${...}`, as a pattern may hold it.
struct placeholder {
    enum class form {
        value, ///< an expression
        any,   ///< `${_}`: any one value
        rest   ///< `${...}`: whatever follows
    } form = form::value;
    expression value;
    kind wanted = kind::any;
    std::size_t at = 0;  ///< of the '$'
    std::size_t end = 0; ///< just past the '}'
};

/// Parses the `${...}` that begins at `at`. Knows the functions and kinds; names are not checked here.
std::variant<placeholder, syntax_error> parse_placeholder(std::string_view source, std::size_t at);

/// Every variable that the expression needs, with where it stands; a role given to cram-md5() stands for its user
/// and password.
void collect_names(const expression& e, std::vector<std::pair<std::string, std::size_t>>& out);

} // namespace mailspec::match
