#include "harness/observe/smtp_session.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace mailspec::observe {

namespace req = rfc::req;

namespace {

using verb = smtp_command::verb;

/// Those of which the texts say what they are answered with; 354 is never among it.
bool is_never_intermediate(verb v) {
    return v != verb::other && v != verb::data && v != verb::bdat && v != verb::auth && v != verb::response;
}

/// The highest subject of RFC 3463 section 3; IANA's registry of enhanced status codes has none above it.
constexpr int last_subject = 7;

/// Digits and dots, two of these at least: what was meant for an enhanced status code.
bool is_like_enhanced(std::string_view word) {
    return word.find_first_not_of("0123456789.") == word.npos && std::count(word.begin(), word.end(), '.') >= 2;
}

bool has_leading_zero(std::string_view code) {
    for (auto dot = code.find('.'); dot != code.npos; dot = code.find('.', dot + 1))
        if (dot + 2 < code.size() && code[dot + 1] == '0' && code[dot + 2] != '.')
            return true;
    return false;
}

void check_code(const wire::smtp::enhanced_code& read, const wire::smtp::reply& r, const report& to) {
    if (read.klass != r.code / 100)
        to(req::smtp_syntax_enhanced_class,
           "class " + std::to_string(read.klass) + " in a reply " + std::to_string(r.code));
    const auto differs = [&](const auto& line) { return wire::smtp::read_enhanced(line.text) != read; };
    if (std::any_of(r.lines.begin(), r.lines.end(), differs))
        to(req::smtp_syntax_enhanced_every_line, "a line lacks the status code of the reply's first line");
    if (read.subject > last_subject)
        to(req::smtp_enhanced_codes_registered, "an enhanced status code has a subject that is not registered");
    if (has_leading_zero(r.lines.front().text.substr(0, r.lines.front().text.find(' '))))
        to(req::smtp_enhanced_codes_leading_zeros, "a number of an enhanced status code has a leading zero");
    if (read.klass == 5 && read.subject == 2 && read.detail == 2)
        to(req::smtp_enhanced_codes_mailbox_full, "a full mailbox is told as a permanent failure, 5.2.2");
    if (read.klass == 4 && read.subject == 2 && read.detail == 3)
        to(req::smtp_enhanced_codes_mailbox_limit, "a message too long is told as a temporary failure, 4.2.3");
}

} // namespace

void smtp_session::sent(std::string_view line) {
    switch (now_) {
    case state::lost: return;
    case state::message: return sent_message();
    case state::challenge: now_ = state::commands; return asked_.push({verb::response, {}, 0, 1});
    case state::tls_due: return lose();
    case state::greeting:
    case state::commands: break;
    }
    const auto c = read_smtp_command(line);
    if (c.what == verb::bdat || line.find('\n') != std::string_view::npos)
        return lose();
    asked_.push(c);
}

void smtp_session::sent_message() {
    if (now_ != state::message)
        return lose();
    now_ = state::commands;
    asked_.push({verb::message, {}, 0, kind_ == kind::lmtp ? std::max(recipients_, 1u) : 1});
}

void smtp_session::sent_raw(std::string_view octets) {
    const bool one_line = octets.size() > 2 && octets.find_first_of(std::string_view("\r\n\0", 3)) == octets.size() - 2;
    if (one_line && octets.ends_with("\r\n") && asked_.empty() && now_ == state::commands)
        sent(octets.substr(0, octets.size() - 2));
    else
        lose();
}

smtp_session::awaited smtp_session::awaits() const {
    if (now_ == state::lost || asked_.empty())
        return awaited::nothing;
    return asked_.begin()->what == verb::ehlo ? awaited::hello : awaited::other;
}

void smtp_session::secured() {
    if (std::exchange(over_, channel::secured) == channel::secured)
        return;
    can_ = 0;
    if (now_ != state::tls_due)
        return;
    now_ = state::commands;
    if (mail_ == transaction::open)
        mail_ = transaction::ended_by_tls;
    if (login_ == login::done)
        login_ = login::before_tls;
}

void smtp_session::took(const wire::smtp::reply& r, std::vector<rfc::finding>& into) {
    if (now_ == state::lost)
        return;
    if (now_ == state::greeting) {
        now_ = state::commands;
        return;
    }
    if (asked_.empty() || r.code == 0 || r.code == 421)
        return lose();
    const auto c = asked_.front();
    if (c.replies > 1)
        --asked_.front().replies;
    else
        asked_.pop();
    const report to(r.at, into);
    judge_enhanced_code(c.what, r, to);
    if (r.code / 100 == 3)
        take_intermediate(c.what, r, to);
    else
        judge(c, r, to);
}

/// Whoever does not announce them is bound by none of RFC 2034.
void smtp_session::judge_enhanced_code(verb asked, const wire::smtp::reply& r, const report& to) const {
    const bool may_lack = asked == verb::ehlo || asked == verb::helo || r.code < 200 || r.code / 100 == 3;
    if ((can_ & bit(smtp_extension::enhanced_codes)) == 0 || may_lack)
        return;
    const auto text = r.lines.front().text;
    const auto code = text.substr(0, text.find(' '));
    if (const auto read = wire::smtp::read_enhanced(text); read.klass != 0) {
        check_code(read, r, to);
    } else if (is_like_enhanced(code)) {
        to(req::smtp_enhanced_codes_syntax, "an enhanced status code is not of the form class.subject.detail");
    } else {
        to(req::smtp_enhanced_codes, "a reply has no enhanced status code, though EHLO announces them");
    }
}

void smtp_session::take_intermediate(verb asked, const wire::smtp::reply& r, const report& to) {
    if (r.code == 354 && is_never_intermediate(asked)) {
        const bool early =
            std::any_of(asked_.begin(), asked_.end(), [](const smtp_command& c) { return c.what == verb::data; });
        to(early ? req::smtp_pipelining : req::smtp_data_only_354,
           "354 answers " + std::string(name_of(asked)) + (early ? ", though DATA was sent later" : ""));
        return lose();
    }
    const bool mail_data = asked == verb::data && r.code == 354;
    const bool challenge = (asked == verb::auth || asked == verb::response) && r.code == 334;
    if (!mail_data && !challenge)
        return lose();
    if (asked_.empty())
        now_ = mail_data ? state::message : state::challenge;
    else if (challenge)
        asked_.front().what = verb::response;
    else
        lose(); // mail data sent before it was asked for
}

void smtp_session::judge(const smtp_command& c, const wire::smtp::reply& r, const report& to) {
    const bool done = r.positive();
    switch (c.what) {
    case verb::ehlo:
        if (done)
            learn(r, to);
        break;
    case verb::helo: can_ = 0; break; // it negotiates none, and its refusal leaves open what holds
    case verb::mail:
    case verb::rcpt: judge_envelope(c, r, to); break;
    case verb::message: mail_ = transaction::none; break;
    case verb::rset:
        if (done && mail_ == transaction::open)
            mail_ = transaction::ended_by_rset;
        break;
    case verb::starttls:
        if (r.code == 220)
            now_ = state::tls_due;
        break;
    case verb::auth:
    case verb::response:
        if (c.what == verb::auth && r.code == 503)
            judge_second_login(to);
        login_ = done ? login::done : login_;
        break;
    default: break;
    }
    if (done && (c.what == verb::helo || c.what == verb::ehlo) && mail_ == transaction::open)
        mail_ = transaction::none;
    if (mail_ != transaction::open || c.what == verb::mail)
        recipients_ = 0;
}

void smtp_session::judge_envelope(const smtp_command& c, const wire::smtp::reply& r, const report& to) {
    const bool done = r.positive();
    if (!done)
        judge_parameters(c, r, to);
    if (c.what == verb::rcpt && done)
        judge_rcpt(to);
    if (c.what == verb::mail && mail_ != transaction::open)
        mail_ = done ? transaction::open : transaction::unclear;
}

void smtp_session::judge_rcpt(const report& to) {
    ++recipients_;
    switch (mail_) {
    case transaction::open:
    case transaction::unclear: return;
    case transaction::ended_by_tls:
        to(req::smtp_starttls_forgets, "RCPT succeeds without MAIL after STARTTLS: the sender of before is remembered");
        break;
    case transaction::ended_by_rset: to(req::smtp_rset_clears, "RCPT succeeds without MAIL after RSET"); break;
    case transaction::none: to(req::smtp_rcpt_needs_mail, "RCPT succeeds without MAIL"); break;
    }
    lose();
}

void smtp_session::judge_second_login(const report& to) const {
    // 503 is also right while a mail transaction is open (RFC 4954 section 4), and where AUTH is not announced.
    const bool fits_else = mail_ == transaction::open || (can_ & bit(smtp_extension::auth)) == 0;
    if (login_ == login::before_tls && !fits_else)
        to(req::smtp_starttls_forgets,
           "AUTH after STARTTLS is refused as out of sequence: the login of before is remembered");
}

void smtp_session::judge_parameters(const smtp_command& c, const wire::smtp::reply& r, const report& to) const {
    if (c.needs == 0 || (c.needs & can_) != c.needs)
        return;
    const auto code = wire::smtp::read_enhanced(r.lines.front().text);
    if (code.klass != 0 && code.subject != 5)
        return; // about the sender, a policy or the system
    // 501 may be about the address, which <> cannot be wrong as.
    const bool of_parameters =
        r.code == 555 || r.code == 504 || (r.code == 501 && c.path == smtp_command::path_kind::null);
    if (of_parameters)
        to(req::smtp_announced_parameters, std::string(name_of(c.what)) + " with parameters of " +
                                               show_extensions(c.needs) + " is refused with " + std::to_string(r.code) +
                                               ", though EHLO announces it");
}

void smtp_session::learn(const wire::smtp::reply& r, const report& to) {
    can_ = 0;
    for (std::size_t i = 1; i < r.lines.size(); ++i) {
        const auto text = r.lines[i].text;
        can_ |= bit(read_extension(text.substr(0, text.find(' '))));
    }
    if (over_ == channel::secured && (can_ & bit(smtp_extension::starttls)) != 0)
        to(req::smtp_starttls_not_again, "STARTTLS is announced, though TLS is active");
}

void smtp_session::left(std::string_view octets, std::uint64_t at, std::vector<rfc::finding>& into) {
    if (now_ == state::lost || !asked_.empty())
        return;
    // RFC 5321 section 3.8: "asynchronously from command receipt".
    const auto farewell = std::string_view("421");
    if (octets.substr(0, farewell.size()) != farewell.substr(0, octets.size()))
        report(at, into)(req::smtp_one_reply, "more came than the replies to what was sent");
    lose();
}

} // namespace mailspec::observe
