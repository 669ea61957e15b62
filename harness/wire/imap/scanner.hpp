#pragma once

#include "harness/wire/imap/reporter.hpp"
#include "harness/wire/imap/value.hpp"

#include <cstdint>
#include <string_view>

namespace mailspec::wire::imap {

/// Cuts one response into values: what every response has in common, whatever it is about.
///
/// Source   RFC 9051 section 4, section 9 (SP, string, literal, literal8); RFC 3501 likewise.
/// Takes    one whole frame. The tree's nodes are overwritten.
/// Gives    a tree; departures from the common syntax as findings.
/// Life     shorter than the frame, the tree and the reporter.
class scanner {
public:
    /// Where "[" opens a section rather than being part of an atom.
    enum class brackets { plain, in_fetch_items };

    /// A run of octets in the frame.
    struct word {
        std::size_t at = 0, size = 0;
    };

    scanner(std::string_view frame, tree& out, reporter& report);

    /// The octets up to a blank or the line's end, skipped.
    word take_word();
    /// The same, but an opening parenthesis or bracket or a quote ends it too.
    word take_name();
    /// Takes all blanks, and reports them when they are not one SP. Gives false when there are none.
    bool take_space();
    /// Takes one SP and no more, as in front of text.
    bool take_one_space();

    /// All values up to the line's end, as children of the root.
    void values(brackets b);
    /// The code in brackets, when one begins here. Nobody forbids a text to begin with "[", so a code that is not
    /// closed is text, unless it is one whose arguments are known.
    void code();
    /// The rest of the line, as one text. Gives false when it is empty.
    bool text();

    bool at_line_end() const;
    /// True when lists were nested deeper than max_depth.
    bool flattened() const { return flattened_; }
    void back_to(std::size_t position) { pos_ = position; }
    std::size_t position() const { return pos_; }
    char peek() const { return pos_ < end_ ? in_[pos_] : '\n'; }

private:
    enum class before : std::uint8_t { opening, list, value };

    void find_line_end();
    std::size_t text_end() const;

    std::uint32_t add(value_kind kind, std::size_t at, std::size_t size);
    void open(value_kind kind, std::size_t at);
    void close(std::size_t end);
    void close_all();

    void run(brackets b);
    void one_value(brackets b);
    void check_gap(std::size_t first);
    bool closes_bracket(char c) const;
    void close_parenthesis();
    void close_bracket();
    void open_parenthesis();
    void quoted();
    bool odd_octet_in_quoted(bool reported);
    void end_open_quoted(std::size_t first);
    bool literal();
    void atom(brackets b);
    void check_atom(std::size_t first);

    std::string_view in_;
    tree& out_;
    reporter& report_;
    std::size_t pos_ = 0;
    std::size_t end_ = 0;     ///< of the line end's LF, or of the frame when it has none
    std::uint32_t open_ = 0;  ///< node whose children are being read; its `next` holds the node above meanwhile
    std::uint32_t last_ = 0;  ///< last child of it so far
    std::size_t depth_ = 0;   ///< of open_; the root is 0
    std::size_t surplus_ = 0; ///< parentheses open beyond max_depth
    bool flattened_ = false;
    before before_ = before::opening;
};

} // namespace mailspec::wire::imap
