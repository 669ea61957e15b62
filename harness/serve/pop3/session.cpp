#include "harness/serve/pop3/session.hpp"

#include "harness/serve/pop3/apop.hpp"

#include <algorithm>
#include <charconv>
#include <random>
#include <utility>

namespace mailspec::serve::pop3 {

namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::optional<std::size_t> number(std::string_view text) {
    std::size_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

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
    auto unique = (std::uint64_t{random()} << 32) | random();
    return '<' + std::to_string(unique) + '.' + std::to_string(now.time_since_epoch().count()) + '@' +
           std::string(store::domain) + '>';
}

/// The header, the empty line and that many lines of the body.
std::string_view top_of(std::string_view octets, std::size_t lines) {
    std::size_t end = 2;
    if (!octets.starts_with("\r\n")) {
        auto header_end = octets.find("\r\n\r\n");
        if (header_end == octets.npos)
            return octets;
        end = header_end + 4;
    }
    for (; lines > 0 && end < octets.size(); --lines) {
        auto line_end = octets.find("\r\n", end);
        if (line_end == octets.npos)
            return octets;
        end = line_end + 2;
    }
    return octets.substr(0, end);
}

bool has_empty_argument(const std::vector<std::string_view>& args) { return std::ranges::count(args, "") != 0; }

std::string listing(std::size_t n, std::string_view what) { return std::to_string(n).append(1, ' ').append(what); }

} // namespace

struct session::command {
    enum class where { authorization, transaction, anywhere };
    std::string_view keyword;
    where valid;
    std::size_t least, most; ///< arguments
    void (session::*obeyed_by)(const arguments&);
};

const session::command* session::find_command(std::string_view keyword) {
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
    auto same = [&](const command& c) { return std::ranges::equal(c.keyword, keyword, {}, {}, upper); };
    auto it = std::ranges::find_if(commands, same);
    return it == std::end(commands) ? nullptr : it;
}

session::session(store& mail, session_options options)
    : line_session(std::move(options)), mail_(mail), timestamp_(make_timestamp(now())) {}

std::string session::greeting() { return "+OK mailspec POP3 server ready " + timestamp_ + "\r\n"; }

void session::ok(std::string_view text) { send("+OK " + std::string(text) + "\r\n"); }

void session::refuse(std::string_view why) { send("-ERR " + std::string(why) + "\r\n"); }

void session::refuse_line(line_input::found why) {
    login_.reset();
    user_.clear();
    refuse(why == line_input::found::too_long ? "line too long" : "CR or LF within a line");
}

void session::forget() { user_.clear(); }

void session::obey(std::string_view line) {
    if (login_)
        judge(login_->receive(line));
    else
        perform(line);
}

void session::perform(std::string_view line) {
    auto words = split(line);
    const auto* c = find_command(words.front());
    auto user = std::exchange(user_, {});
    if (!c)
        return refuse("unknown command");
    if (c->valid == command::where::authorization && drop_)
        return refuse("already logged in");
    if (c->valid == command::where::transaction && !drop_)
        return refuse("log in first");
    words.erase(words.begin());
    if (c->keyword == "PASS" && !words.empty())
        words.assign(1, line.substr(c->keyword.size() + 1));
    if (words.size() < c->least || words.size() > c->most || has_empty_argument(words))
        return refuse("wrong arguments");
    if (c->keyword == "PASS")
        user_ = std::move(user);
    (this->*c->obeyed_by)(words);
}

void session::capabilities(const arguments&) {
    ok("capabilities follow");
    send("TOP\r\nUIDL\r\nUSER\r\nSASL " + login_exchange::mechanisms() + "\r\nRESP-CODES\r\nPIPELINING\r\n");
    if (offers_tls())
        send("STLS\r\n");
    send("EXPIRE NEVER\r\nIMPLEMENTATION mailspec\r\n.\r\n");
}

void session::user(const arguments& args) {
    user_ = args[0];
    ok("send the password");
}

void session::pass(const arguments& args) {
    auto name = std::exchange(user_, {});
    if (name.empty())
        return refuse("send USER first");
    auto* who = mail_.find(name);
    if (!who || who->password != args[0])
        return refuse("wrong user name or password");
    enter(*who);
}

void session::apop(const arguments& args) {
    auto* who = mail_.find(args[0]);
    if (!who || apop_digest(timestamp_, who->password) != args[1])
        return refuse("wrong user name or digest");
    enter(*who);
}

void session::auth(const arguments& args) {
    if (!login_exchange::offers(args[0]))
        return refuse("unknown mechanism");
    login_.emplace(mail_, args[0]);
    judge(login_->start(args.size() > 1 ? std::optional(args[1]) : std::nullopt));
}

void session::judge(login_exchange::step step) {
    using enum login_exchange::step;
    if (step == challenge) {
        send("+ " + login_->challenge() + "\r\n");
        return;
    }
    auto* who = login_->who();
    login_.reset();
    switch (step) {
    case success: return enter(*who);
    case malformed: return refuse("not base64");
    case cancelled: return refuse("cancelled");
    case no_initial: return refuse("the server speaks first in this mechanism");
    default: return refuse("wrong user name or password");
    }
}

void session::enter(account& who) {
    if (who.maildrop_locked)
        return refuse("[IN-USE] another session holds the maildrop");
    drop_ = std::make_unique<maildrop>(who);
    ok(listing(drop_->count(), "messages (") + std::to_string(drop_->octets()) + " octets)");
}

void session::stls(const arguments&) {
    if (is_secured())
        return refuse("TLS is active already");
    if (!offers_tls())
        return refuse("no TLS here");
    ok("begin TLS negotiation");
    start_tls();
}

item* session::message(std::string_view text) {
    auto n = number(text);
    auto* found = n ? drop_->find(*n) : nullptr;
    if (!found)
        refuse("no such message");
    return found;
}

void session::stat(const arguments&) { ok(listing(drop_->count(), std::to_string(drop_->octets()))); }

void session::list(const arguments& args) {
    if (!args.empty()) {
        if (const auto* m = message(args[0]))
            ok(listing(*number(args[0]), std::to_string(m->size())));
        return;
    }
    ok("scan listing follows");
    for (std::size_t n = 1; n <= drop_->items().size(); ++n)
        if (const auto* m = drop_->find(n))
            send(listing(n, std::to_string(m->size())) + "\r\n");
    send(".\r\n");
}

void session::uidl(const arguments& args) {
    if (!args.empty()) {
        if (const auto* m = message(args[0]))
            ok(listing(*number(args[0]), drop_->unique_id(*m)));
        return;
    }
    ok("unique-id listing follows");
    for (std::size_t n = 1; n <= drop_->items().size(); ++n)
        if (const auto* m = drop_->find(n))
            send(listing(n, drop_->unique_id(*m)) + "\r\n");
    send(".\r\n");
}

void session::send_lines(std::string_view octets) {
    while (!octets.empty()) {
        auto end = octets.find("\r\n");
        if (octets.front() == '.')
            send(".");
        send(octets.substr(0, end));
        send("\r\n");
        octets.remove_prefix(end == octets.npos ? octets.size() : end + 2);
    }
    send(".\r\n");
}

void session::retr(const arguments& args) {
    const auto* m = message(args[0]);
    if (!m)
        return;
    ok(listing(m->size(), "octets"));
    send_lines(*m->octets);
}

void session::top(const arguments& args) {
    auto lines = number(args[1]);
    if (!lines)
        return refuse("wrong number of lines");
    const auto* m = message(args[0]);
    if (!m)
        return;
    ok("top of message follows");
    send_lines(top_of(*m->octets, *lines));
}

void session::dele(const arguments& args) {
    auto* m = message(args[0]);
    if (!m)
        return;
    m->deleted = true;
    ok("message deleted");
}

void session::noop(const arguments&) { ok("nothing done"); }

void session::rset(const arguments&) {
    drop_->unmark_all();
    ok(listing(drop_->count(), "messages (") + std::to_string(drop_->octets()) + " octets)");
}

void session::quit(const arguments&) {
    if (drop_)
        drop_->update();
    drop_.reset();
    ok("bye");
    close();
}

} // namespace mailspec::serve::pop3
