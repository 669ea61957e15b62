#include "harness/match/ascii.hpp"
#include "harness/match/comparison.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace mailspec::match {

using wire::imap::node;
using wire::imap::tree;
using wire::imap::value_kind;

namespace {

/// One list of a response against one list of a pattern. An item is `stride` values: 2 where names and values
/// alternate.
class list_walk {
public:
    list_walk(comparison& by, const list_rule& rule, const tree& t) : by_(by), rule_(rule), tree_(t) {}

    void wants(std::span<const value_pattern> all) {
        for (std::size_t i = 0; i < all.size();) {
            if (all[i].what == value_pattern::form::rest && rule_.order != item_order::kept) {
                open_ended_ = true;
                ++i;
                continue;
            }
            const std::size_t n = std::min(rule_.stride, all.size() - i);
            wanted_.push_back(all.subspan(i, n));
            i += n;
        }
    }

    void came(std::span<const node* const> all) {
        for (std::size_t i = 0; i < all.size(); i += rule_.stride)
            came_.push_back(all.subspan(i, std::min(rule_.stride, all.size() - i)));
    }

    bool compare() {
        switch (rule_.order) {
        case item_order::kept: return kept(0, 0);
        case item_order::sequence: return sequence(0, 0);
        default: return in_any_order();
        }
    }

private:
    using wanted_item = std::span<const value_pattern>;
    using came_item = std::span<const node* const>;

    bool extras_allowed() const { return open_ended_ || rule_.extra == further_items::allowed; }

    bool one(wanted_item w, came_item c) {
        if (w.size() != c.size() || !by_.go_on())
            return false;
        const std::size_t mark = by_.bound().mark();
        for (std::size_t i = 0; i < w.size(); ++i) {
            if (!by_.value(w[i], tree_, *c[i])) {
                by_.bound().rollback(mark);
                return false;
            }
        }
        return true;
    }

    std::string describe(wanted_item w) const { return filled_in(w.front(), by_.bound()); }

    bool kept(std::size_t i, std::size_t j) {
        if (i == wanted_.size())
            return j == came_.size() || extras_allowed() || too_many(j);
        if (wanted_[i].front().what == value_pattern::form::rest) {
            for (std::size_t k = came_.size() + 1; k-- > j;)
                if (by_.go_on() && kept(i + 1, k))
                    return true;
            return false;
        }
        if (j == came_.size())
            return by_.differs("lacks " + describe(wanted_[i]));
        const std::size_t mark = by_.bound().mark();
        if (!one(wanted_[i], came_[j])) {
            if (wanted_.size() > 1)
                by_.differs("value " + std::to_string(j + 1) + " " + by_.why());
            return false;
        }
        if (kept(i + 1, j + 1))
            return true;
        by_.bound().rollback(mark);
        return false;
    }

    bool sequence(std::size_t i, std::size_t j) {
        if (i == wanted_.size())
            return j == came_.size() || extras_allowed() || too_many(j);
        const std::size_t first = j;
        for (; j < came_.size(); ++j) {
            const std::size_t mark = by_.bound().mark();
            if (one(wanted_[i], came_[j])) {
                if (sequence(i + 1, j + 1))
                    return true;
                by_.bound().rollback(mark);
            }
            if (!extras_allowed())
                break;
        }
        return fails_at(i, first);
    }

    /// Of all ways tried, the one that came farthest says why it failed.
    bool fails_at(std::size_t i, std::size_t from) {
        if (!farthest_.empty() && i < reached_)
            return by_.differs(farthest_);
        reached_ = i;
        farthest_ = clause_for(wanted_[i], from);
        return by_.differs(farthest_.empty() ? farthest_ = "lacks " + describe(wanted_[i]) + " at its place"
                                             : farthest_);
    }

    bool too_many(std::size_t j) {
        return by_.differs("holds " + mailspec::match::shown(tree_, *came_[j].front()) + " too");
    }

    bool in_any_order() {
        std::stable_partition(wanted_.begin(), wanted_.end(), [](wanted_item w) {
            return std::all_of(w.begin(), w.end(), [](const value_pattern& v) { return v.is_constant(); });
        });
        used_.assign(came_.size(), false);
        if (!assign(0))
            return explain();
        for (std::size_t j = 0; j < came_.size(); ++j) {
            const bool recent = rule_.flags && tree_.equals_ci(*came_[j].front(), "\\Recent");
            if (!used_[j] && !recent && !extras_allowed())
                return too_many(j);
        }
        return true;
    }

    bool assign(std::size_t i) {
        if (i == wanted_.size())
            return true;
        for (std::size_t j = 0; j < came_.size(); ++j) {
            const std::size_t mark = by_.bound().mark();
            if (used_[j] || !one(wanted_[i], came_[j]))
                continue;
            used_[j] = true;
            if (assign(i + 1))
                return true;
            used_[j] = false;
            by_.bound().rollback(mark);
            if (!by_.go_on())
                return false;
        }
        return false;
    }

    /// Says which item found no partner; where its name came with another value, what differs there.
    bool explain() {
        used_.assign(came_.size(), false);
        for (const wanted_item w : wanted_) {
            std::size_t j = 0;
            while (j < came_.size() && (used_[j] || !one(w, came_[j])))
                ++j;
            if (j == came_.size()) {
                const std::string clause = clause_for(w, 0);
                return by_.differs(clause.empty() ? "lacks " + describe(w) : clause);
            }
            used_[j] = true;
        }
        return by_.differs("cannot be told apart from what was expected");
    }

    /// Where the name of the item came with another value: what differs there; else "".
    std::string clause_for(wanted_item w, std::size_t from) {
        for (std::size_t j = from; w.size() == 2 && j < came_.size(); ++j) {
            const bool free = rule_.order == item_order::sequence || !used_[j];
            if (free && came_[j].size() == 2 && by_.value(w[0], tree_, *came_[j][0]) &&
                !by_.value(w[1], tree_, *came_[j][1]))
                return clause_of(w, came_[j]);
        }
        return {};
    }

    std::string clause_of(wanted_item w, came_item c) {
        const std::size_t mark = by_.bound().mark();
        by_.value(w[1], tree_, *c[1]);
        by_.bound().rollback(mark);
        return describe(w) + " " + by_.why();
    }

    comparison& by_;
    const list_rule& rule_;
    const tree& tree_;
    std::vector<wanted_item> wanted_;
    std::vector<came_item> came_;
    std::vector<bool> used_;
    bool open_ended_ = false;
    std::size_t reached_ = 0;
    std::string farthest_;
};

} // namespace

bool comparison::items(const value_pattern& list, const tree& t, const node* first) {
    std::vector<const node*> nodes;
    for (const node* n = first; n; n = t.next(*n))
        nodes.push_back(n);
    std::span<const value_pattern> wanted(list.children);
    std::span<const node* const> came(nodes);
    if (list.rule.order == item_order::esearch) {
        const std::size_t prefix = esearch_prefix(list);
        const bool correlator = prefix > 0 && !same_letters(wanted[0].constant(), "UID");
        const bool listed = !came.empty() && came[0]->kind == value_kind::list;
        if (listed && correlator && !value(wanted[0], t, *came[0]))
            return false;
        if (correlator && !listed)
            return differs("lacks the search correlator");
        came = came.subspan(listed ? 1 : 0);
        const bool wants_uid = prefix > (correlator ? 1u : 0u);
        const bool has_uid = !came.empty() && t.equals_ci(*came[0], "UID");
        if (wants_uid != has_uid)
            return differs(wants_uid ? "lacks UID" : "holds UID too");
        came = came.subspan(has_uid ? 1 : 0);
        wanted = wanted.subspan(prefix);
    }
    list_walk walk(*this, list.rule, t);
    walk.wants(wanted);
    walk.came(came);
    return walk.compare();
}

} // namespace mailspec::match
