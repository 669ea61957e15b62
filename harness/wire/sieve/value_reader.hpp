#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/imap/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::wire::sieve {

/// Reads the values of one ManageSieve response from its front into a tree: strings, atoms, lists.
///
/// Source   RFC 5804 section 4.
/// Finds    sieve.syntax.quoted, .literal, .number, .atom, .response-code (a parenthesis that does not close).
/// Bounded  lists nest 64 deep, there are 100000 values (what follows is one more) and 64 findings.
class value_reader {
public:
    /// Takes a tree whose root is there, and has the frame as its octets.
    value_reader(std::uint64_t at, imap::tree& into, std::vector<rfc::finding>& findings)
        : frame_(into.frame()), end_(frame_.size()), at_(at), tree_(into), findings_(findings) {}

    bool at_end() const { return pos_ >= end_; }
    char front() const { return frame_[pos_]; }
    std::size_t pos() const { return pos_; }
    std::size_t end() const { return end_; }
    void skip(std::size_t octets) { pos_ += octets; }
    void skip_spaces();
    /// Leaves that many octets at the frame's end out: the line end.
    void shorten(std::size_t octets) { end_ -= octets; }

    /// Reads one value, at least one octet of it, behind the root's child `last` (0: it becomes the first).
    /// Gives its index. Not to be called at the end.
    std::size_t read(std::size_t last) { return value(0, last, 0); }

    void report(const rfc::requirement& broken, std::size_t where, std::string detail);

    /// Where the text stops being UTF-8, or nothing.
    static std::optional<std::size_t> not_utf8(std::string_view s);

private:
    std::size_t value(std::size_t parent, std::size_t last, int depth);
    std::size_t quoted(std::size_t parent, std::size_t last);
    void check_quoted(std::string_view content, std::size_t begin);
    std::optional<std::size_t> literal(std::size_t parent, std::size_t last);
    std::size_t list(std::size_t parent, std::size_t last, int depth);
    std::size_t atom(std::size_t parent, std::size_t last);
    std::size_t add(std::size_t parent, std::size_t last, imap::node made);

    std::string_view frame_;
    std::size_t end_;     ///< of what stands before the line end
    std::size_t pos_ = 0; ///< in frame_
    std::uint64_t at_;
    imap::tree& tree_;
    std::vector<rfc::finding>& findings_;
    std::size_t reported_ = 0;
    bool truncated_ = false; ///< the rest became one value
};

} // namespace mailspec::wire::sieve
