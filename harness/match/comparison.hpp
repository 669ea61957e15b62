#pragma once

#include "harness/match/compiled.hpp"
#include "harness/match/variables.hpp"
#include "harness/wire/imap/response.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace mailspec::match {

/// How a text with holes is compared.
struct text_rule {
    enum class letters { any_case, same_case } letters = letters::any_case;
    enum class extent { whole, leading_words } extent = extent::whole; ///< leading_words: more words may follow
    enum class holes { words, any } holes = holes::words;              ///< words: a hole without kind holds no space
};

/// Compares what came with what a pattern describes, binding captures as it goes; the caller marks and rolls back.
///
/// Keeps count of the values that agreed, and the one clause that says where the last comparison failed: "is 7,
/// expected 8".
class comparison {
public:
    /// Says what `#1` means for the response being compared.
    using numbering = std::function<std::uint32_t(std::uint32_t)>;

    comparison(variables& bound, const strictness& s, numbering number)
        : bound_(bound), strict_(s), number_(std::move(number)) {}

    bool text(const pieces& parts, std::string_view subject, text_rule rule);
    bool value(const value_pattern& p, const wire::imap::tree& t, const wire::imap::node& n);
    /// `first` is the first item of the list, or null.
    bool items(const value_pattern& list, const wire::imap::tree& t, const wire::imap::node* first);
    bool number(const value_pattern& p, std::uint32_t n);

    /// What a bare hole does: compares its value with the octets, or captures them.
    bool octets(const piece& p, std::string_view subject);

    int agreed() const { return agreed_; }
    const std::string& why() const { return why_; }
    bool differs(std::string why);
    void agree(int values = 1) { agreed_ += values; }

    variables& bound() { return bound_; }
    const strictness& strict() const { return strict_; }
    /// False once a comparison has taken so long that it must be given up.
    bool go_on() { return ++tries_ < most_tries; }
    int tries() const { return tries_; }

private:
    bool hole(const piece& p, const wire::imap::tree& t, const wire::imap::node& n);
    bool word(const value_pattern& p, const wire::imap::tree& t, const wire::imap::node& n);
    bool same_octets(const piece& p, const std::string& wanted, const wire::imap::tree& t, const wire::imap::node& n);

    static constexpr int most_tries = 50'000;

    variables& bound_;
    const strictness& strict_;
    numbering number_;
    std::string why_;
    int agreed_ = 0;
    int tries_ = 0;
};

/// A pattern's text with every bound name replaced by its octets, for people.
std::string filled_in(std::string_view source, const variables& bound);
std::string filled_in(const pieces& parts, const variables& bound);
std::string filled_in(const value_pattern& p, const variables& bound);
/// A value as it came, for people.
std::string shown(const wire::imap::tree& t, const wire::imap::node& n);

/// "is 7, expected 8"; for long octets where they part.
std::string difference(std::string_view came, std::string_view expected);

} // namespace mailspec::match
