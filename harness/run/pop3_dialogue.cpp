#include "harness/run/pop3_dialogue.hpp"

namespace mailspec::run {

using shape = wire::pop3::frame_reader::shape;

void pop3_dialogue::begin(exchange&, match::outgoing&) {}

void pop3_dialogue::end(exchange& x, std::size_t begun, match::outgoing& into) {
    const auto text = std::string_view(into.octets).substr(begun);
    if (!line_.exchange_open && wire::pop3::answers_multi_line(text.substr(0, text.find_first_of("\r\n"))))
        x.awaited = exchange::shape::multi_line;
    watch(x, text);
    dialogue::end(x, begun, into);
}

void pop3_dialogue::watch(const exchange& x, std::string_view sent) {
    watch_rest();
    if (line_.secured)
        watch_.secured();
    if (x.how == exchange::form::line)
        watch_.sent(sent);
    else
        watch_.sent_raw(sent);
}

void pop3_dialogue::watch_rest() {
    if (line_.in.end() == line_.framed)
        return;
    watch_.left(line_.in.from(line_.framed), line_.framed, found_);
    note_finding(std::string(came_unasked) + quote(line_.in.from(line_.framed)));
}

script<> pop3_dialogue::hear(exchange& x) {
    const auto awaited = x.awaited == exchange::shape::multi_line ? shape::multi_line_if_ok : shape::single_line;
    reader_.expect(awaited);
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
    if (x.asked == unasked_greeting && first != '+' && first != '-')
        refuse_greeting(frame_);
    wire::pop3::parse(line_.in.bytes(frame_), frame_.at, awaited, reply_, found_);
    watch_.took(reply_, found_);
    take(frame_, found_);
    watch_rest();
    line_.exchange_open = reply_.what == wire::pop3::status::continuation;
    learn(x);
}

void pop3_dialogue::learn(const exchange& x) {
    if (reply_.what != wire::pop3::status::ok)
        return;
    if (is_command(x.asked, "PASS") || is_command(x.asked, "APOP") || is_command(x.asked, "AUTH"))
        line_.logged_in = true;
    if (is_command(x.asked, "QUIT"))
        line_.logged_in = false;
    if (!reply_.multi_line || !is_command(x.asked, "CAPA"))
        return;
    const auto apop = line_.can.has("APOP");
    line_.can.begin();
    line_.can.add("CAPA");
    if (apop)
        line_.can.add("APOP");
    for (const auto& each : wire::pop3::capabilities(reply_.payload))
        line_.can.add(each.tag, each.arguments);
}

script<> pop3_dialogue::greet() {
    line_.asked = unasked_greeting;
    stage_.begin_answer(line_);
    exchange none;
    none.asked = unasked_greeting;
    co_await hear(none);
    line_.greeting = decisive();
    const auto from = line_.greeting.find('<');
    if (from != std::string::npos && line_.greeting.find('>', from) != std::string::npos)
        line_.can.add("APOP");
}

void pop3_dialogue::release() {
    reply_.text = reply_.code = reply_.payload = {};
    frame_ = {line_.framed, 0};
    line_.in.release(line_.framed);
}

dialogue::success pop3_dialogue::succeeded() {
    if (reply_.what == wire::pop3::status::continuation)
        return success::more;
    return reply_.what == wire::pop3::status::ok ? success::yes : success::no;
}

std::string_view pop3_dialogue::decisive() {
    auto said = line_.in.bytes(frame_);
    return said.substr(0, said.find_first_of("\r\n"));
}

} // namespace mailspec::run
