#include "harness/run/stage.hpp"

#include "harness/run/abandoned.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::run {
namespace {

using std::chrono::milliseconds;

/// An answer that keeps coming is not late: so many octets move its deadline.
constexpr std::uint64_t flow = 16u << 10;

/// A server that expects TLS waits for us to begin.
constexpr const char* perhaps_tls = "; perhaps it expects TLS from the start (tls=implicit)";

std::string about_answer(const line& l, trouble why) {
    const auto words = l.last_words.empty() ? std::string() : "; it had said \"" + quote(l.last_words) + "\"";
    const auto partly = l.partly.empty() ? std::string() : ", " + std::string(l.partly);
    const bool greets = l.asked == unasked_greeting;
    const auto answer = greets ? std::string("greet") : "answer " + l.asked;
    const auto instead =
        " the connection instead of " + (greets ? "greeting" : "answering " + l.asked) + partly + words;
    switch (why) {
    case trouble::timed_out:
        return l.show() + " did not " + (l.partly.empty() ? answer : "finish " + l.answer()) + " within " +
               show_time(l.allowed) + partly + words + (greets && l.partly.empty() && !l.secured ? perhaps_tls : "");
    case trouble::closed: return l.show() + " closed" + instead;
    case trouble::reset: return l.show() + " reset" + instead;
    default: return {};
    }
}

} // namespace

void stage::resume(event&& e) {
    last_ = std::move(e);
    if (const auto h = std::exchange(waiting_, {}))
        h.resume();
}

void stage::want(action::kind what, line& l, milliseconds within) {
    wanted_ = action{what, l.number, {}, &l.door, &l.in, within};
}

stage::insisting stage::connect(line& l) {
    l.asked = "the connection";
    want(action::kind::connect, l, settings_.timeout);
    return {{*this}, l};
}

stage::insisting stage::start_tls(line& l) {
    want(action::kind::start_tls, l, settings_.timeout);
    return {{*this}, l};
}

stage::insisting stage::send(line& l, std::string_view octets) {
    show_sent(l, octets);
    want(action::kind::send, l, settings_.timeout);
    wanted_.octets = octets;
    return {{*this}, l};
}

stage::insisting stage::receive(line& l) {
    if (l.in.end() - l.flowed >= flow) {
        l.flowed = l.in.end();
        l.due = std::max(l.due, last_.at + l.allowed);
    }
    const auto left = std::chrono::ceil<milliseconds>(l.due - last_.at);
    want(action::kind::receive, l, std::max(left, milliseconds(1)));
    return {{*this}, l};
}

stage::asking stage::listen(line& l, milliseconds within) {
    want(action::kind::listen, l, within);
    return {*this};
}

stage::asking stage::close(line& l) {
    l.open = false;
    want(action::kind::close, l, settings_.timeout);
    return {*this};
}

void stage::begin_answer(line& l) {
    l.allowed = settings_.timeout;
    l.due = last_.at + l.allowed;
    l.flowed = l.in.end();
    l.partly = {};
}

void stage::show_sent(line& l, std::string_view octets) {
    if (sends_ == showing::masked)
        octets = "[masked]\r\n";
    l.shown = transcript_.add(static_cast<std::uint16_t>(l.number), transcript_log::direction::sent, l.secured,
                              last_.at, octets);
}

void stage::show_received(line& l, std::string_view octets) {
    l.shown = transcript_.add(static_cast<std::uint16_t>(l.number), transcript_log::direction::received, l.secured,
                              last_.at, octets);
}

void stage::note(const line& l, std::string_view words) {
    transcript_.add(static_cast<std::uint16_t>(l.number), transcript_log::direction::note, l.secured, last_.at, words);
}

void stage::find(const line& l, std::span<const rfc::finding> found) {
    if (l.handshake_due)
        return;
    findings_.add(found, {transcript_.last(), l.number, l.door.protocol, when_});
}

void stage::settle(line& l) {
    if (last_.why == trouble::none) {
        if (wanted_.what == action::kind::connect || wanted_.what == action::kind::start_tls) {
            l.open = true;
            l.secured = !last_.tls.empty();
            if (l.secured)
                note(l, "TLS: " + last_.tls);
        }
        return;
    }
    l.open = false;
    if (l.framed >= l.in.begin() && l.framed < l.in.end()) {
        show_received(l, l.in.from(l.framed));
        l.framed = l.in.end();
        if (l.partly.empty())
            l.partly = "in the midst of a line";
    }
    fail(l);
}

void stage::fail(line& l) const {
    mind_interruption(last_);
    std::string reason;
    const auto in_time =
        last_.why == trouble::timed_out ? " within " + show_time(settings_.timeout) : ": " + last_.sentence;
    if (wanted_.what == action::kind::receive)
        reason = about_answer(l, last_.why);
    if (wanted_.what == action::kind::connect)
        reason = last_.why == trouble::refused ? l.show() + " refused the connection"
                                               : l.show() + " could not be reached" + in_time;
    if (wanted_.what == action::kind::connect && last_.why == trouble::reset)
        reason = l.show() + " reset the connection instead of greeting";
    if (wanted_.what == action::kind::start_tls)
        reason = l.show() + " did not start TLS" + in_time;
    if (reason.empty())
        reason = l.show() + " failed while " + l.asked + " went on: " + last_.sentence;
    const bool gone = last_.why == trouble::closed || last_.why == trouble::reset;
    throw abandoned{verdict::outcome::inconclusive, reason,
                    gone && wanted_.what != action::kind::connect ? abandoned::cause::hangup
                                                                  : abandoned::cause::anything};
}

void mind_interruption(const event& heard) {
    if (heard.why == trouble::cancelled)
        throw abandoned{verdict::outcome::inconclusive, "the run was interrupted"};
}

} // namespace mailspec::run
