#include "harness/run/sieve_dialogue.hpp"

#include "harness/run/abandoned.hpp"

namespace mailspec::run {
namespace {

using wire::sieve::response_kind;

constexpr std::size_t most_lines = 50000;

} // namespace

void sieve_dialogue::begin(exchange&, match::outgoing&) {}

script<> sieve_dialogue::hear(exchange& x) {
    for (;;) {
        const auto r = reader_.next(line_.in);
        if (r.what == wire::reading::kind::fault)
            refuse(r);
        if (r.what == wire::reading::kind::need_more) {
            line_.partly = reader_.inside_literal() ? "in the midst of a literal" : "";
            co_await stage_.receive(line_);
            continue;
        }
        if (lines_.size() == count_) {
            lines_.emplace_back();
            frames_.emplace_back();
        }
        auto& got = lines_[count_];
        wire::sieve::parse(line_.in.bytes(r.got), r.got.at, got, found_);
        take(r.got, found_);
        frames_[count_++] = r.got;
        const bool challenges = is_command(x.asked, "AUTHENTICATE") && got.kind == response_kind::data;
        line_.exchange_open = challenges;
        if (got.kind != response_kind::data || challenges)
            break;
        if (count_ > most_lines)
            refuse({wire::reading::kind::fault, {}, wire::fault::response_too_long, 0});
    }
    if (lines_[count_ - 1].kind == response_kind::bye)
        line_.last_words = decisive();
    if (is_command(x.asked, "CAPABILITY") || x.asked == unasked_greeting)
        learn();
}

void sieve_dialogue::learn() {
    line_.can.begin();
    for (std::size_t i = 0; i < count_; ++i) {
        auto& values = lines_[i].values;
        values.rebase(line_.in.bytes(frames_[i]));
        const auto* name = lines_[i].kind == response_kind::data ? values.child(values.root()) : nullptr;
        if (!name)
            continue;
        const auto* value = values.next(*name);
        const auto parameters = value ? values.text(*value) : std::string();
        line_.can.add(values.text(*name), parameters);
    }
}

script<> sieve_dialogue::greet() {
    line_.asked = unasked_greeting;
    stage_.begin_answer(line_);
    exchange greeting;
    greeting.asked = line_.asked;
    co_await hear(greeting);
    line_.greeting = decisive();
}

match::answer sieve_dialogue::answer() {
    for (std::size_t i = 0; i < count_; ++i)
        lines_[i].values.rebase(line_.in.bytes(frames_[i]));
    return match::sieve_answer{std::span<const wire::sieve::response>(lines_).first(count_)};
}

void sieve_dialogue::release() {
    count_ = 0;
    line_.in.release(line_.framed);
}

dialogue::success sieve_dialogue::succeeded() {
    if (count_ == 0)
        return success::no;
    switch (lines_[count_ - 1].kind) {
    case response_kind::ok: return success::yes;
    case response_kind::data: return success::more;
    case response_kind::no:
    case response_kind::bye: break;
    }
    return success::no;
}

std::string_view sieve_dialogue::decisive() {
    if (count_ == 0)
        return {};
    auto said = line_.in.bytes(frames_[count_ - 1]);
    while (said.ends_with('\n') || said.ends_with('\r'))
        said.remove_suffix(1);
    return said;
}

std::string sieve_dialogue::challenge() {
    if (count_ == 0)
        return {};
    auto& values = lines_[count_ - 1].values;
    values.rebase(line_.in.bytes(frames_[count_ - 1]));
    const auto* first = values.child(values.root());
    return first ? values.text(*first) : std::string();
}

} // namespace mailspec::run
