#pragma once

#include "harness/match/compiled.hpp"

#include <optional>
#include <string_view>

namespace mailspec::match {

/// Reads the parts that patterns are made of, left to right; the first error ends it and sticks.
class pattern_reader {
public:
    explicit pattern_reader(std::string_view source) : source_(source) {}

    std::size_t at() const { return at_; }
    bool done() const { return error_ || at_ >= source_.size(); }
    char peek() const { return at_ < source_.size() ? source_[at_] : '\0'; }
    std::string_view rest() const { return source_.substr(at_); }
    void advance(std::size_t n) { at_ += n; }
    void skip_space();

    void fail(std::size_t at, std::string message);
    const std::optional<syntax_error>& error() const { return error_; }

    /// The constant word here, letters and what else is no separator; empty where something else stands.
    std::string_view plain_word() const;

    /// Where a value ends besides at a space or parenthesis.
    enum class inside { line, brackets };
    value_pattern value(inside where, int depth = 0);
    /// Values up to the end, or up to ')' or ']', which is left standing.
    std::vector<value_pattern> values(inside where, int depth = 0);
    /// Octets and `${...}` up to the end of the pattern.
    pieces line();

private:
    void word(value_pattern& out, inside where);
    void quoted(value_pattern& out);
    void hole(pieces& out);
    void octet(pieces& out);

    std::string_view source_;
    std::size_t at_ = 0;
    std::optional<syntax_error> error_;
};

/// Adds the names that those parts compare or capture.
void collect_uses(const pieces& parts, std::vector<pattern::name_use>& out);
void collect_uses(const value_pattern& value, std::vector<pattern::name_use>& out);

/// True where a `${...}` other than the rest stands among them.
bool has_values(const pieces& parts);

std::variant<imap_shape, syntax_error> compile_imap(std::string_view source, const strictness& s, pattern::role& what);
std::variant<pop3_shape, syntax_error> compile_pop3(std::string_view source, const strictness& s, pattern::role& what);
std::variant<smtp_shape, syntax_error> compile_smtp(std::string_view source, const strictness& s, pattern::role& what);
std::variant<sieve_shape, syntax_error> compile_sieve(std::string_view source, const strictness& s,
                                                      pattern::role& what);

} // namespace mailspec::match
