#include "harness/match/ascii.hpp"
#include "harness/match/judges.hpp"

#include <algorithm>

namespace mailspec::match {

using wire::imap::response;
using wire::imap::response_kind;

namespace {

using role = pattern::role;

bool succeeded(const imap_answer& got) { return got.completion ? got.completion->kind == response_kind::ok : true; }

/// Judges one answer: gives every must a response of its own (FETCH responses may serve several), then looks at
/// what must never come and at what nobody asked for.
class imap_judge {
public:
    imap_judge(const expectations& wanted, const imap_answer& got, variables& bound, const number_now& number)
        : wanted_(wanted), got_(got), bound_(bound), number_(number), used_(got.untagged.size(), 0) {
        for (const expectation& e : wanted.all)
            if (e.what == expectation::kind::must)
                musts_.push_back(&e);
    }

    std::vector<miss> run() {
        const std::size_t mark = bound_.mark();
        if (!assign(0, 0)) {
            bound_.rollback(mark);
            explain();
        }
        check_success();
        check_nevers();
        if (misses_.empty() && wanted_.extra == expectations::extra::forbidden)
            check_extras();
        if (!misses_.empty())
            bound_.rollback(mark);
        return std::move(misses_);
    }

private:
    /// What message n is called in front of the untagged response `index`; EXPUNGEs before it shift the numbers.
    std::uint32_t number_at(std::uint32_t n, std::size_t index) const {
        const std::uint32_t last = shifted(n, got_.untagged.size());
        const std::uint32_t now = number_ ? number_(n) : last;
        return now == last ? shifted(n, index) : now; // VANISHED or another command moved it: only the end is known
    }

    std::uint32_t shifted(std::uint32_t n, std::size_t upto) const {
        for (std::size_t i = 0; i < upto && n != 0; ++i) {
            const response& r = got_.untagged[i];
            if (r.kind == response_kind::expunge && r.number <= n)
                n = r.number == n ? 0 : n - 1;
        }
        return n;
    }

    comparison comparing(const expectation& e, std::size_t index) {
        return {bound_, e.shape.inner().strict, [this, index](std::uint32_t n) { return number_at(n, index); }};
    }

    bool fits(const expectation& e, const response& r, std::size_t index) {
        comparison by = comparing(e, index);
        const bool same = tries_ < most_tries && matches(shape_of<imap_shape>(e), r, by);
        tries_ += by.tries() + 1;
        return same;
    }

    const response* single(const expectation& e) const {
        return e.shape.describes() == role::completion ? got_.completion : got_.continuation;
    }

    bool may_share(std::size_t j) const { return used_[j] == 0 || got_.untagged[j].kind == response_kind::fetch; }

    bool assign(std::size_t k, std::size_t from) {
        if (k == musts_.size())
            return true;
        const expectation& e = *musts_[k];
        const std::size_t mark = bound_.mark();
        if (e.shape.describes() != role::untagged) {
            const response* r = single(e);
            return r && fits(e, *r, got_.untagged.size()) && (assign(k + 1, from) || undo(mark));
        }
        for (std::size_t j = from; j < got_.untagged.size(); ++j) {
            if (!may_share(j) || !fits(e, got_.untagged[j], j))
                continue;
            ++used_[j];
            if (assign(k + 1, wanted_.order == expectations::order::kept ? j : 0))
                return true;
            --used_[j];
            undo(mark);
        }
        return false;
    }

    bool undo(std::size_t mark) {
        bound_.rollback(mark);
        return false;
    }

    /// No assignment holds: takes for each must the first response that is left, and says which find none.
    void explain() {
        std::fill(used_.begin(), used_.end(), 0);
        tries_ = 0;
        std::size_t from = 0;
        for (const expectation* e : musts_) {
            if (e->shape.describes() != role::untagged) {
                explain_single(*e);
                continue;
            }
            std::size_t j = from;
            while (j < got_.untagged.size() && !(may_share(j) && fits(*e, got_.untagged[j], j)))
                ++j;
            if (j < got_.untagged.size()) {
                ++used_[j];
                from = wanted_.order == expectations::order::kept ? j : 0;
            } else {
                misses_.push_back(nearest(*e));
            }
        }
        if (misses_.empty() && !musts_.empty())
            misses_.push_back(missed(*musts_.front(), bound_, {}, "the responses fit one by one, but not all at once"));
    }

    void explain_single(const expectation& e) {
        const response* r = single(e);
        const bool completes = e.shape.describes() == role::completion;
        if (!r) {
            const response* other = completes ? got_.continuation : got_.completion;
            std::string why = completes ? "no tagged response came" : "no continuation request came";
            return misses_.push_back(
                missed(e, bound_, other ? octets_of(other->values) : std::string(), std::move(why)));
        }
        comparison by = comparing(e, got_.untagged.size());
        if (!matches(shape_of<imap_shape>(e), *r, by))
            misses_.push_back(missed(e, bound_, octets_of(r->values), (completes ? "the completion " : "") + by.why()));
    }

    miss nearest(const expectation& e) {
        const response* best = nullptr;
        int most = -1;
        std::string why;
        const std::string& name = shape_of<imap_shape>(e).name;
        for (std::size_t j = 0; j < got_.untagged.size(); ++j) {
            const response& r = got_.untagged[j];
            if (!same_letters(r.name(), name))
                continue;
            comparison by = comparing(e, j);
            const std::size_t mark = bound_.mark();
            const bool same = matches(shape_of<imap_shape>(e), r, by);
            bound_.rollback(mark);
            const int agreed = by.agreed() + (same ? 1000 : used_[j] == 0 ? 1 : 0);
            if (agreed <= most)
                continue;
            most = agreed;
            best = &r;
            why = !same      ? by.why()
                  : used_[j] ? "this one already serves another expectation"
                             : "this one came too early";
        }
        if (!best)
            return missed(e, bound_, {}, "no " + name + " response came");
        return missed(e, bound_, octets_of(best->values), std::move(why));
    }

    void check_success() {
        const bool described = std::any_of(musts_.begin(), musts_.end(), [](const expectation* e) {
            return e->shape.describes() == role::completion || e->shape.describes() == role::continuation;
        });
        if (!described && !succeeded(got_))
            misses_.push_back({0, "OK", octets_of(got_.completion->values),
                               "the completion is " + shown(got_.completion->name(), 40) + ", expected OK"});
    }

    void check_nevers() {
        for (const expectation& e : wanted_.all) {
            if (e.what != expectation::kind::never)
                continue;
            const std::size_t mark = bound_.mark();
            if (e.shape.describes() != role::untagged) {
                if (const response* r = single(e); r && fits(e, *r, got_.untagged.size()))
                    came_though(e, *r);
            } else {
                for (std::size_t j = 0; j < got_.untagged.size(); ++j) {
                    if (!fits(e, got_.untagged[j], j))
                        continue;
                    came_though(e, got_.untagged[j]);
                    break;
                }
            }
            bound_.rollback(mark);
        }
    }

    void came_though(const expectation& e, const response& r) {
        misses_.push_back(missed(e, bound_, octets_of(r.values), "must never come, but did"));
    }

    void check_extras() {
        for (std::size_t j = 0; j < got_.untagged.size(); ++j) {
            if (used_[j] > 0 || allowed(j))
                continue;
            misses_.push_back({0, "no further response", octets_of(got_.untagged[j].values),
                               "nothing beyond what is named may come here"});
        }
    }

    bool allowed(std::size_t j) {
        const std::size_t mark = bound_.mark();
        const bool found = std::any_of(wanted_.all.begin(), wanted_.all.end(), [&](const expectation& e) {
            const bool may = e.what == expectation::kind::may && e.shape.describes() == role::untagged;
            return may && fits(e, got_.untagged[j], j);
        });
        bound_.rollback(mark);
        return found;
    }

    static constexpr int most_tries = 300'000;

    const expectations& wanted_;
    const imap_answer& got_;
    variables& bound_;
    const number_now& number_;
    std::vector<const expectation*> musts_;
    std::vector<int> used_;
    std::vector<miss> misses_;
    int tries_ = 0;
};

} // namespace

std::vector<miss> judge_imap(const expectations& wanted, const imap_answer& got, variables& bound,
                             const number_now& number) {
    if (wanted.all.empty() && wanted.extra == expectations::extra::allowed && succeeded(got))
        return {};
    return imap_judge(wanted, got, bound, number).run();
}

} // namespace mailspec::match
