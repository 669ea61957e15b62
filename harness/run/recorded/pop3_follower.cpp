#include "harness/run/recorded/pop3_follower.hpp"

#include "harness/run/dialogue.hpp"

#include <utility>

namespace mailspec::run::recorded {
namespace {

using shape = wire::pop3::frame_reader::shape;

bool is_positive(std::string_view words) { return is_command(words.substr(0, 3), "+OK"); }

} // namespace

pop3_follower::pop3_follower(together& of, begun from, std::size_t session)
    : follower(of, from, wire::protocol::pop3, session), monitor_(&of.maildrops) {
    if (from == begun::greeting)
        return;
    greeted_ = true;
    at_ = 1; // what follows is no greeting
    monitor_.took(reply_, found_);
}

bool pop3_follower::begins_anew(const line& said) const { return quits_ == quitting::done && is_positive(said.octets); }

void pop3_follower::sent(std::span<const line> said) {
    for (const auto& one : said) {
        const std::string_view words = one.octets;
        const auto verb = words.substr(0, words.find(' '));
        // Who joins a session before login knows its state.
        const bool logs_in = is_command(verb, "USER") || is_command(verb, "APOP") || is_command(verb, "AUTH");
        if (!std::exchange(has_sent_, true) && from_ == begun::midway && !logs_in)
            lose();
        quits_ = is_command(verb, "QUIT") ? quitting::asked : quits_;
        if (one.is != line::form::whole || words.find_first_of(std::string_view("\r\n\0", 3)) != words.npos)
            lose();
        else
            monitor_.sent(words == "[masked]" ? "AUTH X" : words); // APOP, or what answers a challenge
    }
}

void pop3_follower::unasked(const line& said, std::string_view octets) {
    watch_unasked(monitor_, said, octets);
    lose();
}

bool pop3_follower::take_reply(std::span<const line>& said, awaited what) {
    const auto next = [&] {
        const auto& one = said.front();
        said = said.subspan(1);
        return &one;
    };
    begin_frame();
    const auto* one = next();
    const auto has_end = one->octets.ends_with('\n');
    add(*one, one->octets + (has_end ? "" : "\r\n"));
    bool whole = one->is == line::form::whole && !is_shifted(one->octets);
    const auto ends = [&] { return frame_.ends_with("\n.\r\n") || frame_.ends_with("\n.\n"); };
    if (!is_positive(one->octets) || (what != awaited::listing && what != awaited::message) || ends())
        return whole;
    // A line feed alone: how long the message is cannot be seen in what people wrote down.
    const auto* line_end = what == awaited::message && is_written_by_people() ? "\n" : "\r\n";
    while (!said.empty()) {
        one = next();
        whole = whole && one->is == line::form::whole && (what == awaited::message || !is_shifted(one->octets));
        const bool lone_feed = one->octets == ".\n" || one->octets.ends_with("\n.\n");
        add(*one, one->octets + (lone_feed ? "" : one->octets == "." ? "\r\n" : line_end));
        if (ends())
            return whole;
    }
    return false;
}

void pop3_follower::received(std::span<const line>& said) {
    while (!said.empty() && !begins_anew(said.front())) {
        if (monitor_.is_lost()) {
            said = said.subspan(1);
            continue;
        }
        const auto what = monitor_.awaits();
        if (greeted_ && what == awaited::nothing) {
            unasked(said.front(), said.front().octets);
            continue;
        }
        if (!take_reply(said, what)) {
            lose();
            continue;
        }
        const bool many = what == awaited::listing || what == awaited::message;
        wire::pop3::parse(frame_, frame_at(), many ? shape::multi_line_if_ok : shape::single_line, reply_, found_);
        monitor_.took(reply_, found_);
        greeted_ = true;
        quits_ = quits_ == quitting::asked && monitor_.awaits() == awaited::nothing ? quitting::done : quits_;
        tell();
    }
}

} // namespace mailspec::run::recorded
