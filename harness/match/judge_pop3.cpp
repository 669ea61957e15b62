#include "harness/match/ascii.hpp"
#include "harness/match/functions.hpp"
#include "harness/match/judges.hpp"

#include <algorithm>

namespace mailspec::match {

namespace {

using status = pop3_shape::status;
using wire::pop3::reply;

constexpr text_rule status_rule{text_rule::letters::any_case, text_rule::extent::leading_words,
                                text_rule::holes::words};
constexpr text_rule data_rule{text_rule::letters::same_case, text_rule::extent::whole, text_rule::holes::words};

std::string status_line(const reply& r) {
    constexpr std::string_view names[] = {"+OK", "-ERR", "+", ""};
    std::string out(names[static_cast<std::size_t>(r.what)]);
    if (!r.code.empty())
        out.append(" [").append(r.code).append("]");
    if (!r.text.empty())
        out.append(out.empty() ? "" : " ").append(r.text);
    return out;
}

text_rule payload_rule(const strictness& s) {
    const bool same = s.letters == strictness::letters::same_case;
    return {same ? text_rule::letters::same_case : text_rule::letters::any_case, text_rule::extent::whole,
            text_rule::holes::words};
}

class pop3_judge {
public:
    pop3_judge(const expectations& wanted, const reply& got, variables& bound)
        : wanted_(wanted), got_(got), bound_(bound) {
        for (std::string_view left = got.payload; !left.empty();) {
            const std::size_t end = std::min(left.find("\r\n"), left.size());
            lines_.push_back(left.substr(0, end));
            left.remove_prefix(std::min(end + 2, left.size()));
        }
        used_.assign(lines_.size(), false);
    }

    std::vector<miss> run() {
        const std::size_t mark = bound_.mark();
        for (const expectation& e : wanted_.all)
            if (e.what == expectation::kind::must)
                must(e);
        if (!described_ && got_.what != wire::pop3::status::ok)
            misses_.push_back({0, "+OK", status_line(got_), "the reply is not +OK"});
        if (misses_.empty() && !lines_expected_.empty() && !sequence(0, 0))
            explain_lines();
        for (const expectation& e : wanted_.all)
            if (e.what == expectation::kind::never)
                never(e);
        if (misses_.empty() && wanted_.extra == expectations::extra::forbidden && !whole_)
            check_extras();
        if (!misses_.empty())
            bound_.rollback(mark);
        return std::move(misses_);
    }

private:
    comparison comparing(const expectation& e) { return {bound_, e.shape.inner().strict, {}}; }

    void must(const expectation& e) {
        const auto& shape = shape_of<pop3_shape>(e);
        if (shape.what == status::payload) {
            if (!takes_whole(shape))
                return lines_expected_.push_back(&e);
            whole_ = true;
            comparison by = comparing(e);
            if (!whole_matches(shape, by))
                misses_.push_back(missed(e, bound_, std::string(got_.payload), "the payload " + by.why()));
            return;
        }
        described_ = true;
        comparison by = comparing(e);
        if (!status_matches(shape, by))
            misses_.push_back(missed(e, bound_, status_line(got_), "the reply " + by.why()));
    }

    bool takes_whole(const pop3_shape& shape) const {
        if (!shape.whole_payload)
            return false;
        const piece& p = shape.text.front();
        const auto value = evaluate(p.value, bound_);
        const auto* octets = std::get_if<std::string>(&value);
        return p.wanted == kind::octets || (octets && octets->find("\r\n") != std::string::npos);
    }

    /// A message without a last CRLF gets one on its way through POP3.
    bool whole_matches(const pop3_shape& shape, comparison& by) {
        const piece& p = shape.text.front();
        const auto value = evaluate(p.value, bound_);
        const auto* octets = std::get_if<std::string>(&value);
        if (octets && !octets->ends_with("\r\n") && got_.payload == *octets + "\r\n")
            return true;
        return by.octets(p, got_.payload);
    }

    bool status_matches(const pop3_shape& shape, comparison& by) {
        constexpr wire::pop3::status same[] = {wire::pop3::status::ok, wire::pop3::status::err,
                                               wire::pop3::status::continuation};
        constexpr std::string_view names[] = {"+OK", "-ERR", "+"};
        const auto index = static_cast<std::size_t>(shape.what);
        if (got_.what != same[index])
            return by.differs("is not " + std::string(names[index]));
        if (!shape.code.empty() && !same_letters(shape.code, got_.code))
            return by.differs("carries " + (got_.code.empty() ? "no code" : "[" + shown(got_.code, 40) + "]") +
                              ", expected [" + shape.code + "]");
        if (!shape.text_counts)
            return true;
        return by.text(shape.text, got_.text, shape.what == status::continuation ? data_rule : status_rule) ||
               by.differs("text " + by.why());
    }

    bool line_matches(const expectation& e, std::string_view line) {
        comparison by = comparing(e);
        return by.text(shape_of<pop3_shape>(e).text, line, payload_rule(e.shape.inner().strict));
    }

    bool sequence(std::size_t k, std::size_t from) {
        if (k == lines_expected_.size())
            return true;
        for (std::size_t j = from; j < lines_.size(); ++j) {
            const std::size_t mark = bound_.mark();
            if (!line_matches(*lines_expected_[k], lines_[j]))
                continue;
            used_[j] = true;
            if (sequence(k + 1, j + 1))
                return true;
            used_[j] = false;
            bound_.rollback(mark);
            if (++tries_ > most_tries)
                return false;
        }
        return false;
    }

    void explain_lines() {
        std::size_t from = 0;
        for (const expectation* e : lines_expected_) {
            std::size_t j = from;
            while (j < lines_.size() && !line_matches(*e, lines_[j]))
                ++j;
            if (j == lines_.size())
                misses_.push_back(nearest(*e, from));
            else
                from = j + 1;
        }
        if (misses_.empty())
            misses_.push_back(
                missed(*lines_expected_.front(), bound_, {}, "the lines fit one by one, but not all at once"));
    }

    miss nearest(const expectation& e, std::size_t from) {
        const std::string expected = filled_in(e.shape.source(), bound_);
        std::size_t most = 0, best = lines_.size();
        for (std::size_t j = 0; j < lines_.size(); ++j) {
            const auto parted =
                std::mismatch(expected.begin(), expected.end(), lines_[j].begin(), lines_[j].end()).first;
            const auto alike = static_cast<std::size_t>(parted - expected.begin());
            if (alike > most) {
                most = alike;
                best = j;
            }
        }
        if (best == lines_.size())
            return missed(e, bound_, {}, "none of the " + std::to_string(lines_.size()) + " lines is like it");
        comparison by = comparing(e);
        const std::size_t mark = bound_.mark();
        const bool same = by.text(shape_of<pop3_shape>(e).text, lines_[best], payload_rule(e.shape.inner().strict));
        bound_.rollback(mark);
        std::string why =
            same && best < from ? "this line came before the one expected in front of it" : "the line " + by.why();
        return missed(e, bound_, std::string(lines_[best]), std::move(why));
    }

    void never(const expectation& e) {
        const auto& shape = shape_of<pop3_shape>(e);
        const std::size_t mark = bound_.mark();
        comparison by = comparing(e);
        if (shape.what != status::payload) {
            if (status_matches(shape, by))
                misses_.push_back(missed(e, bound_, status_line(got_), "must never come, but did"));
        } else if (takes_whole(shape)) {
            if (whole_matches(shape, by))
                misses_.push_back(missed(e, bound_, std::string(got_.payload), "must never come, but did"));
        } else {
            const auto found =
                std::find_if(lines_.begin(), lines_.end(), [&](std::string_view l) { return line_matches(e, l); });
            if (found != lines_.end())
                misses_.push_back(missed(e, bound_, std::string(*found), "must never come, but did"));
        }
        bound_.rollback(mark);
    }

    void check_extras() {
        for (std::size_t j = 0; j < lines_.size(); ++j) {
            const std::size_t mark = bound_.mark();
            const bool allowed =
                used_[j] || std::any_of(wanted_.all.begin(), wanted_.all.end(), [&](const expectation& e) {
                    return e.what == expectation::kind::may && shape_of<pop3_shape>(e).what == status::payload &&
                           line_matches(e, lines_[j]);
                });
            bound_.rollback(mark);
            if (!allowed)
                misses_.push_back(
                    {0, "no further line", std::string(lines_[j]), "nothing beyond what is named may come here"});
        }
    }

    static constexpr int most_tries = 10'000;

    const expectations& wanted_;
    const reply& got_;
    variables& bound_;
    std::vector<std::string_view> lines_;
    std::vector<bool> used_;
    std::vector<const expectation*> lines_expected_;
    std::vector<miss> misses_;
    bool described_ = false;
    bool whole_ = false;
    int tries_ = 0;
};

} // namespace

std::vector<miss> judge_pop3(const expectations& wanted, const reply& got, variables& bound) {
    if (wanted.all.empty() && wanted.extra == expectations::extra::allowed && got.what == wire::pop3::status::ok)
        return {};
    return pop3_judge(wanted, got, bound).run();
}

} // namespace mailspec::match
