#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/imap/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::wire::imap {

/// Cuts one response into values: what every response has in common, whatever it is about.
///
/// Source   RFC 9051 section 4, section 9 (SP, string, literal, literal8); RFC 3501 likewise.
/// Takes    one whole frame. The tree's nodes are overwritten.
/// Gives    a tree; departures from the common syntax as findings.
/// Life     shorter than the frame, the tree and the findings.
class scanner {
public:
    /// Where "[" opens a section rather than being part of an atom.
    enum class brackets { plain, in_fetch_items };

    scanner(std::string_view frame, std::uint64_t at, tree& out, std::vector<rfc::finding>& findings);

    /// The octets up to a blank or the line's end, skipped; the first word of what is left.
    struct word {
        std::uint32_t at = 0, size = 0;
    };
    word take_word();
    /// Takes one SP, or reports what stands there instead. Gives false at the line's end.
    bool take_space();

    /// All values up to the line's end, as children of the root.
    void values(brackets b);
    /// A code in brackets, if a well-formed or well-known one begins here.
    void code();
    /// The rest of the line, as one text.
    void text();

    bool at_line_end() const;
    std::size_t position() const { return pos_; }
    char peek() const { return pos_ < end_ ? in_[pos_] : '\n'; }
    void report(const rfc::requirement& broken, std::size_t where, std::string detail);

private:
    enum class closer : std::uint8_t { none, parenthesis, bracket };
    enum class before : std::uint8_t { opening, list, value };

    void check_line_end();
    std::uint32_t add(value_kind kind, std::size_t at, std::size_t size);
    void open(value_kind kind, std::size_t at);
    void close(std::size_t at);
    void close_all();
    bool at_closing_bracket(char c) const;

    void run(brackets b);
    void one_value(brackets b);
    void gap(std::size_t first);
    void close_parenthesis();
    void close_section();
    void list();
    void quoted();
    bool literal();
    void atom(brackets b);
    std::size_t check_quoted(std::size_t first, std::size_t stop);
    std::size_t atom_end() const;
    void check_octets(std::size_t first, std::size_t last);

    std::string_view in_;
    std::uint64_t at_;
    tree& out_;
    std::vector<rfc::finding>& findings_;
    std::size_t pos_ = 0;
    std::size_t end_ = 0;     ///< of the line end's LF, or of the frame when it has none
    std::uint32_t open_ = 0;  ///< node whose children are being read; its `next` holds the node above meanwhile
    std::uint32_t last_ = 0;  ///< last child of it so far
    std::size_t depth_ = 0;   ///< of open_; the root is 0
    std::size_t surplus_ = 0; ///< parentheses open beyond max_depth
    before before_ = before::opening;
};

} // namespace mailspec::wire::imap
