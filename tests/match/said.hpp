#pragma once

#include "harness/match/judge.hpp"
#include "harness/wire/buffer.hpp"
#include "harness/wire/imap/frame_reader.hpp"
#include "harness/wire/sieve/frame_reader.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mailspec::match::test {

/// What a server said in answer to one command, parsed; holds the octets that the answer's views point to.
class said {
public:
    static said imap(std::string_view octets) {
        said s(octets);
        s.frames<wire::imap::frame_reader>([&](std::string_view frame) {
            wire::imap::response r;
            wire::imap::parse(frame, 0, r, s.findings_);
            if (r.form == wire::imap::response_form::untagged)
                s.untagged_.push_back(std::move(r));
            else
                (r.form == wire::imap::response_form::tagged ? s.completion_ : s.continuation_) =
                    std::make_unique<wire::imap::response>(std::move(r));
        });
        return s;
    }

    static said pop3(std::string_view octets) {
        said s(octets);
        const bool many = octets.find("\r\n") + 2 < octets.size();
        using shape = wire::pop3::frame_reader::shape;
        wire::pop3::parse(*s.octets_, 0, many ? shape::multi_line_if_ok : shape::single_line, s.pop3_, s.findings_);
        return s;
    }

    static said smtp(std::string_view octets) {
        said s(octets);
        wire::smtp::parse(*s.octets_, 0, wire::smtp::context::other, s.smtp_, s.findings_);
        return s;
    }

    static said sieve(std::string_view octets) {
        said s(octets);
        s.frames<wire::sieve::frame_reader>([&](std::string_view frame) {
            s.lines_.emplace_back();
            wire::sieve::parse(frame, 0, s.lines_.back(), s.findings_);
        });
        return s;
    }

    answer imap_got() const { return imap_answer{untagged_, completion_.get(), continuation_.get()}; }
    answer pop3_got() const { return pop3_answer{&pop3_}; }
    answer smtp_got() const { return smtp_answer{&smtp_}; }
    answer sieve_got() const { return sieve_answer{lines_}; }

private:
    explicit said(std::string_view octets) : octets_(std::make_unique<std::string>(octets)) {}

    template <class Reader, class Take> void frames(Take take) {
        wire::buffer in;
        const auto room = in.prepare(octets_->size());
        std::copy(octets_->begin(), octets_->end(), room.begin());
        in.commit(octets_->size());
        Reader reader;
        for (auto r = reader.next(in); r.what == wire::reading::kind::ready; r = reader.next(in))
            take(std::string_view(*octets_).substr(r.got.at, r.got.size));
    }

    std::unique_ptr<std::string> octets_;
    std::vector<rfc::finding> findings_;
    std::vector<wire::imap::response> untagged_;
    std::unique_ptr<wire::imap::response> completion_, continuation_;
    wire::pop3::reply pop3_;
    wire::smtp::reply smtp_;
    std::vector<wire::sieve::response> lines_;
};

/// Expectations in the shorthand of these tests: "never:" and "may:" in front, "order", "extra", "case", "text" as
/// given; one line each.
struct wish {
    std::string_view source;
    strictness strict = {};
};

inline expectations wanted(wire::protocol p, std::initializer_list<wish> wishes) {
    expectations out;
    std::uint32_t line = 0;
    for (wish w : wishes) {
        expectation e;
        e.line = ++line;
        for (const auto& [prefix, what] :
             {std::pair<std::string_view, expectation::kind>{"never:", expectation::kind::never},
              {"may:", expectation::kind::may}}) {
            if (!w.source.starts_with(prefix))
                continue;
            w.source.remove_prefix(prefix.size());
            e.what = what;
        }
        auto made = pattern::compile(p, w.source, w.strict);
        if (const auto* error = std::get_if<syntax_error>(&made))
            throw std::runtime_error(std::string(w.source) + ": " + error->message);
        e.shape = std::get<pattern>(std::move(made));
        out.all.push_back(std::move(e));
    }
    return out;
}

/// The misses as one text: "1: why; 2: why"; "" for none.
inline std::string show(const std::vector<miss>& misses) {
    std::string out;
    for (const miss& m : misses)
        out.append(out.empty() ? "" : "; ").append(std::to_string(m.line)).append(": ").append(m.why);
    return out;
}

inline std::string judged(const expectations& e, const answer& got, variables& bound) {
    return show(judge(e, got, bound, {}));
}

} // namespace mailspec::match::test
