#include "harness/serve/pop3/session.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/sasl/digest.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace mailspec::serve::pop3 {

namespace req = rfc::req;

namespace {

/// How much of a line is read as one by who reads too little.
constexpr std::size_t short_response = 253, short_command = 127;

std::vector<std::string_view> split(std::string_view line) {
    std::vector<std::string_view> words;
    for (;;) {
        auto space = line.find(' ');
        words.push_back(line.substr(0, space));
        if (space == line.npos)
            return words;
        line.remove_prefix(space + 1);
    }
}

/// Different for each greeting (RFC 1939 section 7, APOP).
std::string make_timestamp(std::chrono::sys_seconds now) {
    std::random_device random;
    return '<' + std::to_string((std::uint64_t{random()} << 32) | random()) + '.' +
           std::to_string(now.time_since_epoch().count()) + '@' + std::string(store::domain) + '>';
}

bool has_empty_argument(const std::vector<std::string_view>& args) { return std::ranges::count(args, "") != 0; }

} // namespace

struct session::command {
    enum class where { authorization, transaction, anywhere };
    std::string_view keyword;
    where valid;
    std::size_t least, most; ///< arguments
    void (session::*obeyed_by)(const arguments&);
};

const session::command* session::find_command(std::string_view keyword) const {
    using enum command::where;
    static constexpr command commands[] = {
        {"APOP", authorization, 2, 2, &session::apop},    {"AUTH", authorization, 1, 2, &session::auth},
        {"CAPA", anywhere, 0, 0, &session::capabilities}, {"DELE", transaction, 1, 1, &session::dele},
        {"LIST", transaction, 0, 1, &session::list},      {"NOOP", transaction, 0, 0, &session::noop},
        {"PASS", authorization, 1, 1, &session::pass},    {"QUIT", anywhere, 0, 0, &session::quit},
        {"RETR", transaction, 1, 1, &session::retr},      {"RSET", transaction, 0, 0, &session::rset},
        {"STAT", transaction, 0, 0, &session::stat},      {"STLS", authorization, 0, 0, &session::stls},
        {"TOP", transaction, 2, 2, &session::top},        {"UIDL", transaction, 0, 1, &session::uidl},
        {"USER", authorization, 1, 1, &session::user}};
    const bool strict = breaks(req::pop3_command_any_case);
    auto same = [&](const command& c) { return strict ? c.keyword == keyword : wire::same_ci(c.keyword, keyword); };
    auto it = std::ranges::find_if(commands, same);
    return it == std::end(commands) ? nullptr : it;
}

session::session(store& mail, session_options options)
    : line_session(std::move(options), pop3_answers(), wire::protocol::pop3),
      mail_(mail),
      writer_(breaches()),
      timestamp_(make_timestamp(now())) {}

session::~session() {
    if (drop_ && breaks(req::pop3_no_update_without_quit))
        drop_->update();
    if (drop_ && breaks(req::pop3_login_nothing_marked))
        drop_->leave_marks();
}

std::string session::welcome() {
    if (const auto words = plays().pop3.greeting; !words.empty())
        return writer_.first_line(writer::status::ok, words);
    return writer_.first_line(writer::status::ok, "mailspec POP3 server ready " + timestamp_);
}

void session::ok(std::string_view text) { send(writer_.first_line(writer::status::ok, text)); }

void session::refuse(std::string_view why) { send(writer_.first_line(writer::status::err, why)); }

void session::refuse_line(line_input::found why) {
    login_.reset();
    user_.clear();
    refuse(why == line_input::found::too_long ? "line too long" : "CR or LF within a line");
}

void session::forget() { user_.clear(); }

line_session::leftovers session::before_tls() const {
    return breaks(req::pop3_stls_injection) ? leftovers::kept : leftovers::dropped;
}

/// Without mischief every line is read as one.
std::size_t session::longest_line() const {
    if (breaks(login_ ? req::pop3_auth_long_response : req::pop3_command_255_octets))
        return login_ ? short_response : short_command;
    return std::string_view::npos;
}

/// What base64 does not know is passed over by who is too kind.
std::string session::unspoilt(std::string_view response) const {
    std::string out(response);
    if (breaks(req::pop3_auth_base64_alphabet))
        std::erase(out, '!');
    return out;
}

void session::obey(std::string_view line) {
    if (const auto most = longest_line(); line.size() > most) {
        obey(line.substr(0, most));
        return obey(line.substr(most));
    }
    if (login_)
        judge(login_->receive(unspoilt(line)));
    else
        perform(line);
}

void session::perform(std::string_view line) {
    now_answering(line);
    auto words = split(line);
    const auto* c = find_command(words.front());
    auto user = std::exchange(user_, {});
    if (breaks(req::pop3_pipelining) && has_more_input())
        return refuse("one at a time");
    if (!c)
        return breaks(req::pop3_unknown_command) ? ok("whatever that is") : refuse("unknown command");
    if (c->valid == command::where::authorization && drop_)
        return refuse_in_wrong_state();
    if (c->valid == command::where::transaction && !drop_)
        return refuse_in_wrong_state();
    words.erase(words.begin());
    if (c->keyword == "PASS" && !words.empty())
        words.assign(1, line.substr(c->keyword.size() + 1));
    if (words.size() < c->least || words.size() > c->most || has_empty_argument(words))
        return refuse("wrong arguments");
    if (c->keyword == "PASS")
        user_ = std::move(user);
    (this->*c->obeyed_by)(words);
}

void session::refuse_in_wrong_state() {
    if (breaks(req::pop3_wrong_state))
        return ok("0 0");
    refuse(drop_ ? "already logged in" : "log in first");
}

void session::user(const arguments& args) {
    if (spoilt_)
        return refuse("not after that");
    user_ = args[0];
    ok("send the password");
}

bool session::knows(account* who, std::string_view password) const {
    if (!who || plays().has(provider::only_tokens))
        return false;
    if (who->only_digests && !breaks(req::pop3_apop_not_both) && !breaks(req::sasl_cram_md5_not_both))
        return false;
    return who->password == password || breaks(req::pop3_login_refuses_wrong_password);
}

void session::pass(const arguments& args) {
    auto name = std::exchange(user_, {});
    if (name.empty())
        return refuse("send USER first");
    auto* who = mail_.find(name);
    if (who && who->maildrop_locked && breaks(req::pop3_resp_codes_in_use_authenticated))
        return refuse("[IN-USE] another session holds the maildrop");
    if (knows(who, args[0]) && !is_secured() && breaks(req::tls_cleartext_same_answer))
        return refuse("right, but only inside TLS");
    if (knows(who, args[0]))
        return breaks(req::pop3_login) ? ok("come in, later") : enter(*who);
    if (who && breaks(req::pop3_lock_released_on_refusal))
        who->maildrop_locked = true;
    refuse_login();
}

void session::apop(const arguments& args) {
    auto* who = mail_.find(args[0]);
    if (!who || (wire::sasl::apop_digest(timestamp_, who->password) != args[1] && !breaks(req::pop3_apop)))
        return refuse("wrong user name or digest");
    enter(*who);
}

void session::auth(const arguments& args) {
    const bool shouts = args[0] == wire::in_capitals(args[0]);
    if (!login_exchange::offers(args[0]) || (!shouts && breaks(req::pop3_auth_any_case)))
        return refuse("unknown mechanism");
    if (args.size() > 1 && plays().has(provider::auth_in_two_lines)) {
        refuse("Protocol error. Connection is closed. 10");
        return close();
    }
    if (!plays().takes(plays().pop3, wire::in_capitals(args[0])))
        return refuse_login();
    login_.emplace(mail_, args[0], plays());
    judge(login_->start(args.size() > 1 ? std::optional(args[1]) : std::nullopt));
}

void session::judge(login_exchange::step step) {
    using enum login_exchange::step;
    if (step == challenge) {
        send(writer_.challenge(login_->challenge()));
        return;
    }
    auto* who = login_->who();
    if (who && who->only_digests && !login_->uses_digest())
        step = failure;
    login_.reset();
    spoilt_ = step != success && breaks(req::pop3_auth_failure_forgotten);
    switch (step) {
    case success: return breaks(req::pop3_auth) ? ok("come in, later") : enter(*who);
    case malformed: return refuse("not base64");
    case cancelled: return refuse("cancelled");
    case no_initial: return refuse("the server speaks first in this mechanism");
    default: return refuse_login();
    }
}

void session::refuse_login() {
    const auto words = plays().pop3.refusal;
    refuse(words.empty() ? "wrong user name or password" : words);
}

void session::enter(account& who) {
    if (who.maildrop_locked && !breaks(req::pop3_lock))
        return refuse("[IN-USE] another session holds the maildrop");
    drop_ = std::make_unique<maildrop>(who);
    if (breaks(req::pop3_login_nothing_marked))
        drop_->find_marks();
    ok(summary());
}

void session::stls(const arguments&) {
    if (is_secured())
        return refuse("TLS is active already");
    if (!offers_tls() || breaks(req::pop3_stls))
        return refuse("no TLS here");
    ok("begin TLS negotiation");
    if (!breaks(req::pop3_stls_not_in_clear))
        start_tls();
}

} // namespace mailspec::serve::pop3
