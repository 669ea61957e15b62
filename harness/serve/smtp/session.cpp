#include "harness/serve/smtp/session.hpp"

#include "harness/serve/delivery.hpp"

#include <algorithm>
#include <random>

namespace mailspec::serve::smtp {

namespace {

constexpr std::size_t message_limit = 32u << 20;
constexpr std::size_t recipient_limit = 1000; ///< RFC 5321 section 4.5.3.1.8 asks for 100 at least

const std::string& host() {
    static const std::string name(store::domain);
    return name;
}

std::string make_id() {
    std::random_device random;
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string id;
    for (auto bits = (std::uint64_t{random()} << 32) | random(); id.size() < 16; bits >>= 4)
        id += digits[bits & 15];
    return id;
}

/// The text behind "FROM:" or "TO:", or nothing.
std::optional<std::string_view> behind(std::string_view word, std::string_view text) {
    if (upper(text.substr(0, word.size())) != word)
        return std::nullopt;
    return text.substr(word.size());
}

} // namespace

session::session(store& mail, wire::protocol role, session_options options, std::string peer)
    : line_session(std::move(options)), mail_(mail), role_(role), peer_(std::move(peer)) {}

std::string session::greeting() {
    return "220 " + host() + (role_ == wire::protocol::lmtp ? " LMTP" : " ESMTP") + " mailspec\r\n";
}

void session::reply(std::string_view code, std::string_view status, std::string_view text) {
    std::string line(code);
    line += ' ';
    if (!status.empty())
        line.append(status).append(1, ' ');
    send(line.append(text).append("\r\n"));
}

void session::refuse_line(line_input::found why) {
    auto too_long = why == line_input::found::too_long;
    auto in_login = login_.has_value();
    login_.reset();
    if (too_long)
        reply("500", in_login ? "5.5.6" : "5.5.2", "line too long");
    else
        reply("500", "5.5.2", "CR or LF within a line");
}

void session::forget() {
    reset();
    greeted_ = greeted::no;
    client_.clear();
    user_ = nullptr;
}

void session::reset() {
    sender_.reset();
    recipients_.clear();
}

void session::obey(std::string_view line) {
    if (login_)
        judge(login_->receive(line));
    else
        perform(line);
}

struct session::command {
    enum class argument { none, some };
    std::string_view keyword;
    argument takes;
    void (session::*obeyed_by)(std::string_view);
};

const session::command* session::find_command(std::string_view keyword) {
    using enum command::argument;
    static constexpr command commands[] = {
        {"AUTH", some, &session::auth}, {"DATA", none, &session::data},         {"EHLO", some, &session::ehlo},
        {"EXPN", some, &session::expn}, {"HELO", some, &session::helo},         {"HELP", some, &session::help},
        {"LHLO", some, &session::lhlo}, {"MAIL", some, &session::mail},         {"NOOP", some, &session::noop},
        {"QUIT", none, &session::quit}, {"RCPT", some, &session::rcpt},         {"RSET", none, &session::rset},
        {"VRFY", some, &session::vrfy}, {"STARTTLS", none, &session::starttls},
    };
    auto it = std::ranges::find(commands, upper(keyword), &command::keyword);
    return it == std::end(commands) ? nullptr : it;
}

void session::perform(std::string_view line) {
    auto space = line.find(' ');
    auto keyword = line.substr(0, space);
    auto argument = space == line.npos ? std::string_view{} : line.substr(space + 1);
    while (argument.ends_with(' '))
        argument.remove_suffix(1);
    const auto* c = find_command(keyword);
    auto greets_lmtp = c && c->keyword == "LHLO";
    auto greets_smtp = c && (c->keyword == "EHLO" || c->keyword == "HELO");
    if (!c || (role_ == wire::protocol::lmtp ? greets_smtp : greets_lmtp))
        return reply("500", "5.5.1", "unknown command");
    if (c->takes == command::argument::none && !argument.empty())
        return reply("501", "5.5.4", std::string(c->keyword) + " takes no argument");
    (this->*c->obeyed_by)(argument);
}

void session::introduce(std::string_view client) {
    reset();
    client_ = client;
    greeted_ = greeted::ehlo;
    auto lines = "250-" + host() + "\r\n250-PIPELINING\r\n250-SIZE " + std::to_string(message_limit) +
                 "\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n";
    if (offers_tls())
        lines += "250-STARTTLS\r\n";
    send(lines + "250-AUTH " + login_exchange::mechanisms() + "\r\n250 HELP\r\n");
}

void session::ehlo(std::string_view argument) {
    if (!is_host(argument))
        return reply("501", "", "say EHLO with a domain or an address literal");
    introduce(argument);
}

void session::lhlo(std::string_view argument) {
    if (!is_host(argument))
        return reply("501", "", "say LHLO with a domain or an address literal");
    introduce(argument);
}

void session::helo(std::string_view argument) {
    if (!is_host(argument))
        return reply("501", "", "say HELO with a domain");
    reset();
    client_ = argument;
    greeted_ = greeted::helo;
    reply("250", "", host());
}

bool session::accept(const parameter& p) {
    auto wrong = [&] {
        reply("501", "5.5.4", "wrong value of " + p.keyword);
        return false;
    };
    if (p.keyword == "SIZE") {
        if (!p.value || p.value->size() > 20 || p.value->find_first_not_of("0123456789") != std::string::npos)
            return wrong();
        if (p.value->size() < 19 && std::stoull(*p.value) <= message_limit)
            return true;
        reply("552", "5.3.4", "message size exceeds the fixed maximum message size");
        return false;
    }
    if (p.keyword == "BODY")
        return p.value && (upper(*p.value) == "7BIT" || upper(*p.value) == "8BITMIME") ? true : wrong();
    if (p.keyword == "AUTH")
        return p.value ? true : wrong();
    reply("555", "5.5.4", "unknown parameter " + p.keyword);
    return false;
}

bool session::accept(const std::vector<parameter>& parameters) {
    if (!parameters.empty() && greeted_ == greeted::helo) {
        reply("555", "5.5.4", "parameters need EHLO");
        return false;
    }
    for (auto p = parameters.begin(); p != parameters.end(); ++p) {
        if (std::ranges::find(parameters.begin(), p, p->keyword, &parameter::keyword) != p) {
            reply("501", "5.5.4", p->keyword + " twice");
            return false;
        }
        if (!accept(*p))
            return false;
    }
    return true;
}

void session::mail(std::string_view argument) {
    if (greeted_ == greeted::no)
        return reply("503", "5.5.1", role_ == wire::protocol::lmtp ? "say LHLO first" : "say EHLO first");
    if (role_ == wire::protocol::submission && !user_)
        return reply("530", "5.7.0", "authentication required");
    if (sender_)
        return reply("503", "5.5.1", "a mail transaction is open");
    auto text = behind("FROM:", argument);
    auto parsed = text ? parse_path_argument(*text, side::reverse) : std::nullopt;
    if (!parsed)
        return reply("501", "5.1.7", "say MAIL FROM:<address>");
    if (!accept(parsed->parameters))
        return;
    sender_ = parsed->address.text();
    reply("250", "2.1.0", "sender " + *sender_ + " ok");
}

account* session::local(const path& p) {
    auto here = p.domain.empty() || lower(p.domain) == store::domain;
    if (!here)
        return nullptr;
    auto user = lower(p.local);
    if (auto* found = user.find('@') == user.npos ? mail_.find(user) : nullptr)
        return found;
    auto known = user == "postmaster" && !mail_.accounts().empty();
    return known ? mail_.accounts().begin()->second.get() : nullptr;
}

void session::rcpt(std::string_view argument) {
    if (!sender_)
        return reply("503", "5.5.1", "say MAIL first");
    auto text = behind("TO:", argument);
    auto parsed = text ? parse_path_argument(*text, side::forward) : std::nullopt;
    if (!parsed)
        return reply("501", "5.1.3", "say RCPT TO:<address>");
    if (!parsed->parameters.empty())
        return reply("555", "5.5.4", "unknown parameter " + parsed->parameters.front().keyword);
    const auto& address = parsed->address;
    if (!address.domain.empty() && lower(address.domain) != store::domain)
        return reply("550", "5.7.1", "this server delivers to " + host() + " only");
    auto* to = local(address);
    if (!to)
        return reply("550", "5.1.1", "no mailbox " + address.text());
    if (recipients_.size() >= recipient_limit)
        return reply("452", "4.5.3", "too many recipients");
    recipients_.push_back({to, address.text()});
    reply("250", "2.1.5", "recipient " + address.text() + " ok");
}

void session::data(std::string_view) {
    if (!sender_)
        return reply("503", "5.5.1", "say MAIL first");
    if (recipients_.empty())
        return reply(role_ == wire::protocol::lmtp ? "503" : "554", "5.5.1", "no valid recipients");
    data_.emplace(message_limit);
    reply("354", "", "end data with <CR><LF>.<CR><LF>");
}

std::size_t session::take_octets(std::string_view octets) {
    auto taken = data_->take(octets);
    if (data_->ended())
        finish_data();
    return taken;
}

std::string session::protocol_name() const {
    std::string name = role_ == wire::protocol::lmtp ? "LMTP" : greeted_ == greeted::ehlo ? "ESMTP" : "SMTP";
    if (greeted_ == greeted::ehlo)
        name.append(is_secured() ? "S" : "").append(user_ ? "A" : "");
    return name;
}

std::string session::file_mail(std::string_view octets) {
    trace t;
    t.reverse_path = *sender_;
    t.client = client_;
    t.peer = peer_;
    t.protocol = protocol_name();
    t.id = make_id();
    t.only_recipient = recipients_.size() == 1 ? recipients_.front().path : "";
    t.received = now();
    std::vector<account*> to;
    for (const auto& r : recipients_)
        to.push_back(r.to);
    deliver(to, t, octets);
    return t.id;
}

void session::answer_data(std::string_view code, std::string_view status, std::string_view text) {
    auto replies = role_ == wire::protocol::lmtp ? recipients_.size() : 1;
    for (std::size_t i = 0; i < replies; ++i)
        reply(code, status, text);
}

void session::finish_data() {
    if (data_->has_bare_line_end())
        answer_data("554", "5.6.0", "the message has a CR or LF outside CRLF");
    else if (data_->is_too_large())
        answer_data("552", "5.3.4", "message size exceeds the fixed maximum message size");
    else
        answer_data("250", "2.0.0", "delivered as " + file_mail(data_->take_message()));
    data_.reset();
    reset();
}

void session::rset(std::string_view) {
    reset();
    reply("250", "2.0.0", "nothing under way");
}

void session::noop(std::string_view) { reply("250", "2.0.0", "nothing done"); }

void session::quit(std::string_view) {
    reply("221", "2.0.0", host() + " closes the connection");
    close();
}

void session::vrfy(std::string_view argument) {
    if (argument.empty())
        return reply("501", "5.5.4", "say VRFY with a user or mailbox");
    if (argument.starts_with('<') && argument.ends_with('>') && argument.size() > 2)
        argument = argument.substr(1, argument.size() - 2);
    auto parsed = argument.find('@') == argument.npos ? path{std::string(argument), ""} : parse_mailbox(argument);
    auto* found = parsed ? local(*parsed) : nullptr;
    if (!found)
        return reply("550", "5.1.1", "no such mailbox here");
    reply("250", "2.1.5", '<' + found->user + '@' + host() + '>');
}

void session::expn(std::string_view) { reply("502", "5.5.1", "no mailing lists here"); }

void session::help(std::string_view) {
    send("214-2.0.0 AUTH DATA EHLO HELO HELP MAIL NOOP QUIT\r\n214 2.0.0 RCPT RSET STARTTLS VRFY\r\n");
}

void session::starttls(std::string_view) {
    if (is_secured())
        return reply("503", "5.5.1", "TLS is active already");
    if (!offers_tls())
        return reply("502", "5.5.1", "no TLS here");
    reply("220", "2.0.0", "ready to start TLS");
    start_tls();
}

void session::auth(std::string_view argument) {
    if (greeted_ != greeted::ehlo)
        return reply("503", "5.5.1", "say EHLO first");
    if (user_ || sender_)
        return reply("503", "5.5.1", user_ ? "already authenticated" : "a mail transaction is open");
    auto space = argument.find(' ');
    auto mechanism = argument.substr(0, space);
    if (mechanism.empty())
        return reply("501", "5.5.4", "say AUTH with a mechanism");
    if (!login_exchange::offers(mechanism))
        return reply("504", "5.5.4", "unknown mechanism");
    login_.emplace(mail_, mechanism);
    judge(login_->start(space == argument.npos ? std::nullopt : std::optional(argument.substr(space + 1))));
}

void session::judge(login_exchange::step step) {
    using enum login_exchange::step;
    if (step == challenge)
        return reply("334", "", login_->challenge());
    auto* who = login_->who();
    login_.reset();
    switch (step) {
    case success: user_ = who; return reply("235", "2.7.0", "authentication successful");
    case malformed: return reply("501", "5.5.2", "not base64");
    case cancelled: return reply("501", "5.7.0", "cancelled");
    case no_initial: return reply("501", "5.7.0", "the server speaks first in this mechanism");
    default: return reply("535", "5.7.8", "wrong user name or password");
    }
}

} // namespace mailspec::serve::smtp
