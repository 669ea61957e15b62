#pragma once

#include "harness/match/expression.hpp"
#include "harness/match/syntax_error.hpp"
#include "harness/match/variables.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mailspec::match {

/// What goes out on the wire, with the places where the client must wait for a continuation first.
struct outgoing {
    std::string octets;
    std::vector<std::size_t> waits; ///< indices in octets, ascending: send up to here, await "+", go on
};

/// Text with `${...}` in it: what a <C>, <data> or <raw> sends.
class text {
public:
    /// Takes the source; `escapes` yes for <raw>, where \r \n \t \0 \\ \xHH stand for octets.
    enum class escapes { no, yes };
    static std::variant<text, syntax_error> compile(std::string_view source, escapes e);

    /// Text that stands for exactly those octets, whatever they are.
    static text constant(std::string octets);

    /// The names it needs bound, with where in the source they stand.
    std::vector<std::pair<std::string, std::size_t>> names() const;

    /// Appends to `out`. Gives the sentence that says what failed (a name not bound, an offset to no number).
    std::optional<std::string> expand(const variables& bound, outgoing& out) const;

    /// Whether it sends what is computed from a password: apop() or cram-md5(), however deep.
    bool proves_password() const;
    /// Whether it may hold a literal that the server must ask for.
    bool may_wait() const;

    const std::string& source() const { return source_; }
    bool is_constant() const { return pieces_.size() == 1 && pieces_.front().name.empty(); }

private:
    std::string source_;
    std::vector<expression> pieces_;
};

} // namespace mailspec::match
