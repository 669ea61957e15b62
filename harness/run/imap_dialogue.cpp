#include "harness/run/imap_dialogue.hpp"

#include "harness/run/abandoned.hpp"

#include <charconv>
#include <utility>

namespace mailspec::run {
namespace {

using wire::imap::response_form;
using wire::imap::response_kind;

constexpr std::size_t tag_room = 16;

/// Tags of different lines begin with different letters, so that a transcript of several sessions can be read.
std::string_view write_tag(std::size_t line, std::uint32_t number, char (&room)[tag_room]) {
    room[0] = static_cast<char>('a' + line % 26);
    const auto end = std::to_chars(room + 1, room + tag_room, number).ptr;
    return {room, static_cast<std::size_t>(end - room)};
}

std::string_view without_line_end(std::string_view octets) {
    while (octets.ends_with('\n') || octets.ends_with('\r'))
        octets.remove_suffix(1);
    return octets;
}

} // namespace

void imap_dialogue::begin(exchange& x, match::outgoing& into) {
    if (x.how != exchange::form::line)
        return;
    if (line_.exchange_open) {
        x.tag = open_tag_;
        return;
    }
    x.tag = ++last_tag_;
    char room[tag_room];
    into.octets += write_tag(line_.number, x.tag, room);
    into.octets += ' ';
}

void imap_dialogue::end(exchange& x, std::size_t begun, match::outgoing& into) {
    if (x.how == exchange::form::raw) {
        const auto text = std::string_view(into.octets).substr(begun);
        if (!raw_line_open_)
            raw_tag_ = text.substr(0, text.find_first_of(" \r\n"));
        raw_line_open_ = !text.ends_with('\n');
    } else {
        into.octets += "\r\n";
    }
}

bool imap_dialogue::is_tag_of(const exchange& x, std::string_view tag) const {
    if (x.how == exchange::form::raw)
        return raw_tag_.empty() || tag == raw_tag_;
    char room[tag_room];
    return tag == write_tag(line_.number, x.tag, room);
}

stage::insisting imap_dialogue::send(std::string_view octets) {
    if (line_.secured && !std::exchange(secured_, true))
        monitor_.secured();
    monitor_.sent(octets);
    return stage_.send(line_, octets);
}

void imap_dialogue::note_closed() {
    if (stage_.last_trouble() != trouble::closed)
        return;
    monitor_.closed(line_.in.end(), found_);
    note_finding(has_closed);
}

script<> imap_dialogue::say(exchange& x, const match::outgoing& out) {
    numbering_.mark();
    const std::string_view octets = out.octets;
    std::size_t from = 0;
    for (const auto wait : out.waits) {
        co_await send(octets.substr(from, wait - from));
        from = wait;
        stage_.begin_answer(line_);
        co_await hear(x);
        if (holds_ != held::continuation) {
            x.now = exchange::state::answered;
            co_return;
        }
        holds_ = held::nothing;
        line_.exchange_open = false;
    }
    co_await send(octets.substr(from));
    stage_.begin_answer(line_);
}

script<> imap_dialogue::hear(exchange& x) {
    if (x.now == exchange::state::answered || take_early(x))
        co_return;
    try {
        for (;;) {
            const auto came = next(x);
            if (came == arrival::completion || came == arrival::continuation)
                break;
            if (came == arrival::nothing)
                co_await stage_.receive(line_);
            else if (came == arrival::untagged && x.how == exchange::form::raw &&
                     untagged_[count_ - 1].kind == response_kind::bad)
                break;
        }
    } catch (const abandoned&) {
        note_closed();
        throw;
    }
    line_.exchange_open = holds_ == held::continuation;
    open_tag_ = x.tag;
    if (holds_ == held::completion)
        note_state(x.asked);
}

void imap_dialogue::note_state(std::string_view asked) {
    const bool selects = is_command(asked, "SELECT") || is_command(asked, "EXAMINE");
    const bool done = succeeded() == success::yes;
    if (selects)
        line_.selected = done;
    else if (done && (is_command(asked, "UNSELECT") || is_command(asked, "CLOSE")))
        line_.selected = false;
    else if (done && (is_command(asked, "LOGIN") || is_command(asked, "AUTHENTICATE")))
        line_.logged_in = true;
}

script<> imap_dialogue::greet() {
    line_.asked = unasked_greeting;
    stage_.begin_answer(line_);
    auto r = reader_.next(line_.in);
    for (; r.what == wire::reading::kind::need_more; r = reader_.next(line_.in))
        co_await stage_.receive(line_);
    if (r.what == wire::reading::kind::fault)
        refuse(r);
    if (!line_.in.bytes(r.got).starts_with('*'))
        refuse_greeting(r.got);
    const exchange none;
    sort(none, r.got);
    line_.greeting = without_line_end(line_.in.bytes(r.got));
    line_.logged_in = count_ > 0 && untagged_[0].kind == response_kind::preauth;
}

imap_dialogue::arrival imap_dialogue::next(const exchange& x) {
    const auto r = reader_.next(line_.in);
    if (r.what == wire::reading::kind::ready)
        return sort(x, r.got);
    if (r.what == wire::reading::kind::fault)
        refuse(r);
    line_.partly = reader_.inside_literal() ? "in the midst of a literal" : "";
    return arrival::nothing;
}

void imap_dialogue::refuse_too_much(wire::frame f) {
    std::size_t kept = f.at + f.size - line_.in.begin();
    for (const auto& each : early_)
        kept += each.octets.size();
    if (count_ <= most_responses && early_.size() <= most_early && kept <= most_.response)
        return;
    line_.open = false;
    throw abandoned{verdict::outcome::inconclusive, line_.show() + " did not come to an end in " + line_.answer() +
                                                        ": " + std::to_string(count_ + early_.size()) +
                                                        " responses, more are not read"};
}

imap_dialogue::arrival imap_dialogue::sort(const exchange& x, wire::frame f) {
    refuse_too_much(f);
    const auto octets = line_.in.bytes(f);
    const bool may_decide = holds_ == held::nothing && !octets.starts_with('*');
    auto& r = may_decide ? decisive_ : next_untagged();
    wire::imap::parse(octets, f.at, r, found_);
    monitor_.received(r, found_);
    take(f, found_);
    learn(r, f);
    if (r.form == response_form::tagged || r.form == response_form::continuation)
        return sort_decisive(x, r, f);
    if (may_decide) // malformed
        std::swap(next_untagged(), decisive_);
    else if (r.kind == response_kind::expunge)
        numbering_.expunge(r.number);
    frames_[count_++] = f;
    return arrival::untagged;
}

imap_dialogue::arrival imap_dialogue::sort_decisive(const exchange& x, wire::imap::response& r, wire::frame f) {
    const bool tagged = r.form == response_form::tagged;
    if (tagged && !is_tag_of(x, r.tag())) {
        early_.push_back({std::string(line_.in.bytes(f)), f.at});
        return arrival::other_completion;
    }
    if (&r != &decisive_)
        std::swap(r, decisive_);
    decisive_frame_ = f;
    decisive_octets_.clear();
    holds_ = tagged ? held::completion : held::continuation;
    return tagged ? arrival::completion : arrival::continuation;
}

wire::imap::response& imap_dialogue::next_untagged() {
    if (untagged_.size() == count_) {
        untagged_.emplace_back();
        frames_.emplace_back();
    }
    return untagged_[count_];
}

bool imap_dialogue::take_early(const exchange& x) {
    for (auto each = early_.begin(); each != early_.end(); ++each) {
        std::vector<rfc::finding> noted_before;
        wire::imap::parse(each->octets, each->at, decisive_, noted_before);
        if (!is_tag_of(x, decisive_.tag()))
            continue;
        decisive_octets_ = std::move(each->octets);
        early_.erase(each);
        holds_ = held::completion;
        line_.exchange_open = false;
        return true;
    }
    return false;
}

void imap_dialogue::learn(const wire::imap::response& r, wire::frame f) {
    const auto& values = r.values;
    if (r.kind == response_kind::capability) {
        line_.can.begin();
        for (auto* each = values.child(values.root()); each; each = values.next(*each))
            line_.can.add(values.raw(*each));
    } else if (r.is_status()) {
        if (r.kind == response_kind::bye)
            line_.last_words = without_line_end(line_.in.bytes(f));
        const auto* code = r.code();
        const auto* name = code ? values.child(*code) : nullptr;
        if (!name || !values.equals_ci(*name, "CAPABILITY"))
            return;
        line_.can.begin();
        for (auto* each = values.next(*name); each; each = values.next(*each))
            line_.can.add(values.raw(*each));
    }
}

std::span<const wire::imap::response> imap_dialogue::untagged() {
    for (std::size_t i = 0; i < count_; ++i)
        untagged_[i].values.rebase(line_.in.bytes(frames_[i]));
    return std::span(untagged_).first(count_);
}

match::answer imap_dialogue::answer() {
    match::imap_answer a;
    a.untagged = untagged();
    if (holds_ == held::nothing)
        return a;
    decisive_.values.rebase(decisive_octets_.empty() ? line_.in.bytes(decisive_frame_)
                                                     : std::string_view(decisive_octets_));
    (holds_ == held::completion ? a.completion : a.continuation) = &decisive_;
    return a;
}

void imap_dialogue::release() {
    count_ = 0;
    holds_ = held::nothing;
    line_.in.release(line_.framed);
}

dialogue::success imap_dialogue::succeeded() {
    if (holds_ == held::continuation)
        return success::more;
    return holds_ == held::completion && decisive_.kind == response_kind::ok ? success::yes : success::no;
}

std::string_view imap_dialogue::decisive() {
    if (holds_ != held::nothing)
        return without_line_end(decisive_octets_.empty() ? line_.in.bytes(decisive_frame_)
                                                         : std::string_view(decisive_octets_));
    return count_ > 0 ? without_line_end(line_.in.bytes(frames_[count_ - 1])) : std::string_view();
}

std::string imap_dialogue::challenge() {
    if (holds_ != held::continuation)
        return {};
    auto said = decisive();
    said.remove_prefix(std::min<std::size_t>(said.size(), said.starts_with("+ ") ? 2 : 1));
    return std::string(said);
}

void imap_dialogue::gather() {
    exchange open;
    open.tag = open_tag_;
    while (next(open) != arrival::nothing) {
    }
}

} // namespace mailspec::run
