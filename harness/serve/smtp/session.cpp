#include "harness/serve/smtp/session.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::serve::smtp {

namespace req = rfc::req;

session::session(store& mail, wire::protocol role, session_options options)
    : line_session(std::move(options), smtp_answers(), role), mail_(mail), writer_(breaches()), role_(role) {}

session::~session() {
    if (data_ && !recipients_.empty() && breaks(req::smtp_drop_cancels))
        file_mail(data_->take_message());
}

std::string session::welcome() {
    if (breaks(req::smtp_greeting_554_waits))
        close();
    if (breaks(req::smtp_greeting_554_waits) || breaks(req::smtp_greeting_554_503))
        return writer_.reply("554", "", host() + " has no mail service");
    if (const auto words = plays().smtp.greeting; !words.empty() && role_ == wire::protocol::submission)
        return writer_.reply("220", "", words);
    return writer_.greeting(host(), role_ == wire::protocol::lmtp ? "LMTP mailspec" : "ESMTP mailspec");
}

void session::reply(std::string_view code, std::string_view status, std::string_view text) {
    const bool bare = greeted_ == greeted::helo && breaks(req::smtp_enhanced_codes_without_ehlo);
    send(writer_.reply(code, bare ? std::string_view{} : status, text));
    if (code.starts_with('5') && reads() == reading::lines && breaks(req::smtp_pipelining_input_kept))
        lose_input(std::string::npos);
}

void session::hold_back(std::string_view code, std::string_view status, std::string_view text) {
    held_ = writer_.reply(code, status, text);
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
    if (breaks(req::smtp_starttls_forgets))
        return;
    reset();
    greeted_ = greeted::no;
    client_.clear();
    user_ = nullptr;
}

void session::reset() {
    sender_.reset();
    recipients_.clear();
    refused_.clear();
    chunking_ = false;
    chunks_.clear();
    chunks_size_ = 0;
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
        {"AUTH", some, &session::auth}, {"BDAT", some, &session::bdat}, {"DATA", none, &session::data},
        {"EHLO", some, &session::ehlo}, {"EXPN", some, &session::expn}, {"HELO", some, &session::helo},
        {"HELP", some, &session::help}, {"LHLO", some, &session::lhlo}, {"MAIL", some, &session::mail},
        {"NOOP", some, &session::noop}, {"QUIT", none, &session::quit}, {"RCPT", some, &session::rcpt},
        {"RSET", none, &session::rset}, {"VRFY", some, &session::vrfy}, {"STARTTLS", none, &session::starttls},
    };
    auto it = std::ranges::find(commands, wire::in_capitals(keyword), &command::keyword);
    return it == std::end(commands) ? nullptr : it;
}

void session::perform(std::string_view line) {
    now_answering(line);
    send(std::exchange(held_, {}));
    auto space = line.find(' ');
    auto keyword = line.substr(0, space);
    auto argument = space == line.npos ? std::string_view{} : line.substr(space + 1);
    while (argument.ends_with(' '))
        argument.remove_suffix(1);
    const auto* c = find_command(keyword);
    auto greets_lmtp = c && c->keyword == "LHLO";
    auto greets_smtp = c && (c->keyword == "EHLO" || c->keyword == "HELO");
    if (breaks(req::smtp_case_insensitive) && keyword != wire::in_capitals(keyword))
        return reply("500", "5.5.1", "in capitals, please");
    const bool unknown = !c || (role_ == wire::protocol::lmtp ? greets_smtp : greets_lmtp);
    if (breaks(req::smtp_stays_open) && (unknown || line.size() > 1000))
        close();
    if (unknown)
        return reply("500", "5.5.1", "unknown command");
    if (has_more_input() && breaks(req::smtp_pipelining))
        return reply("503", "5.5.1", "one at a time");
    if (c->takes == command::argument::none && !argument.empty())
        return reply("501", "5.5.4", std::string(c->keyword) + " takes no argument");
    (this->*c->obeyed_by)(argument);
}

void session::introduce(std::string_view client) {
    if (!breaks(req::smtp_starttls_forgets) && !breaks(req::smtp_ehlo_clears))
        reset();
    client_ = client;
    greeted_ = greeted::ehlo;
    std::vector<std::string> keywords{"PIPELINING", "SIZE " + std::to_string(message_limit), "8BITMIME", "CHUNKING"};
    if (plays().gives_enhanced_codes())
        keywords.push_back("ENHANCEDSTATUSCODES");
    if (offers_tls() || (is_secured() && breaks(req::smtp_starttls_not_again)))
        keywords.push_back("STARTTLS");
    const auto mechanisms = provider::of_ours(plays().smtp.announces, login_exchange::mechanisms());
    keywords.push_back("AUTH " + mechanisms);
    if (plays().has(provider::auth_with_equals))
        keywords.push_back("AUTH=" + mechanisms);
    keywords.push_back("EXPN");
    keywords.push_back("HELP");
    send(writer_.ehlo_reply(host(), keywords));
}

void session::ehlo(std::string_view argument) {
    if (!is_host(argument) && breaks(req::smtp_ehlo_refused_keeps_state))
        reset();
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
    if (breaks(req::smtp_helo))
        return reply("502", "", "not today");
    if (!is_host(argument))
        return reply("501", "", "say HELO with a domain");
    if (!breaks(req::smtp_ehlo_clears))
        reset();
    client_ = argument;
    greeted_ = greeted::helo;
    reply("250", "", host());
}

void session::rset(std::string_view) {
    if (!breaks(req::smtp_rset_clears))
        reset();
    if (!has_more_input() && breaks(req::smtp_pipelining_flushed))
        return hold_back("250", "2.0.0", "nothing under way");
    reply("250", "2.0.0", "nothing under way");
    if (breaks(req::smtp_rset_stays_open))
        close();
}

void session::noop(std::string_view) {
    if (breaks(req::smtp_noop_keeps_transaction))
        reset();
    if (has_more_input() && breaks(req::smtp_pipelining_not_buffered))
        return hold_back("250", "2.0.0", "nothing done");
    reply("250", "2.0.0", breaks(req::smtp_syntax_line_length) ? std::string(600, 'x') : "nothing done");
}

void session::quit(std::string_view) {
    if (breaks(req::smtp_quit_aborts) && sender_ && !recipients_.empty())
        file_mail("Subject: what was not said\r\n\r\n");
    reply("221", "2.0.0", host() + " closes the connection");
    close();
}

} // namespace mailspec::serve::smtp
