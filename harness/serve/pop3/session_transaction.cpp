#include "harness/rfc/catalogue.hpp"
#include "harness/serve/pop3/session.hpp"

#include <charconv>
#include <random>

namespace mailspec::serve::pop3 {

namespace req = rfc::req;

namespace {

std::optional<std::size_t> number(std::string_view text) {
    std::size_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
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

std::size_t dotted_lines(std::string_view octets) {
    std::size_t count = octets.starts_with('.') ? 1 : 0;
    for (auto at = octets.find("\n."); at != octets.npos; at = octets.find("\n.", at + 1))
        ++count;
    return count;
}

std::string pair(std::size_t n, std::string_view what) { return std::to_string(n).append(1, ' ').append(what); }

} // namespace

std::string session::summary() const {
    return pair(drop_->count(), "messages (") + std::to_string(drop_->octets()) + " octets)";
}

item* session::message(std::string_view text) {
    auto n = number(text);
    auto* found = n ? drop_->find(*n) : nullptr;
    if (!found && breaks(req::pop3_list_no_such_message))
        ok(pair(n.value_or(0), "0"));
    else if (!found)
        refuse("no such message");
    return found;
}

std::string session::size_of(const item& i) const {
    auto octets = i.size() + (breaks(req::pop3_list) ? 1 : 0);
    if (breaks(req::pop3_list_stuffing_not_counted))
        octets += dotted_lines(*i.octets);
    return std::to_string(octets);
}

std::string session::unique_id(const item& i) const {
    if (breaks(req::pop3_uidl) || breaks(req::pop3_uidl_persists))
        return std::to_string(std::random_device()());
    if (breaks(req::pop3_uidl_characters))
        return drop_->unique_id(i) + " and more";
    if (breaks(req::pop3_uidl_unique))
        return "the-same";
    return drop_->unique_id(i);
}

void session::stat(const arguments&) {
    auto with_deleted = breaks(req::pop3_stat_without_deleted);
    auto count = with_deleted ? drop_->items().size() : drop_->count();
    ok(pair(count, std::to_string(drop_->octets() + (breaks(req::pop3_stat) ? 1 : 0))));
}

template <typename F> std::string session::listing(const rfc::requirement& without_deleted, F value) {
    std::string lines;
    std::size_t number = 0;
    for (const auto& i : drop_->items()) {
        if (i.deleted && breaks(req::pop3_message_numbers))
            continue; // those behind it move up
        ++number;
        if (!i.deleted || breaks(without_deleted))
            lines += pair(number, value(i)) + "\r\n";
    }
    return lines;
}

void session::list(const arguments& args) {
    if (args.empty()) {
        ok(drop_->count() == 0 ? "no messages" : "scan listing follows");
        send(writer_.payload(listing(req::pop3_list_without_deleted, [this](const item& i) { return size_of(i); })));
    } else if (const auto* m = message(args[0])) {
        ok(pair(*number(args[0]), size_of(*m)));
    }
}

void session::uidl(const arguments& args) {
    if (breaks(req::pop3_capa_truthful))
        return refuse("unknown command");
    if (args.empty()) {
        ok("unique-id listing follows");
        send(writer_.payload(listing(req::pop3_uidl_without_deleted, [this](const item& i) { return unique_id(i); })));
    } else if (const auto* m = message(args[0])) {
        ok(pair(*number(args[0]), unique_id(*m)));
    }
}

void session::retr(const arguments& args) {
    auto* m = message(args[0]);
    if (!m)
        return;
    if (breaks(req::pop3_lock) && !drop_->is_there(*m))
        return refuse("another session has removed it");
    if (m->retrieved && breaks(req::pop3_transaction_repeatedly))
        return refuse("you have it already");
    m->retrieved = true;
    ok(pair(m->size(), "octets"));
    send(writer_.payload(breaks(req::pop3_retr) ? m->octets->substr(0, m->octets->size() / 2) : *m->octets));
}

void session::top(const arguments& args) {
    auto lines = number(args[1]);
    if (!lines)
        return refuse("wrong number of lines");
    const auto* m = message(args[0]);
    if (!m)
        return;
    if (breaks(req::pop3_top) || (*lines == 0 && breaks(req::pop3_top_zero)))
        ++*lines;
    auto top = top_of(*m->octets, *lines);
    if (top.size() == m->octets->size() && breaks(req::pop3_top_whole))
        top = top_of(*m->octets, 0);
    ok("top of message follows");
    send(writer_.payload(top));
}

void session::dele(const arguments& args) {
    auto n = number(args[0]);
    if (breaks(req::pop3_dele) && n && *n > 0 && *n <= drop_->items().size())
        drop_->items()[*n - 1].deleted = false;
    auto* m = message(args[0]);
    if (!m)
        return;
    m->deleted = true;
    if (breaks(req::pop3_dele_not_yet))
        drop_->update();
    ok("message deleted");
}

void session::noop(const arguments&) {
    ok(breaks(req::pop3_syntax_line_length) ? std::string(600, 'x') : "nothing done");
}

void session::rset(const arguments&) {
    if (!breaks(req::pop3_rset))
        drop_->unmark_all();
    ok(summary());
}

/// The UPDATE state: gives how many messages are left.
std::size_t session::update() {
    const bool downloads_only = breaks(req::pop3_expire_retention) || breaks(req::pop3_expire_announced);
    for (auto& i : drop_->items())
        i.deleted = i.deleted || (downloads_only && i.retrieved) || breaks(req::pop3_quit_keeps_others);
    if (!breaks(req::pop3_quit_removes_deleted))
        drop_->update();
    if (breaks(req::pop3_quit_releases_lock))
        drop_->keep_lock();
    const auto left = drop_->count();
    drop_.reset();
    return left;
}

void session::quit(const arguments&) {
    ok(drop_ ? "bye (" + pair(update(), "messages left)") : "bye");
    if (!breaks(req::pop3_quit_closes))
        close();
}

} // namespace mailspec::serve::pop3
