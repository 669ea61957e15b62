#pragma once

#include "harness/match/expression.hpp"
#include "harness/match/pattern.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mailspec::match {

/// A part of a text with holes: octets, or a `${...}`.
struct piece {
    enum class form { octets, value, any, rest } what = form::octets;
    std::string octets; ///< form::octets
    expression value;   ///< form::value
    kind wanted = kind::any;
    std::size_t at = 0; ///< in the pattern
};
using pieces = std::vector<piece>;

/// How the items of a list are compared.
enum class item_order {
    kept,     ///< one by one; what is further allowed comes last
    sequence, ///< in this order, but others may stand between
    free,     ///< in any order
    esearch   ///< correlator and UID first, where given; then as free
};
enum class further_items { forbidden, allowed };

struct list_rule {
    item_order order = item_order::kept;
    further_items extra = further_items::forbidden;
    std::size_t stride = 1; ///< 2: names and values alternate
    bool flags = false;     ///< \Recent is not an extra
};

/// One value of an IMAP or ManageSieve response, as a pattern describes it.
struct value_pattern {
    enum class form {
        word,   ///< bare: octets in it compare without case
        quoted, ///< octets in it compare exactly
        list,
        message, ///< #1
        rest     ///< ${...}
    } what = form::word;
    pieces parts;                        ///< word, quoted
    std::vector<value_pattern> children; ///< list
    list_rule rule;                      ///< list
    std::uint32_t number = 0;            ///< message
    std::size_t at = 0;                  ///< in the pattern

    bool is_constant() const;          ///< holds no ${...}
    std::string_view constant() const; ///< of a word that is one run of octets; else ""
};

/// How many of an ESEARCH pattern's values come before the pairs: the correlator (a list) and UID, where given.
std::size_t esearch_prefix(const value_pattern& values);

struct imap_shape {
    std::string name;                    ///< "FETCH", "OK"; empty: `name_parts` says it
    pieces name_parts;                   ///< a completion that is a ${...}
    std::optional<value_pattern> number; ///< in front of the name
    value_pattern values;                ///< a list: what follows the name
    std::optional<value_pattern> code;   ///< status responses: a list, what stands in [...]
    pieces text;                         ///< status text or continuation data
    bool text_counts = false;
};

struct pop3_shape {
    enum class status { ok, err, continuation, payload } what = status::ok;
    std::string code;
    pieces text;
    bool text_counts = false;
    bool whole_payload = false; ///< one ${...} that may stand for all of the payload
};

struct smtp_shape {
    std::array<char, 3> code = {'x', 'x', 'x'};
    std::array<int, 3> enhanced = {0, -1, -1}; ///< class 0: none given; -1: any
    bool some_line = false;                    ///< "250-": one line of the reply, whichever
    pieces text;
    bool text_counts = false;
};

struct sieve_shape {
    std::string name;                  ///< "OK", "NO", "BYE"; empty: a data line
    std::optional<value_pattern> code; ///< a list
    value_pattern values;              ///< a list: the strings of a data line, or the text
};

struct pattern::compiled {
    wire::protocol protocol = wire::protocol::imap;
    std::string source;
    strictness strict;
    role what = role::untagged;
    std::vector<name_use> names;
    std::variant<imap_shape, pop3_shape, smtp_shape, sieve_shape> shape;
};

} // namespace mailspec::match
