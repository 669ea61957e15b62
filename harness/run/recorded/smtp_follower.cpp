#include "harness/run/recorded/smtp_follower.hpp"

#include "harness/run/dialogue.hpp"

#include <utility>

namespace mailspec::run::recorded {
namespace {

using wire::smtp::context;

constexpr std::string_view line_breaks("\r\n\0", 3);

/// Does another line of the same reply follow?
bool goes_on(std::string_view words) { return words.size() > 3 && words[3] == '-'; }

bool is_hello(std::string_view words) {
    const auto verb = words.substr(0, words.find(' '));
    return is_command(verb, "EHLO") || is_command(verb, "HELO") || is_command(verb, "LHLO");
}

} // namespace

smtp_follower::smtp_follower(together& of, begun from, wire::protocol spoken, std::size_t session)
    : follower(of, from, spoken, session),
      monitor_(spoken == wire::protocol::lmtp ? observe::smtp_session::kind::lmtp : observe::smtp_session::kind::smtp),
      greeted_(from == begun::midway) {
    reply_.lines.emplace_back();
    if (greeted_)
        monitor_.took(reply_, found_);
}

bool smtp_follower::begins_anew(const line& said) const { return is_over_ && said.octets.starts_with("220"); }

void smtp_follower::sent(std::span<const line> said) {
    for (const auto& one : said) {
        if (!in_message_) {
            send_command(one);
            continue;
        }
        // Whether a lone CR, LF or NUL ends it is the server's reading.
        if (one.octets.find_first_of(line_breaks) != std::string::npos)
            lose();
        if (one.octets != "." && one.is != line::form::cut)
            continue;
        in_message_ = false;
        monitor_.sent_message();
    }
}

/// Who joins a session where it begins with EHLO knows its state.
void smtp_follower::send_command(const line& said) {
    const std::string_view words = said.octets;
    if (!std::exchange(has_sent_, true) && from_ == begun::midway && !is_hello(words))
        lose();
    if (said.is != line::form::whole || words.find_first_of(line_breaks) != words.npos)
        lose();
    else
        monitor_.sent(words);
}

void smtp_follower::unasked(const line& said, std::string_view octets) {
    watch_unasked(monitor_, said, octets);
    lose();
}

bool smtp_follower::take_reply(std::span<const line>& said) {
    begin_frame();
    bool whole = true;
    while (!said.empty()) {
        const auto& one = said.front();
        said = said.subspan(1);
        std::string_view words = one.octets;
        if (is_written_by_people())
            words = words.substr(0, words.find_last_not_of(" \t") + 1);
        add(one, std::string(words) + (words.ends_with('\n') ? "" : "\r\n"));
        whole = whole && one.is == line::form::whole && !is_shifted(words);
        if (!goes_on(words))
            return whole;
    }
    return false;
}

void smtp_follower::received(std::span<const line>& said) {
    if (std::exchange(in_message_, false)) { // its end was left out
        if (is_written_by_people())
            monitor_.sent_message();
        else
            lose();
    }
    while (!said.empty() && !begins_anew(said.front())) {
        if (take_reply(said))
            judge();
        else
            lose();
    }
}

void smtp_follower::judge() {
    using awaited = observe::smtp_session::awaited;
    if (greeted_ && !monitor_.is_lost() && monitor_.awaits() == awaited::nothing) {
        if (is_exact())
            monitor_.left(frame_, frame_at(), found_);
        lose();
    }
    const bool answers_hello = monitor_.awaits() == awaited::hello;
    const auto in = !greeted_ ? context::greeting : answers_hello ? context::ehlo : context::other;
    wire::smtp::parse(frame_, frame_at(), in, reply_, found_);
    monitor_.took(reply_, found_);
    greeted_ = true;
    in_message_ = reply_.code == 354;
    is_over_ = is_over_ || reply_.code == 221 || reply_.code == 421;
    tell();
}

} // namespace mailspec::run::recorded
