#pragma once

#include "harness/wire/imap/value.hpp"

#include <cstddef>
#include <iterator>

namespace mailspec::wire::imap {

/// Siblings in a tree, for range-for. Life: of the tree, until it is parsed into again.
class node_range {
public:
    class iterator {
    public:
        using value_type = node;
        using difference_type = std::ptrdiff_t;
        using reference = const node&;
        using pointer = const node*;
        using iterator_category = std::forward_iterator_tag;

        iterator() = default;
        iterator(const tree& t, const node* n) : tree_(&t), node_(n) {}
        const node& operator*() const { return *node_; }
        const node* operator->() const { return node_; }
        iterator& operator++() {
            node_ = tree_->next(*node_);
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const iterator& other) const { return node_ == other.node_; }

    private:
        const tree* tree_ = nullptr;
        const node* node_ = nullptr;
    };

    node_range() = default;
    /// Takes the first sibling, or null for an empty range.
    node_range(const tree& t, const node* first) : tree_(&t), first_(first) {}
    iterator begin() const { return tree_ ? iterator(*tree_, first_) : iterator(); }
    iterator end() const { return tree_ ? iterator(*tree_, nullptr) : iterator(); }
    bool empty() const { return first_ == nullptr; }

private:
    const tree* tree_ = nullptr;
    const node* first_ = nullptr;
};

inline node_range children(const tree& t, const node& n) { return {t, t.child(n)}; }

} // namespace mailspec::wire::imap
