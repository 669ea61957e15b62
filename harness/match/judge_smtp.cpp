#include "harness/match/ascii.hpp"
#include "harness/match/judges.hpp"

#include <algorithm>

namespace mailspec::match {

namespace {

using wire::smtp::reply;

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> out;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find(' '), line.size());
        if (end > 0)
            out.push_back(line.substr(0, end));
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return out;
}

std::string as_lines(const reply& r) {
    std::string out;
    for (std::size_t i = 0; i < r.lines.size(); ++i) {
        out.append(i == 0 ? "" : "\r\n").append(std::to_string(r.code));
        out.append(i + 1 == r.lines.size() ? " " : "-").append(r.lines[i].text);
    }
    return out;
}

/// The keyword first, then each parameter named, in any order; others may stand between.
bool keyword_line_matches(std::string_view wanted, std::string_view line) {
    const auto want = words(wanted), have = words(line);
    if (want.empty() || have.empty() || !same_letters(want.front(), have.front()))
        return false;
    return std::all_of(want.begin() + 1, want.end(), [&](std::string_view w) {
        return std::any_of(have.begin() + 1, have.end(), [&](std::string_view h) { return same_letters(w, h); });
    });
}

class smtp_judge {
public:
    smtp_judge(const expectations& wanted, const reply& got, variables& bound)
        : wanted_(wanted), got_(got), bound_(bound), used_(got.lines.size(), false) {}

    std::vector<miss> run() {
        const std::size_t mark = bound_.mark();
        for (const expectation& e : wanted_.all)
            if (e.what == expectation::kind::must)
                must(e);
        if (!described_ && !got_.positive() && got_.code / 100 != 3)
            misses_.push_back(
                {0, "2xx", as_lines(got_), "the code is " + std::to_string(got_.code) + ", expected 2xx"});
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
    void must(const expectation& e) {
        described_ = true;
        comparison by(bound_, e.shape.inner().strict, {});
        if (!fits(shape_of<smtp_shape>(e), by))
            misses_.push_back(missed(e, bound_, as_lines(got_), by.why()));
    }

    void never(const expectation& e) {
        const std::size_t mark = bound_.mark();
        comparison by(bound_, e.shape.inner().strict, {});
        if (fits(shape_of<smtp_shape>(e), by))
            misses_.push_back(missed(e, bound_, as_lines(got_), "must never come, but did"));
        bound_.rollback(mark);
    }

    bool fits(const smtp_shape& shape, comparison& by) {
        const std::string code = std::to_string(got_.code);
        for (std::size_t i = 0; i < 3; ++i)
            if (shape.code[i] != 'x' && (i >= code.size() || shape.code[i] != code[i]))
                return by.differs("the code is " + code + ", expected " + std::string(shape.code.data(), 3));
        if (!enhanced_fits(shape, by))
            return false;
        if (shape.some_line)
            return some_line_fits(shape, by);
        return !shape.text_counts || by.text(shape.text, own_text(), text_rule_of(shape, by)) ||
               by.differs("the text " + by.why());
    }

    static text_rule text_rule_of(const smtp_shape& shape, const comparison& by) {
        const bool data = shape.code[0] == '3';
        const bool compared = data || by.strict().words == strictness::words::compared;
        const bool exact = data || by.strict().letters == strictness::letters::same_case;
        return {exact ? text_rule::letters::same_case : text_rule::letters::any_case,
                compared ? text_rule::extent::whole : text_rule::extent::leading_words, text_rule::holes::words};
    }

    bool enhanced_fits(const smtp_shape& shape, comparison& by) {
        if (shape.enhanced[0] == 0)
            return true;
        const int came[] = {got_.enhanced.klass, got_.enhanced.subject, got_.enhanced.detail};
        if (came[0] == 0)
            return by.differs("there is no enhanced status code");
        for (std::size_t i = 0; i < 3; ++i)
            if (shape.enhanced[i] != -1 && shape.enhanced[i] != came[i])
                return by.differs("the enhanced status code is " + std::to_string(came[0]) + "." +
                                  std::to_string(came[1]) + "." + std::to_string(came[2]));
        return true;
    }

    /// What follows the code and the enhanced code.
    std::string_view own_text() const {
        std::string_view text = got_.text();
        if (got_.enhanced.klass != 0)
            text.remove_prefix(std::min(text.find(' '), text.size()));
        return text.substr(std::min(text.find_first_not_of(' '), text.size()));
    }

    bool some_line_fits(const smtp_shape& shape, comparison& by) {
        for (std::size_t i = 0; i < got_.lines.size(); ++i) {
            if (!line_fits(shape, got_.lines[i].text, by))
                continue;
            used_[i] = true;
            return true;
        }
        return by.differs("no line of the reply says " + filled_in(shape.text, bound_));
    }

    bool line_fits(const smtp_shape& shape, std::string_view line, comparison& by) {
        const bool constant = shape.text.size() == 1 && shape.text.front().what == piece::form::octets;
        const strictness& s = by.strict();
        if (constant && s.order == strictness::order::free && s.extra == strictness::extra::allowed)
            return keyword_line_matches(shape.text.front().octets, line);
        const bool whole = s.extra == strictness::extra::forbidden;
        return by.text(shape.text, line,
                       {text_rule::letters::any_case,
                        whole ? text_rule::extent::whole : text_rule::extent::leading_words, text_rule::holes::words});
    }

    /// The first line of a reply greets; only keyword lines after it can be extra.
    void check_extras() {
        for (std::size_t i = 1; i < got_.lines.size(); ++i) {
            const std::size_t mark = bound_.mark();
            const bool allowed =
                used_[i] || std::any_of(wanted_.all.begin(), wanted_.all.end(), [&](const expectation& e) {
                    comparison by(bound_, e.shape.inner().strict, {});
                    const auto& shape = shape_of<smtp_shape>(e);
                    return e.what == expectation::kind::may && shape.some_line &&
                           line_fits(shape, got_.lines[i].text, by);
                });
            bound_.rollback(mark);
            if (!allowed)
                misses_.push_back({0, "no further line", std::string(got_.lines[i].text),
                                   "nothing beyond what is named may come here"});
        }
    }

    const expectations& wanted_;
    const reply& got_;
    variables& bound_;
    std::vector<bool> used_;
    std::vector<miss> misses_;
    bool described_ = false;
};

} // namespace

std::vector<miss> judge_smtp(const expectations& wanted, const reply& got, variables& bound) {
    if (wanted.all.empty() && wanted.extra == expectations::extra::allowed && (got.positive() || got.code / 100 == 3))
        return {};
    return smtp_judge(wanted, got, bound).run();
}

} // namespace mailspec::match
