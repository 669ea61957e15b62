#pragma once

#include "harness/wire/imap/node_range.hpp"
#include "harness/wire/imap/reporter.hpp"
#include "harness/wire/imap/response.hpp"
#include "harness/wire/imap/value.hpp"

#include <cstddef>
#include <string_view>

namespace mailspec::wire::imap {

/// Holds values against the small rules of the grammar: numbers, strings, names, flags, dates.
///
/// Each check takes what the value is called in our words, reports at most one departure and gives false when it
/// did. What the scanner has already reported about an octet is not reported again.
/// Life   shorter than the tree and the reporter.
class checker {
public:
    checker(const tree& values, reporter& report) : values_(values), report_(report) {}

    const tree& values() const { return values_; }
    std::string_view raw(const node& n) const { return values_.raw(n); }
    bool is(const node& n, std::string_view word) const { return values_.equals_ci(n, word); }
    bool is_nil(const node& n) const { return values_.is_nil(n); }
    static bool is_string(const node& n) { return n.kind == value_kind::quoted || n.kind == value_kind::literal; }

    /// Offset in the frame of the value's first octet: its quote, parenthesis or literal header.
    std::size_t start(const node& n) const;
    /// Offset in the frame behind a list's content.
    static std::size_t end(const node& n) { return std::size_t{n.at} + n.size; }

    bool broken(const rfc::requirement& r, const node& n, std::string_view what, std::string_view problem);
    bool missing(const rfc::requirement& r, std::size_t where, std::string_view what);
    /// Reports all siblings from this one on, once.
    void surplus(const rfc::requirement& r, const node* first, std::string_view what);

    bool number(const node& n, std::string_view what);
    bool nz_number(const node& n, std::string_view what);
    bool number64(const node& n, std::string_view what);
    bool modseq(const rfc::requirement& r, const node& n, std::string_view what);
    bool string(const node& n, std::string_view what);
    bool nstring(const node& n, std::string_view what);
    bool astring(const node& n, std::string_view what);
    bool mailbox(const node& n);
    /// An atom in the strict sense: neither flag nor set.
    bool atom(const rfc::requirement& r, const node& n, std::string_view what);
    bool list(const rfc::requirement& r, const node& n, std::string_view what);
    bool date_time(const rfc::requirement& r, const node& n, std::string_view what);
    bool objectid(const rfc::requirement& r, const node& n, std::string_view what);
    /// A hierarchy delimiter: one quoted character, or NIL.
    bool delimiter(const rfc::requirement& r, const node& n);
    bool uid_set(const node& n, std::string_view what);
    bool sequence_set(const node& n, std::string_view what);
    void flags(const rfc::requirement& r, const node& n, std::string_view what);
    /// The same, "\\*" allowed.
    void permanent_flags(const rfc::requirement& r, const node& n, std::string_view what);

    /// Reports where two of the siblings, both lists, touch.
    void apart(const rfc::requirement& r, const node* first);
    /// Reports where a space stands in the first run of siblings that are lists.
    void together(const rfc::requirement& r, const node* first);

private:
    bool flag(const node& n);
    bool blank_before(const node& n) const;

    const tree& values_;
    reporter& report_;
};

/// Takes siblings one by one.
class cursor {
public:
    cursor(const tree& t, const node* first) : tree_(&t), next_(first) {}
    const node* peek() const { return next_; }
    /// The next sibling, or null at the end, again and again.
    const node* take() {
        const node* taken = next_;
        next_ = taken ? tree_->next(*taken) : nullptr;
        return taken;
    }

private:
    const tree* tree_;
    const node* next_;
};

} // namespace mailspec::wire::imap
