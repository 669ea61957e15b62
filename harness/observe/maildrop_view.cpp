#include "harness/observe/maildrop_view.hpp"

#include "harness/observe/words.hpp"
#include "harness/rfc/catalogue.hpp"

#include <algorithm>

namespace mailspec::observe {

namespace req = rfc::req;

namespace {

const rfc::requirement& format_of(maildrop_view::kind k) {
    return k == maildrop_view::kind::sizes ? req::pop3_list : req::pop3_uidl;
}

/// What is counted in lines: those that begin with a dot, those that end without carriage return.
struct line_count {
    std::uint64_t dots = 0, lone_feeds = 0;
};

line_count count_lines(std::string_view octets) {
    line_count all;
    for (std::size_t line = 0; line < octets.size();) {
        const auto feed = std::min(octets.find('\n', line), octets.size());
        all.dots += octets[line] == '.' ? 1 : 0;
        all.lone_feeds += feed == octets.size() || feed == line || octets[feed - 1] != '\r' ? 1 : 0;
        line = feed + 1;
    }
    return all;
}

/// The digits that a text begins with; others may follow a space.
std::string_view leading_number(std::string_view text) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    return end == text.size() || text[end] == ' ' ? text.substr(0, end) : std::string_view();
}

} // namespace

maildrop_view::message* maildrop_view::at(std::uint32_t number) {
    if (number == 0 || number > most)
        return nullptr;
    if (number > all_.size()) {
        all_.resize(number);
        whole_[0] = whole_[1] = false;
    }
    return &all_[number - 1];
}

const maildrop_view::message* maildrop_view::find(std::uint32_t number) const {
    return number == 0 || number > all_.size() ? nullptr : &all_[number - 1];
}

std::string maildrop_view::message_number(std::uint64_t n) { return "message " + std::to_string(n); }

std::string_view maildrop_view::command_of(kind k) { return k == kind::sizes ? "LIST" : "UIDL"; }

void maildrop_view::take_listing(kind what, std::string_view payload, const report& to) {
    for (auto& each : all_)
        each.listed = false;
    while (!payload.empty()) {
        auto one = take_until(payload, "\n");
        if (one.ends_with('\r'))
            one.remove_suffix(1);
        const auto digits = one.substr(0, one.find(' '));
        const auto number = read_number<std::uint32_t>(digits);
        if (!number || digits.size() == one.size())
            return to(format_of(what), "a line of " + std::string(command_of(what)) +
                                           " does not consist of message number, space and what belongs to it");
        take_entry(what, *number, one.substr(digits.size() + 1), to);
    }
    check_listing(what, to);
}

void maildrop_view::take_entry(kind what, std::uint32_t number, std::string_view value, const report& to) {
    if (number == 0)
        to(req::pop3_message_numbers, std::string(command_of(what)) + " names a message 0");
    auto* m = at(number);
    if (!m)
        return;
    if (m->listed)
        to(req::pop3_message_numbers, std::string(command_of(what)) + " names " + message_number(number) + " twice");
    m->listed = true;
    if (m->deleted)
        to(what == kind::sizes ? req::pop3_list_without_deleted : req::pop3_uidl_without_deleted,
           std::string(command_of(what)) + " names " + message_number(number) + ", which is marked as deleted");
    if (what == kind::sizes)
        take_size(number, *m, value, to);
    else
        take_id(number, *m, value, to);
}

void maildrop_view::take_size(std::uint32_t number, message& m, std::string_view text, const report& to) {
    const auto octets = read_number<std::uint64_t>(leading_number(text));
    if (!octets)
        return to(req::pop3_list, "the size of " + message_number(number) + " is not a number");
    if (m.octets != unknown && m.octets != *octets)
        to(req::pop3_message_numbers,
           message_number(number) + " has " + std::to_string(*octets) + " octets, it had " + std::to_string(m.octets));
    m.octets = *octets;
    check_size(number, m, to);
}

void maildrop_view::take_id(std::uint32_t number, message& m, std::string_view text, const report& to) {
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
    if (text.empty() || text.size() > 70 || !printable)
        to(req::pop3_uidl_characters,
           "the unique-id of " + message_number(number) +
               (printable ? " has " + std::to_string(text.size()) + " characters"
                          : std::string(" holds others than printable characters without space")));
    if (text.empty() || text.size() > 512)
        return;
    if (m.id_size > 0 && id_of(m) == text)
        return;
    if (m.id_size > 0)
        to(req::pop3_uidl_persists, message_number(number) + " has another unique-id than it had in this session");
    keep_id(m, text);
}

void maildrop_view::keep_id(message& m, std::string_view text) {
    if (text.size() <= m.id_size) {
        ids_.replace(m.id_at, text.size(), text);
    } else {
        if (ids_.size() > most_of_ids)
            return;
        m.id_at = static_cast<std::uint32_t>(ids_.size());
        ids_ += text;
    }
    m.id_size = static_cast<std::uint16_t>(text.size());
}

void maildrop_view::take_one(kind what, std::uint32_t asked, std::string_view text, const report& to) {
    const auto digits = text.substr(0, text.find(' '));
    const auto number = read_number<std::uint32_t>(digits);
    if (!number || digits.size() == text.size())
        return to(format_of(what), "the answer to " + std::string(command_of(what)) + ' ' + std::to_string(asked) +
                                       " does not consist of message number, space and what belongs to it");
    if (*number != asked)
        return to(format_of(what), std::string(command_of(what)) + ' ' + std::to_string(asked) + " is answered with " +
                                       message_number(*number));
    auto* m = at(asked);
    if (!m || m->deleted)
        return;
    const auto value = text.substr(digits.size() + 1);
    if (what == kind::sizes)
        take_size(asked, *m, value, to);
    else
        take_id(asked, *m, value, to);
}

void maildrop_view::take_stat(std::string_view text, const report& to) {
    const auto count = read_number<std::uint64_t>(take_until(text, " "));
    const auto octets = read_number<std::uint64_t>(leading_number(text));
    if (!count || !octets)
        return to(req::pop3_stat, "the answer to STAT does not consist of a number, a space and a number");
    stat_ = {*count, *octets};
    has_stat_ = true;
    if (whole_[static_cast<int>(kind::sizes)])
        check_stat(order::list_first, to);
}

void maildrop_view::take_message(std::uint32_t number, std::string_view octets, const report& to) {
    auto* m = at(number);
    if (!m)
        return;
    m->fetched = true;
    if (m->octets == octets.size() || m->measured == octets.size())
        return;
    const auto counted = count_lines(octets);
    if (counted.lone_feeds > 0)
        return;
    m->measured = octets.size();
    m->dots = counted.dots;
    check_size(number, *m, to);
}

void maildrop_view::note_fetched(std::uint32_t number) {
    if (auto* m = at(number))
        m->fetched = true;
}

void maildrop_view::note_deleted(std::uint32_t number) {
    auto* m = at(number);
    has_stat_ = false;
    if (!m || m->deleted)
        return;
    m->deleted = true;
    ++deleted_;
}

void maildrop_view::note_reset() {
    for (auto& each : all_) {
        whole_[0] = whole_[0] && each.octets != unknown;
        whole_[1] = whole_[1] && each.id_size > 0;
        each.deleted = false;
    }
    deleted_ = 0;
    has_stat_ = false;
}

bool maildrop_view::is_deleted(std::uint32_t number) const {
    const auto* m = find(number);
    return m && m->deleted;
}

bool maildrop_view::was_fetched(std::uint32_t number) const {
    const auto* m = find(number);
    return m && m->fetched && !m->deleted;
}

maildrop_memory::messages maildrop_view::snapshot() const {
    using use = maildrop_memory::message::use;
    maildrop_memory::messages out;
    for (const auto& each : all_)
        if (!each.deleted)
            out.push_back({std::string(id_of(each)), each.octets, each.fetched ? use::fetched : use::untouched});
    return out;
}

} // namespace mailspec::observe
