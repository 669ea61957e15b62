#include "harness/run/smtp_dialogue.hpp"

namespace mailspec::run {
namespace {

bool begins_with_word(std::string_view text, std::string_view upper) {
    return is_command(text.substr(0, text.find_first_of(" \r\n")), upper);
}

} // namespace

smtp_dialogue::smtp_dialogue(stage& on, line& over, wire::limits most)
    : dialogue(on, over, most),
      reader_(most),
      watch_(over.door.protocol == wire::protocol::lmtp ? observe::smtp_session::kind::lmtp
                                                        : observe::smtp_session::kind::smtp) {}

void smtp_dialogue::begin(exchange&, match::outgoing&) {}

void smtp_dialogue::end(exchange& x, std::size_t begun, match::outgoing& into) {
    if (x.how == exchange::form::line && !line_.exchange_open) {
        const auto text = std::string_view(into.octets).substr(begun);
        if (begins_with_word(text, "EHLO") || begins_with_word(text, "LHLO"))
            x.awaited = exchange::shape::ehlo;
    }
    if (x.how == exchange::form::data && line_.door.protocol == wire::protocol::lmtp && recipients_ > 1)
        x.replies = recipients_;
    watch(x, std::string_view(into.octets).substr(begun));
    dialogue::end(x, begun, into);
}

void smtp_dialogue::watch(const exchange& x, std::string_view sent) {
    watch_rest();
    if (line_.secured)
        watch_.secured();
    switch (x.how) {
    case exchange::form::line: return watch_.sent(sent);
    case exchange::form::data: return watch_.sent_message();
    case exchange::form::raw: return watch_.sent_raw(sent);
    }
}

void smtp_dialogue::watch_rest() {
    if (line_.in.end() == line_.framed)
        return;
    watch_.left(line_.in.from(line_.framed), line_.framed, found_);
    note_finding(std::string(came_unasked) + quote(line_.in.from(line_.framed)));
}

script<> smtp_dialogue::hear_one(wire::smtp::context c) {
    for (;;) {
        const auto r = reader_.next(line_.in);
        if (r.what == wire::reading::kind::fault)
            refuse(r);
        if (r.what == wire::reading::kind::ready) {
            frame_ = r.got;
            break;
        }
        co_await stage_.receive(line_);
    }
    const auto first = line_.in.bytes(frame_).front();
    if (c == wire::smtp::context::greeting && (first < '0' || first > '9'))
        refuse_greeting(frame_);
    wire::smtp::parse(line_.in.bytes(frame_), frame_.at, c, reply_, found_);
    watch_.took(reply_, found_);
    take(frame_, found_);
    watch_rest();
    if (reply_.code == 421)
        line_.last_words = decisive();
}

script<> smtp_dialogue::hear(exchange& x) {
    using wire::smtp::context;
    co_await hear_one(x.awaited == exchange::shape::ehlo ? context::ehlo : context::other);
    line_.exchange_open = reply_.code == 334 || reply_.code == 354;
    learn(x);
}

script<> smtp_dialogue::hear_another(exchange& x) {
    release();
    stage_.begin_answer(line_);
    co_await hear(x);
}

void smtp_dialogue::learn(const exchange& x) {
    if (x.awaited == exchange::shape::ehlo && reply_.positive()) {
        line_.can.begin();
        for (const auto& each : wire::smtp::ehlo_keywords(reply_))
            line_.can.add(each.keyword, each.parameters);
    }
    if (is_command(x.asked, "RCPT") && reply_.positive())
        ++recipients_;
    else if (is_command(x.asked, "MAIL") || is_command(x.asked, "RSET"))
        recipients_ = 0;
}

script<> smtp_dialogue::greet() {
    line_.asked = unasked_greeting;
    stage_.begin_answer(line_);
    co_await hear_one(wire::smtp::context::greeting);
    line_.greeting = decisive();
}

void smtp_dialogue::release() {
    frame_ = {line_.framed, 0};
    line_.in.release(line_.framed);
}

dialogue::success smtp_dialogue::succeeded() {
    if (reply_.code >= 300 && reply_.code < 400)
        return success::more;
    return reply_.positive() ? success::yes : success::no;
}

std::string_view smtp_dialogue::decisive() {
    auto said = line_.in.bytes(frame_);
    while (said.ends_with('\n') || said.ends_with('\r'))
        said.remove_suffix(1);
    const auto last = said.rfind('\n');
    return last == std::string_view::npos ? said : said.substr(last + 1);
}

} // namespace mailspec::run
