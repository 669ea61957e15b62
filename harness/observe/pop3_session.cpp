#include "harness/observe/pop3_session.hpp"

#include "harness/observe/words.hpp"
#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::observe {

namespace req = rfc::req;

namespace {

using verb = pop3_command::verb;

std::string show(std::string_view name, std::uint32_t number) {
    return std::string(name) + ' ' + std::to_string(number);
}

/// Can that positive reply be its answer? Not where it was read without the payload that comes behind it.
bool is_answer_to(verb v, const wire::pop3::reply& r) {
    const bool many_lines = v == verb::capa || v == verb::list || v == verb::retr || v == verb::top || v == verb::uidl;
    return v != verb::other && r.multi_line == many_lines;
}

/// Those that work on the maildrop.
bool needs_maildrop(verb v) { return v >= verb::stat && v <= verb::uidl_one; }

} // namespace

void pop3_session::sent(std::string_view line) {
    if (now_ == state::lost)
        return;
    if (now_ == state::tls_due) // and a command comes instead
        return lose();
    if (std::exchange(now_, now_ == state::exchange ? state::authorization : now_) == state::exchange) {
        asked_.push({verb::response, 0});
        return;
    }
    const auto c = read_pop3_command(line);
    if (c.what == verb::user || c.what == verb::apop) {
        const auto ambiguous = std::any_of(asked_.begin(), asked_.end(), [](const pop3_command& other) {
            return other.what == verb::user || other.what == verb::apop || other.what == verb::pass;
        });
        line.remove_prefix(5); // "USER "
        user_ = ambiguous ? std::string() : std::string(c.what == verb::user ? line : line.substr(0, line.find(' ')));
    } else if (c.what == verb::auth) {
        user_.clear();
    }
    if (c.what == verb::quit && drop_ && drop_->holds_deleted())
        forget(); // until the answer tells what became of it
    asked_.push(c);
}

void pop3_session::sent_raw(std::string_view octets) {
    const bool one_line = octets.size() > 2 && octets.find_first_of(std::string_view("\r\n\0", 3)) == octets.size() - 2;
    if (one_line && octets.ends_with("\r\n") && asked_.empty() && now_ != state::exchange)
        sent(octets.substr(0, octets.size() - 2));
    else
        lose();
}

pop3_session::awaited pop3_session::awaits() const {
    if (asked_.empty())
        return awaited::nothing;
    switch (asked_.begin()->what) {
    case verb::retr:
    case verb::top: return awaited::message;
    case verb::capa:
    case verb::list:
    case verb::uidl: return awaited::listing;
    default: return awaited::status;
    }
}

void pop3_session::secured() {
    if (std::exchange(over_, channel::secured) == channel::plain) {
        can_ = could_ = 0;
        announced_.forget();
    }
    if (now_ == state::tls_due)
        now_ = state::authorization;
}

void pop3_session::lose() {
    now_ = state::lost;
    forget();
}

void pop3_session::forget() {
    if (!memory_)
        return;
    if (user_.empty()) // whoever it is
        memory_->forget_all();
    else
        memory_->forget(user_);
}

void pop3_session::continue_exchange() {
    if (asked_.empty())
        now_ = state::exchange;
    else
        asked_.front().what = verb::response;
}

void pop3_session::took(const wire::pop3::reply& r, std::vector<rfc::finding>& into) {
    using wire::pop3::status;
    if (now_ == state::lost)
        return;
    if (now_ == state::greeting) {
        now_ = state::authorization;
        return;
    }
    if (asked_.empty() || r.what == status::malformed)
        return lose();
    const auto c = asked_.front();
    asked_.pop();
    const report to(r.at, into);
    if (can(pop3_resp_codes) && r.code.empty() && r.text.starts_with('['))
        to(req::pop3_syntax_response_code, "the text begins with \"[\", and no response code follows");
    if (r.what == status::continuation && (c.what == verb::auth || c.what == verb::response))
        continue_exchange();
    else if (r.what == status::continuation || (r.what == status::ok && !is_answer_to(c.what, r)))
        lose();
    else if (r.what == status::ok)
        judge(c, r, to);
    else
        judge_refusal(c, r, to);
}

void pop3_session::left(std::string_view octets, std::uint64_t at, std::vector<rfc::finding>& into) {
    // A server that shuts down, or has waited too long, may say so.
    const auto farewell = std::string_view("-ERR");
    const bool says_farewell = octets.substr(0, farewell.size()) == farewell.substr(0, octets.size());
    if (now_ == state::lost || !asked_.empty())
        return;
    const report to(at, into);
    if (octets.starts_with(".\r\n"))
        to(req::pop3_syntax_termination, "another dot on a line of its own follows the one that ended the reply");
    else if (!says_farewell && now_ == state::over)
        to(req::pop3_quit_closes, "more came after the answer to QUIT");
    else if (!says_farewell)
        to(req::pop3_unsolicited, "more came than the answers to what was asked");
    lose();
}

void pop3_session::judge(const pop3_command& c, const wire::pop3::reply& r, const report& to) {
    judge_state(c, to);
    switch (c.what) {
    case verb::pass:
    case verb::apop:
    case verb::response:
    case verb::auth: return log_in();
    case verb::stls: now_ = state::tls_due; return;
    case verb::capa: return learn(r, to);
    case verb::quit: return finish();
    default: break;
    }
    if (!needs_maildrop(c.what) || !drop_)
        return;
    if (drop_->is_deleted(c.number))
        to(req::pop3_dele, show(name_of(c.what), c.number) + " succeeds, though that message is marked as deleted");
    switch (c.what) {
    case verb::stat: return drop_->take_stat(r.text, to);
    case verb::dele: return drop_->note_deleted(c.number);
    case verb::rset: return drop_->note_reset();
    case verb::top: return note_fetched(c.number);
    case verb::retr: note_fetched(c.number); return drop_->take_message(c.number, r.payload, to);
    default: return judge_listing(c, r, to);
    }
}

void pop3_session::judge_state(const pop3_command& c, const report& to) const {
    if (now_ == state::over)
        return;
    const bool authorizes = c.what >= verb::user && c.what <= verb::stls;
    if (needs_maildrop(c.what) && !drop_)
        to(req::pop3_wrong_state, std::string(name_of(c.what)) + " succeeds before login");
    if (authorizes && drop_)
        to(req::pop3_wrong_state, std::string(name_of(c.what)) + " succeeds after login");
}

void pop3_session::judge_listing(const pop3_command& c, const wire::pop3::reply& r, const report& to) {
    using kind = maildrop_view::kind;
    const bool sizes = c.what == verb::list || c.what == verb::list_one;
    const auto what = sizes ? kind::sizes : kind::ids;
    if (c.what == verb::list_one || c.what == verb::uidl_one)
        return drop_->take_one(what, c.number, r.text, to);
    if (c.what != verb::list && c.what != verb::uidl)
        return;
    drop_->take_listing(what, r.payload, to);
    note_complete(to);
}

void pop3_session::judge_refusal(const pop3_command& c, const wire::pop3::reply& r, const report& to) const {
    if (!r.code.empty()) // [SYS/TEMP] and the like
        return;
    if (c.what == verb::uidl && can(pop3_uidl) && drop_)
        to(req::pop3_capa_truthful, "UIDL is refused, though CAPA announces it");
    if (c.what == verb::top && can(pop3_top) && drop_ && drop_->was_fetched(c.number))
        to(req::pop3_capa_truthful,
           show("TOP", c.number) + " is refused, though CAPA announces it and the message is there");
    if (c.what == verb::stls && can(pop3_stls) && !drop_)
        to(req::pop3_capa_truthful, "STLS is refused, though CAPA announces it");
}

void pop3_session::log_in() {
    drop_ = std::make_unique<maildrop_view>();
    now_ = state::transaction;
    remembers_ = memory_ && !user_.empty() && memory_->of(user_) ? memory_of::before : memory_of::nothing;
}

void pop3_session::learn(const wire::pop3::reply& r, const report& to) {
    can_ = 0;
    auto rest = r.payload;
    while (!rest.empty()) {
        const auto one = take_until(rest, "\n");
        if (one.size() > 511)
            to(req::pop3_capa_line_length, "a line of CAPA has " + std::to_string(one.size() + 1) + " octets");
        const auto words = one.substr(0, one.size() - (one.ends_with('\r') ? 1 : 0));
        announced_.take(words, drop_ ? pop3_announced::state::transaction : pop3_announced::state::authorization, to);
        can_ |= read_pop3_capability(words.substr(0, words.find(' ')));
    }
    if (!drop_) {
        could_ = can_;
        return;
    }
    std::string lost;
    for (const auto& each : all_pop3_capabilities)
        if ((could_ & ~can_ & ~pop3_stls.bit & each.bit) != 0)
            lost.append(lost.empty() ? "" : " and ").append(each.tag);
    if (!lost.empty())
        to(req::pop3_capa_both_states, "CAPA announces " + lost + " before login and not after it");
}

void pop3_session::note_fetched(std::uint32_t number) {
    drop_->note_fetched(number);
    if (!memory_ || remembers_ == memory_of::nothing)
        return;
    auto* seen = memory_->of(user_);
    if (remembers_ == memory_of::now && seen && number <= seen->size())
        (*seen)[number - 1].how = maildrop_memory::message::use::fetched;
    else
        forget(); // which of those it is cannot be told
}

void pop3_session::note_complete(const report& to) {
    if (!memory_ || user_.empty() || remembers_ == memory_of::now || !drop_->is_complete() || drop_->holds_deleted())
        return;
    auto seen = drop_->snapshot();
    if (const auto* before = remembers_ == memory_of::before ? memory_->of(user_) : nullptr)
        compare_maildrops(*before, seen, to);
    memory_->remember(user_, std::move(seen));
    remembers_ = memory_of::now;
}

void pop3_session::finish() {
    now_ = state::over;
    if (!drop_ || !memory_ || user_.empty() || !drop_->holds_deleted())
        return;
    if (remembers_ == memory_of::now && drop_->is_complete())
        memory_->remember(user_, drop_->snapshot());
}

} // namespace mailspec::observe
