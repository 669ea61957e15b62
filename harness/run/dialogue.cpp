#include "harness/run/dialogue.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/imap_dialogue.hpp"
#include "harness/run/pop3_dialogue.hpp"
#include "harness/run/sieve_dialogue.hpp"
#include "harness/run/smtp_dialogue.hpp"

#include <algorithm>

namespace mailspec::run {

bool is_command(std::string_view asked, std::string_view upper) {
    return std::equal(asked.begin(), asked.end(), upper.begin(), upper.end(),
                      [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; });
}

void append_dot_stuffed(std::string_view text, std::string& out) {
    while (!text.empty()) {
        auto end = text.find('\n');
        auto one = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (one.ends_with('\r'))
            one.remove_suffix(1);
        if (one.starts_with('.'))
            out += '.';
        out += one;
        out += "\r\n";
    }
    out += ".\r\n";
}

void dialogue::end(exchange& x, std::size_t begun, match::outgoing& into) {
    if (x.how == exchange::form::line) {
        into.octets += "\r\n";
    } else if (x.how == exchange::form::data) {
        const auto text = into.octets.substr(begun);
        into.octets.resize(begun);
        append_dot_stuffed(text, into.octets);
    }
}

script<> dialogue::say(exchange&, const match::outgoing& out) {
    co_await stage_.send(line_, out.octets);
    stage_.begin_answer(line_);
}

script<dialogue::success> dialogue::command(std::string_view words, std::string_view behind) {
    release();
    exchange x;
    match::outgoing out;
    if (line_.exchange_open)
        x.asked = line_.asked;
    else
        name_command(words, x.asked);
    line_.asked = x.asked;
    begin(x, out);
    const auto begun = out.octets.size();
    out.octets += words;
    end(x, begun, out);
    out.octets += behind;
    co_await say(x, out);
    co_await hear(x);
    co_return succeeded();
}

void dialogue::refuse(const wire::reading& r) {
    line_.open = false;
    auto why = line_.show();
    if (r.announced > 0)
        why += " announced a literal of " + std::to_string(r.announced) + " octets in " + line_.answer() +
               "; responses of more than " + std::to_string(most_.response) + " octets are not read";
    else if (r.why == wire::fault::line_too_long)
        why += " sent a line of more than " + std::to_string(most_.line) + " octets in " + line_.answer();
    else
        why += " sent more than " + std::to_string(most_.response) + " octets in " + line_.answer();
    stage_.show_received(line_, line_.in.from(line_.framed));
    throw abandoned{verdict::outcome::inconclusive, why};
}

void dialogue::refuse_greeting(wire::frame f) {
    take(f, found_);
    line_.open = false;
    throw abandoned{verdict::outcome::inconclusive, line_.show() + " does not speak " +
                                                        std::string(display_name(line_.door.protocol)) +
                                                        ": it greets with \"" + quote(line_.in.bytes(f)) + "\""};
}

void dialogue::note_finding(std::string_view words) {
    if (found_.empty())
        return;
    stage_.note(line_, words);
    stage_.find(line_, found_);
    found_.clear();
}

void dialogue::take(wire::frame f, std::vector<rfc::finding>& found) {
    stage_.show_received(line_, line_.in.bytes(f));
    line_.framed = f.at + f.size;
    if (!found.empty()) {
        stage_.find(line_, found);
        found.clear();
    }
}

std::unique_ptr<dialogue> make_dialogue(stage& on, line& over, wire::limits most) {
    switch (over.door.protocol) {
    case wire::protocol::imap: return std::make_unique<imap_dialogue>(on, over, most);
    case wire::protocol::pop3: return std::make_unique<pop3_dialogue>(on, over, most);
    case wire::protocol::managesieve: return std::make_unique<sieve_dialogue>(on, over, most);
    case wire::protocol::smtp:
    case wire::protocol::submission:
    case wire::protocol::lmtp: break;
    }
    return std::make_unique<smtp_dialogue>(on, over, most);
}

} // namespace mailspec::run
