#include "harness/rfc/catalogue.hpp"
#include "harness/serve/delivery.hpp"
#include "harness/serve/smtp/mail_breach.hpp"
#include "harness/serve/smtp/notification.hpp"
#include "harness/serve/smtp/session.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>

namespace mailspec::serve::smtp {

namespace req = rfc::req;

namespace {

constexpr std::size_t recipient_limit = 100; ///< RFC 5321 section 4.5.3.1.8 asks for as many

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
    if (!wire::starts_with_ci(text, word))
        return std::nullopt;
    return text.substr(word.size());
}

} // namespace

bool session::accept(const parameter& p) {
    auto wrong = [&] {
        reply("501", "5.5.4", "wrong value of " + p.keyword);
        return false;
    };
    if (p.keyword == "SIZE") {
        if (!p.value || p.value->size() > 20 || p.value->find_first_not_of("0123456789") != std::string::npos)
            return wrong();
        const auto digits = p.value->substr(std::min(p.value->find_first_not_of('0'), p.value->size()));
        if (digits.size() < 19 && (digits.empty() || std::stoull(digits) <= message_limit))
            return true;
        if (breaks(req::smtp_size_too_large))
            return true;
        reply("552", "5.3.4", "message size exceeds the fixed maximum message size");
        return false;
    }
    if (p.keyword == "BODY")
        return p.value && (wire::same_ci(*p.value, "7BIT") || wire::same_ci(*p.value, "8BITMIME")) ? true : wrong();
    if (p.keyword == "AUTH")
        return p.value ? true : wrong();
    reply("555", "5.5.4", "unknown parameter " + p.keyword);
    return false;
}

bool session::accept(const std::vector<parameter>& parameters) {
    auto refuses = breaks(req::smtp_announced_parameters);
    if (!parameters.empty() && (greeted_ == greeted::helo || refuses)) {
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

bool session::needs_login() const { return role_ == wire::protocol::submission && !user_; }

void session::mail(std::string_view argument) {
    if (greeted_ == greeted::no)
        return reply("503", "5.5.1", role_ == wire::protocol::lmtp ? "say LHLO first" : "say EHLO first");
    if (needs_login())
        return reply("530", "5.7.0", "authentication required");
    const bool lenient =
        breaks(req::smtp_mail_clears) || breaks(req::smtp_data_clears) || breaks(req::smtp_ehlo_clears);
    if ((sender_ && !lenient) || (had_mail_ && breaks(req::smtp_session_transactions))) {
        mistake_order();
        return reply("503", "5.5.1", "a mail transaction is open");
    }
    if (breaks(req::smtp_concurrent) && !mail_.begin_alone(this))
        return reply("503", "5.5.1", "another client is being served");
    auto text = behind("FROM:", argument);
    auto parsed = text ? parse_path_argument(*text, side::reverse) : std::nullopt;
    if (!parsed)
        return reply("501", "5.1.7", "say MAIL FROM:<address>");
    if (breaks(req::smtp_case_insensitive) &&
        (text->find(" size=") != text->npos || text->find(" body=") != text->npos))
        return reply("500", "5.5.4", "what is that?");
    if (!accept(parsed->parameters)) {
        if (breaks(req::smtp_mail_refused_keeps_state))
            sender_ = parsed->address.text();
        return;
    }
    sender_ = parsed->address.text();
    reply("250", "2.1.0", "sender " + *sender_ + " ok");
}

account* session::local(const path& p) {
    auto user = wire::in_small_letters(p.local), domain = wire::in_small_letters(p.domain);
    if (auto* found = mail_.find_address(user, domain))
        return found;
    auto here = domain.empty() || domain == store::domain;
    auto known = here && user == "postmaster" && !mail_.accounts().empty();
    return known ? mail_.accounts().begin()->second.get() : nullptr;
}

void session::rcpt(std::string_view argument) {
    if (needs_login())
        return reply("530", "5.7.0", "authentication required");
    if (!sender_ && breaks(req::smtp_rcpt_needs_mail))
        return reply("250", "2.1.5", "so be it");
    if (!sender_) {
        mistake_order();
        return reply("503", "5.5.1", "say MAIL first");
    }
    auto text = behind("TO:", argument);
    auto parsed = text ? parse_path_argument(*text, side::forward) : std::nullopt;
    if (!parsed)
        return reply("501", "5.1.3", "say RCPT TO:<address>");
    const auto& address = parsed->address;
    auto* to = local(address);
    if (!parsed->parameters.empty() && to && breaks(req::smtp_reply_meaning))
        recipients_.push_back({to, address.text()});
    if (!parsed->parameters.empty())
        return reply("555", "5.5.4", "unknown parameter " + parsed->parameters.front().keyword);
    const bool routed = text->starts_with("<@");
    if (routed && breaks(req::smtp_source_route_reverse_path))
        sender_->insert(1, '@' + host() + ':');
    if (routed && breaks(req::smtp_source_route_ignored))
        return take_recipient({nullptr, address.text()});
    if (breaks(req::smtp_path_domain_any_case) && address.domain != wire::in_small_letters(address.domain))
        to = nullptr;
    if (!to && !address.domain.empty() && wire::in_small_letters(address.domain) != store::domain)
        return reply("550", "5.7.1", "this server delivers to " + host() + " only");
    if (!to)
        refused_ = address.text();
    if (!to && !takes_nobody(breaches()))
        return reply("550", "5.1.1", "no mailbox " + address.text());
    take_recipient({to, address.text()});
}

void session::take_recipient(recipient who) {
    if (!recipients_.empty() && breaks(req::smtp_rcpt_several))
        return reply("503", "5.5.1", "one recipient is enough");
    if (recipients_.size() >= (breaks(req::smtp_limit_recipients) ? recipient_limit / 2 : recipient_limit)) {
        if (breaks(req::smtp_limit_recipients_orderly))
            recipients_.erase(recipients_.begin());
        return reply("452", "4.5.3", "too many recipients");
    }
    reply("250", "2.1.5", "recipient " + who.path + " ok");
    recipients_.push_back(std::move(who));
}

/// What is out of order leaves all as it was; or, on purpose, nothing.
void session::mistake_order() {
    if (!breaks(req::smtp_order_keeps_state))
        return;
    reset();
    greeted_ = greeted::no;
}

void session::data(std::string_view) {
    if (needs_login())
        return reply("530", "5.7.0", "authentication required");
    if (!sender_ || chunking_)
        return reply("503", "5.5.1", chunking_ ? "BDAT has begun" : "say MAIL first");
    if (breaks(req::smtp_mail_rcpt_data))
        return reply("250", "2.0.0", "go ahead");
    if (recipients_.empty() && !refused_.empty() && breaks(req::smtp_pipelining_empty_message))
        recipients_.push_back({nullptr, refused_});
    if (recipients_.empty())
        mistake_order();
    const bool says_503 = role_ == wire::protocol::lmtp || breaks(req::smtp_order_keeps_state);
    if (recipients_.empty() || (!refused_.empty() && breaks(req::smtp_pipelining_one_recipient)))
        return reply(says_503 ? "503" : "554", "5.5.1", "no valid recipients");
    using ends = data_input::line_ends;
    const bool any_lf = breaks(req::smtp_data_bare_lf_end) || breaks(req::smtp_data_bare_lf_lines);
    const auto known = breaks(req::smtp_data_smuggling) ? ends::anything : any_lf ? ends::lone_lf_too : ends::crlf;
    const auto most = breaks(req::smtp_size_enforced) ? SIZE_MAX : message_limit;
    data_.emplace(breaks(req::smtp_limit_message) ? 32u << 10 : most, known);
    reply("354", "", "end data with <CR><LF>.<CR><LF>");
}

std::size_t session::take_octets(std::string_view octets) {
    if (chunk_)
        return take_chunk(octets);
    auto taken = data_->take(octets);
    if (data_->ended()) {
        now_answering(".");
        finish_data();
        if (taken < octets.size() && breaks(req::smtp_pipelining_after_message))
            return taken + 1;
    }
    return taken;
}

std::string session::protocol_name() const {
    std::string name = role_ == wire::protocol::lmtp ? "LMTP" : greeted_ == greeted::ehlo ? "ESMTP" : "SMTP";
    if (greeted_ == greeted::ehlo)
        name.append(is_secured() ? "S" : "").append(user_ && !breaks(req::smtp_auth_received) ? "A" : "");
    return name;
}

trace session::make_trace() const {
    trace t;
    t.reverse_path = breaks(req::smtp_path_case_kept) ? wire::in_small_letters(*sender_) : *sender_;
    t.client = client_;
    t.peer = "[127.0.0.1]"; // it listens nowhere else
    t.protocol = protocol_name();
    t.ciphersuite = role_ == wire::protocol::submission ? ciphersuite_ : std::string();
    t.id = make_id();
    for (const auto& r : recipients_)
        t.recipients.push_back(r.path);
    t.received = now();
    return t;
}

std::vector<account*> session::addressees(std::string_view octets) const {
    std::vector<account*> to;
    for (const auto& r : recipients_)
        if (r.to)
            to.push_back(r.to);
    const bool all = breaks(req::smtp_rcpt_nobody_else), by_header = breaks(req::smtp_data_not_routed_by_header);
    for (const auto& [name, other] : mail_.accounts())
        if (all || (by_header && octets.substr(0, octets.find("\r\n\r\n")).find(name + '@') != octets.npos))
            to.push_back(other.get());
    return to;
}

void session::notify(const trace& failed, std::string_view mail) {
    for (const auto& r : recipients_) {
        const auto address = notified(mail, *sender_, breaches());
        const auto parsed = r.to ? std::nullopt : parse_mailbox(address);
        if (auto* to = parsed ? local(*parsed) : nullptr)
            deliver({&to, 1}, trace_of_notification(failed, breaches()), notification(address, r.path, breaches()),
                    breaches());
    }
}

std::string session::file_mail(std::string octets) {
    octets = spoiled(std::move(octets), breaches());
    const auto t = make_trace();
    const auto to = addressees(octets);
    const bool loses = breaks(req::smtp_data_delivered) && *sender_ != "<>"; // notifications come through
    if (!loses)
        deliver(to, t, octets, breaches());
    if (breaks(req::smtp_delivered_once))
        deliver(to, t, octets, breaches());
    notify(t, octets);
    return t.id;
}

void session::answer_data(std::string_view code, std::string_view status, std::string_view text) {
    auto replies = role_ == wire::protocol::lmtp ? recipients_.size() : 1;
    if (replies > 1 && breaks(req::lmtp_data_same_recipient)) {
        std::set<std::string_view> paths;
        for (const auto& r : recipients_)
            paths.insert(r.path);
        replies = paths.size();
    }
    if (role_ == wire::protocol::lmtp && breaks(req::lmtp_data_reply_each))
        ++replies;
    for (std::size_t i = 0; i < replies; ++i)
        reply(code, status, text);
}

void session::finish_data() {
    const auto objection = objection_to(data_->message(), breaches());
    if (data_->has_bare_line_end() && breaks(req::smtp_data_refused))
        file_mail(data_->take_message());
    if (!objection.empty())
        answer_data("554", "5.6.0", objection);
    else if (data_->has_bare_line_end())
        answer_data("554", "5.6.0", "the message has a CR or LF outside CRLF");
    else if (data_->is_too_large())
        answer_data("552", "5.3.4", "message size exceeds the fixed maximum message size");
    else if (breaks(req::smtp_data_late_recipients) && std::ranges::count(recipients_, nullptr, &recipient::to))
        answer_data("550", "5.1.1", "no such mailbox");
    else
        answer_data("250", "2.0.0", "delivered as " + file_mail(data_->take_message()));
    data_.reset();
    had_mail_ = true;
    if (!breaks(req::smtp_data_clears))
        reset();
}

} // namespace mailspec::serve::smtp
