#include "harness/match/ascii.hpp"
#include "harness/match/judges.hpp"

#include <algorithm>
#include <array>

namespace mailspec::match {

namespace {

using wire::sieve::response;
using wire::sieve::response_kind;

std::string_view name_of(const response& r) {
    constexpr std::array<std::string_view, 4> names = {"OK", "NO", "BYE", ""};
    return names[static_cast<std::size_t>(r.kind)];
}

class sieve_judge {
public:
    sieve_judge(const expectations& wanted, std::span<const response> lines, variables& bound)
        : wanted_(wanted), lines_(lines), bound_(bound), used_(lines.size(), false) {}

    std::vector<miss> run() {
        const std::size_t mark = bound_.mark();
        for (const expectation& e : wanted_.all)
            if (e.what == expectation::kind::must)
                must(e);
        const bool ended = !lines_.empty() && lines_.back().kind != response_kind::data;
        if (!described_ && ended && lines_.back().kind != response_kind::ok)
            misses_.push_back({0, "OK", octets_of(lines_.back().values), "the answer is not OK"});
        for (const expectation& e : wanted_.all)
            if (e.what == expectation::kind::never)
                never(e);
        if (misses_.empty() && wanted_.extra == expectations::extra::forbidden)
            check_extras();
        if (!misses_.empty())
            bound_.rollback(mark);
        return std::move(misses_);
    }

private:
    bool fits(const expectation& e, const response& r, comparison& by) {
        const auto& shape = shape_of<sieve_shape>(e);
        if (!same_letters(shape.name, name_of(r)))
            return by.differs("is " + shown(octets_of(r.values), 40) + ", expected " +
                              (shape.name.empty() ? "a line of strings" : shape.name));
        const wire::imap::node* first = r.values.child(r.values.root());
        const std::size_t mark = bound_.mark();
        const bool coded = first && first->kind == wire::imap::value_kind::list;
        if (shape.code && !coded)
            return by.differs("carries no response code");
        bool same = !shape.code || by.items(*shape.code, r.values, r.values.child(*first));
        if (coded && !shape.name.empty())
            first = r.values.next(*first);
        same = same && (shape.values.children.empty() || by.items(shape.values, r.values, first));
        if (!same)
            bound_.rollback(mark);
        return same;
    }

    bool fits(const expectation& e, const response& r) {
        comparison by(bound_, e.shape.inner().strict, {});
        return fits(e, r, by);
    }

    void must(const expectation& e) {
        const bool status = e.shape.describes() == pattern::role::completion;
        described_ = described_ || status;
        comparison by(bound_, e.shape.inner().strict, {});
        if (status) {
            if (lines_.empty() || !fits(e, lines_.back(), by))
                misses_.push_back(missed(e, bound_, lines_.empty() ? std::string() : octets_of(lines_.back().values),
                                         "the answer " + by.why()));
            return;
        }
        std::size_t from = wanted_.order == expectations::order::kept ? next_ : 0;
        for (; from < lines_.size(); ++from) {
            if (used_[from] || !fits(e, lines_[from]))
                continue;
            used_[from] = true;
            next_ = from + 1;
            return;
        }
        misses_.push_back(nearest(e));
    }

    miss nearest(const expectation& e) {
        const response* best = nullptr;
        int most = -1;
        std::string why = "no line is like it";
        for (const response& r : lines_) {
            comparison by(bound_, e.shape.inner().strict, {});
            const std::size_t mark = bound_.mark();
            if (r.kind == response_kind::data && !fits(e, r, by) && by.agreed() > most) {
                most = by.agreed();
                best = &r;
                why = "the line: " + by.why();
            }
            bound_.rollback(mark);
        }
        return missed(e, bound_, best ? octets_of(best->values) : std::string(), std::move(why));
    }

    void never(const expectation& e) {
        for (const response& r : lines_) {
            const std::size_t mark = bound_.mark();
            const bool came = fits(e, r);
            bound_.rollback(mark);
            if (came)
                return misses_.push_back(missed(e, bound_, octets_of(r.values), "must never come, but did"));
        }
    }

    void check_extras() {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const std::size_t mark = bound_.mark();
            const bool allowed = used_[i] || lines_[i].kind != response_kind::data ||
                                 std::any_of(wanted_.all.begin(), wanted_.all.end(), [&](const expectation& e) {
                                     return e.what == expectation::kind::may && fits(e, lines_[i]);
                                 });
            bound_.rollback(mark);
            if (!allowed)
                misses_.push_back(
                    {0, "no further line", octets_of(lines_[i].values), "nothing beyond what is named may come here"});
        }
    }

    const expectations& wanted_;
    std::span<const response> lines_;
    variables& bound_;
    std::vector<bool> used_;
    std::vector<miss> misses_;
    std::size_t next_ = 0;
    bool described_ = false;
};

} // namespace

std::vector<miss> judge_sieve(const expectations& wanted, const sieve_answer& got, variables& bound) {
    return sieve_judge(wanted, got.lines, bound).run();
}

} // namespace mailspec::match
