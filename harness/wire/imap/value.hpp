#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::wire::imap {

/// The kinds of value that make up every IMAP response (RFC 9051 section 4).
enum class value_kind : std::uint8_t {
    atom, ///< also numbers, flags ("\Seen"), "NIL", sequence sets
    quoted,
    literal,  ///< {n}, {n+}
    literal8, ///< ~{n}, ~{n+}
    list,     ///< ( ... )
    section,  ///< "BODY[HEADER.FIELDS (TO)]<0>" whole; its children are the parts inside the brackets
    code,     ///< [ ... ] of a status response; its children are the code's atoms and arguments
    text      ///< human-readable text to the end of the line, or continuation data
};

/// One value in a response; children and siblings are linked by index into tree::nodes.
struct node {
    value_kind kind;
    bool escaped = false;    ///< quoted with a backslash inside: use text()
    std::uint32_t at = 0;    ///< octets from the start of the frame to the first octet of the content
    std::uint32_t size = 0;  ///< octets of content: without quotes, literal header, brackets
    std::uint32_t child = 0; ///< first child; 0: none (node 0 is the root, never a child)
    std::uint32_t next = 0;  ///< next sibling; 0: none
};

/// Lists nested deeper than this are read as if the surplus parentheses were not there, so that walking a tree
/// by recursion is safe.
inline constexpr std::size_t max_depth = 256;

/// The values of one response as a tree over the frame's octets; node 0 is the root list.
///
/// Offsets, not pointers: the frame may move in memory (a growing buffer); give its octets anew with rebase().
/// Reused from response to response without allocating.
class tree {
public:
    std::vector<node> nodes;

    void rebase(std::string_view frame) { frame_ = frame; }
    std::string_view frame() const { return frame_; }

    const node& root() const { return nodes.front(); }
    const node* child(const node& n) const { return n.child ? &nodes[n.child] : nullptr; }
    const node* next(const node& n) const { return n.next ? &nodes[n.next] : nullptr; }

    /// The octets as they came, escapes of a quoted string not undone.
    std::string_view raw(const node& n) const { return frame_.substr(n.at, n.size); }
    /// The octets that are meant: escapes undone.
    std::string text(const node& n) const;
    /// Same octets as text(n), compared without allocating.
    bool equals(const node& n, std::string_view octets) const;
    /// The same without regard to ASCII case.
    bool equals_ci(const node& n, std::string_view octets) const;
    bool is_nil(const node& n) const; ///< the atom NIL in any case

private:
    std::string_view frame_;
};

} // namespace mailspec::wire::imap
