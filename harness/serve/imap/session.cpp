#include "harness/serve/imap/session.hpp"

#include "harness/serve/altered_answer.hpp"
#include "harness/serve/imap/command_reader.hpp"
#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/extension_mischief.hpp"
#include "harness/serve/imap/garble.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace mailspec::serve {

using namespace imap;

namespace {

constexpr std::size_t output_enough = 1u << 20; ///< octets waiting to be sent that hold further commands back
constexpr command_limits before_login{.line = 64u << 10, .literal = 64u << 10};

std::string_view word(reply::kind k) {
    switch (k) {
    case reply::kind::ok: return " OK ";
    case reply::kind::no: return " NO ";
    case reply::kind::bad:
    case reply::kind::later: break;
    }
    return " BAD ";
}

bool is_common(std::string_view tag) { return tag.size() <= 16 && std::ranges::all_of(tag, wire::is_letter_or_digit); }

} // namespace

struct imap_session::state {
    state(store& mail, session_options options)
        : talk(mail, std::move(options)),
          reader(before_login),
          altered(imap_answers(), *talk.options().breaches, wire::protocol::imap) {}

    void work();
    bool step();
    void run(std::string_view text);
    reply dispatch(command& cmd, const command_entry*& entry);
    bool may_now(const command_entry& entry);
    void line(std::string_view text);
    void refuse(command_reader::event why);
    void finish(std::string_view tag, const reply& r);
    bool is_over() const { return talk.where() == conversation::state::logout; }
    void now_answering(std::string_view tag, std::string_view command);
    void settle();
    std::string greeting() const;

    conversation talk;
    command_reader reader;
    answer_alterer altered;
    std::string answered; ///< the command that is being answered, and its tag; kept only where answers are altered
    std::string answered_tag;
    std::size_t settled = 0; ///< how much of the output is as it goes out
    std::string open_tag;    ///< of the command that awaits a line
    std::string last_tag;
    bool held = false;        ///< commands may be waiting in the reader
    unsigned run_at_once = 0; ///< commands of what was received last
};

void imap_session::state::work() {
    held = false;
    while (!is_over() && !talk.tls_wanted()) {
        if (talk.out().size() >= output_enough) {
            held = true;
            return;
        }
        if (talk.ended_by_deletion() || !step())
            return;
    }
}

bool imap_session::state::step() {
    auto what = talk.taker() ? reader.next_line() : reader.next();
    switch (what) {
    case command_reader::event::need_more: return false;
    case command_reader::event::command:
        if (talk.taker())
            line(reader.text());
        else
            run(reader.text());
        return true;
    case command_reader::event::want_literal:
        talk.out() += talk.breaks(req::imap_literal_continuation) ? "* BAD no literals\r\n" : "+ go ahead\r\n";
        return true;
    case command_reader::event::too_big:
    case command_reader::event::bad_literal:
    case command_reader::event::too_long: refuse(what); return true;
    }
    return false;
}

/// Says what all further output answers.
void imap_session::state::now_answering(std::string_view tag, std::string_view command) {
    if (altered.empty())
        return;
    settle();
    answered_tag = tag;
    answered = command;
}

/// Alters the answer to the command so far.
void imap_session::state::settle() {
    if (altered.empty())
        return;
    auto& out = talk.out();
    auto answer = altered.alter(answered, std::string_view(out).substr(settled), answered_tag);
    out.replace(settled, out.npos, answer);
    settled = out.size();
}

void imap_session::state::line(std::string_view text) {
    auto r = talk.taker()(text);
    if (r.what == reply::kind::later)
        return;
    talk.await_line(nullptr);
    talk.tell(talk.where() == conversation::state::selected ? news::all : news::none, numbering::sequence);
    finish(std::exchange(open_tag, {}), r);
}

void imap_session::state::run(std::string_view text) {
    command cmd{{}, arguments(text)};
    cmd.tag = cmd.args.tag();
    if (talk.is_rev2())
        cmd.args.names_are_utf8();
    cmd.line = text.substr(std::min(text.size(), cmd.tag.size() + 1));
    now_answering(cmd.tag, cmd.line);
    if (cmd.args.failed())
        return finish("*", reply::bad("a command starts with a tag"));
    cmd.args.sp();
    const bool known_tag = std::exchange(last_tag, cmd.tag) == cmd.tag;
    if ((talk.breaks(req::imap_tag_returned) && !is_common(cmd.tag)) || (talk.breaks(req::imap_tag_reuse) && known_tag))
        return finish("*", reply::bad("no such tag"));
    if (run_at_once++ > 0 && talk.breaks(req::imap_pipelining_legal))
        return finish(cmd.tag, reply::bad("one command at a time"));
    if (talk.breaks(req::imap_literal_plus) && text.find("+}\r\n") != text.npos)
        return finish(cmd.tag, reply::bad("no such literal"));
    const command_entry* entry = nullptr;
    auto r = dispatch(cmd, entry);
    const bool moves = entry && (entry->name == "SELECT" || entry->name == "EXAMINE");
    if ((r.what == reply::kind::bad && talk.breaks(req::imap_state_bad_keeps)) ||
        (r.what == reply::kind::no && !moves && talk.breaks(req::imap_state_no_keeps)))
        talk.deselect();
    if (r.what == reply::kind::ok && entry && cmd.args.written())
        tell_normalized(talk, entry->name, *cmd.args.written());
    if (r.what == reply::kind::later) {
        open_tag = cmd.tag;
        return;
    }
    bool untold = talk.breaks(req::imap_append_exists) && entry && entry->name == "APPEND";
    if (entry && !untold)
        talk.tell(entry->after, cmd.by);
    finish(cmd.tag, r);
}

/// Whether the state allows the command, or a breach of that.
bool imap_session::state::may_now(const command_entry& entry) {
    const auto now = talk.where();
    if (now == conversation::state::selected && talk.breaks(req::imap_state_selected))
        return entry.states != (static_cast<unsigned>(conversation::state::authenticated) | static_cast<unsigned>(now));
    const bool allowed = (entry.states & static_cast<unsigned>(now)) != 0;
    if (!allowed && entry.name == "LOGIN" && talk.breaks(req::imap_state_stays_authenticated)) {
        talk.deselect();
        talk.forget_who();
    }
    return allowed;
}

reply imap_session::state::dispatch(command& cmd, const command_entry*& entry) {
    const auto written = cmd.args.name();
    auto name = in_capitals(written);
    if (talk.breaks(req::imap_case_insensitive) && name != written)
        return reply::bad("no such command in small letters");
    if (name == "UID") {
        cmd.args.sp();
        name += ' ' + in_capitals(cmd.args.name());
        cmd.by = numbering::uid;
    }
    if (cmd.args.failed())
        return syntax_error(cmd);
    entry = find_command(name);
    if (entry && !is_known(talk, name))
        entry = nullptr;
    if (talk.options().breaches->any())
        if (auto said = said_by_breach(talk, {name, cmd.line, entry != nullptr, reader.has_more()}))
            return *said;
    if (!entry)
        return reply::bad("no such command");
    if (!may_now(*entry))
        return reply::bad("CLIENTBUG", "not in this state");
    if (run_at_once > 1 && talk.breaks(req::imap_pipelining_order))
        return reply::ok("done, as if it had come before the others");
    try {
        return entry->run(talk, cmd);
    } catch (const std::exception& e) {
        return reply::no("SERVERBUG", e.what());
    }
}

void imap_session::state::refuse(command_reader::event why) {
    arguments args(reader.text());
    std::string tag(args.tag());
    bool in_step = why == command_reader::event::too_big ||
                   (why == command_reader::event::bad_literal && !reader.text().ends_with("+}"));
    if (tag.empty() || !in_step)
        tag = "*";
    now_answering(tag == "*" ? std::string_view{} : tag, "(refused)");
    if (why == command_reader::event::too_big)
        finish(tag, reply::no("TOOBIG", "a literal beyond what is taken here"));
    else
        finish(tag, reply::bad(why == command_reader::event::too_long ? "a line beyond what is taken here"
                                                                      : "a literal that no number can count"));
    if (in_step)
        return;
    talk.out() += "* BYE it is not clear where the next command starts\r\n";
    talk.log_out();
}

void imap_session::state::finish(std::string_view tag, const reply& r) {
    auto& out = talk.out();
    out += tag;
    out += word(r.what);
    if (!r.code.empty()) {
        out += '[';
        out += r.code;
        out += "] ";
    }
    out += r.text;
    out += "\r\n";
    if (talk.where() != conversation::state::not_authenticated)
        reader.set_limits(limits_after_login(talk));
}

imap_session::imap_session(store& mail, session_options options)
    : state_(std::make_unique<state>(mail, std::move(options))) {}

imap_session::~imap_session() = default;

std::string imap_session::greeting() { return state_->altered.alter("(greeting)", state_->greeting()); }

std::string imap_session::state::greeting() const {
    constexpr std::string_view code = "[CAPABILITY]";
    auto words = talk.plays().imap.greeting;
    if (words.empty())
        words = "[CAPABILITY] mailspec is ready";
    if (!words.starts_with(code))
        return "* OK " + std::string(words) + "\r\n";
    return "* OK [CAPABILITY " + capabilities(talk) + "]" + std::string(words.substr(code.size())) + "\r\n";
}

void imap_session::receive(std::string_view octets) {
    if (state_->is_over() || state_->talk.tls_wanted())
        return;
    state_->reader.add(octets);
    state_->run_at_once = 0;
    state_->work();
}

std::string imap_session::take_output() {
    auto& talk = state_->talk;
    if (talk.is_idling() && !talk.ended_by_deletion())
        talk.tell(news::all, numbering::sequence);
    state_->settle();
    if (talk.options().breaches->any())
        garble(talk.out(), *talk.options().breaches);
    state_->settled = 0;
    return std::exchange(talk.out(), {});
}

session::action imap_session::next() const {
    if (state_->is_over())
        return action::close;
    if (state_->talk.tls_wanted())
        return action::start_tls;
    return state_->held ? action::resume : action::read;
}

void imap_session::set_wake(std::function<void()> wake) { state_->talk.set_wake(std::move(wake)); }

void imap_session::tls_started() {
    state_->held = state_->talk.breaks(req::imap_starttls_injection);
    if (!state_->held)
        state_->reader.clear();
    auto& talk = state_->talk;
    talk.tls_started();
    if (talk.breaks(req::imap_starttls_not_authenticated))
        talk.log_in(*talk.mail().accounts().begin()->second);
}

} // namespace mailspec::serve
