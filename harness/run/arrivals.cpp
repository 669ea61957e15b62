#include "harness/run/arrivals.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::run {
namespace {

using kind = declared::kind;
using place = snapshot::place;
using message = snapshot::message;

/// The header fields, each with its continuation lines and line ends, and the body.
std::pair<std::vector<std::string_view>, std::string_view> take_apart(std::string_view mail) {
    std::vector<std::string_view> fields;
    while (!mail.empty() && !mail.starts_with("\r\n")) {
        std::size_t end = 0;
        do {
            const auto line_end = mail.find("\r\n", end);
            end = line_end == std::string_view::npos ? mail.size() : line_end + 2;
        } while (end < mail.size() && (mail[end] == ' ' || mail[end] == '\t'));
        fields.push_back(mail.substr(0, end));
        mail.remove_prefix(end);
    }
    mail.remove_prefix(std::min<std::size_t>(mail.size(), 2));
    return {std::move(fields), mail};
}

std::string name_of(std::string_view field) { return std::string(field.substr(0, field.find(':'))); }

/// How alike a copy and what it may have been made of are.
int likeness(const message& a, const message& b) {
    return (a.size == b.size ? 4 : 0) + (same_date(a, b) ? 2 : 0) + (a.flags == b.flags ? 1 : 0);
}

/// The next message that came; where it should be like another, the one most like it.
const message* take(std::vector<const message*>& fresh, const message* like) {
    if (fresh.empty())
        return nullptr;
    auto best = fresh.begin();
    if (like)
        best = std::max_element(fresh.begin(), fresh.end(), [&](const auto* a, const auto* b) {
            return likeness(*a, *like) < likeness(*b, *like);
        });
    const auto* out = *best;
    fresh.erase(best);
    return out;
}

const message* source_of(const comparison& c, const declared& d) {
    const auto* from = d.is_about_message() ? c.before.find(d.role, d.mailbox) : nullptr;
    return from && d.message <= from->messages.size() ? &from->messages[d.message - 1] : nullptr;
}

/// The source's flags when the copy was made: as they were before, or as a <change> of this block made them.
bool may_have(const comparison& c, const declared& d, const message& copy, const message& source) {
    if (copy.flags == source.flags)
        return true;
    for (const auto& each : c.changes)
        if (each.message == d.message && each.role == d.role && each.mailbox == d.mailbox &&
            (each.what == kind::adds_flags || each.what == kind::removes_flags || each.what == kind::sets_flags))
            return true;
    return false;
}

std::string show(const message& m) {
    return show_flags(m.flags) + (m.date.empty() ? "" : ", " + m.date) + ", " + m.size + " octets";
}

undeclared row_of(const declared& d, std::string what, std::string before, std::string after) {
    undeclared u;
    u.row = {std::move(what), std::move(before), std::move(after), d.words, {}};
    u.line = d.line;
    u.proves = d.proves;
    return u;
}

void compare_copy(const comparison& c, const declared& d, const message& copy, const message& source,
                  std::vector<undeclared>& out) {
    const auto what = "the copy of message " + std::to_string(d.message) + " in " + d.to;
    if (copy.size != source.size)
        out.push_back(row_of(d, what, show(source), show(copy)));
    else if (!same_date(copy, source) || !may_have(c, d, copy, source)) {
        auto u = row_of(d, what, show(source), show(copy));
        u.proves = d.what == kind::message_moved ? &rfc::req::imap_move_preserves : &rfc::req::imap_copy_preserves;
        u.row.declared += ", flags and internal date kept";
        out.push_back(std::move(u));
    }
}

/// Mail of this block, first as it was sent, else whatever came.
const message* take_mail(const comparison& c, std::vector<const message*>& fresh, std::string& differs) {
    for (auto each = fresh.begin(); each != fresh.end(); ++each)
        for (const auto& sent : c.sent)
            if (differs_from_sent((*each)->octets, sent).empty()) {
                const auto* out = *each;
                fresh.erase(each);
                return out;
            }
    const auto* out = take(fresh, nullptr);
    if (out && !c.sent.empty())
        differs = differs_from_sent(out->octets, c.sent.front());
    return out;
}

std::string come_to(const comparison& c, const declared& d, const place& is) {
    if (d.what == kind::mail_delivered)
        return "mail to " + d.role;
    return (d.is_about_message() ? "message " + std::to_string(d.message) + " in " : "a message in ") +
           show_place(c, is);
}

std::string what_was_told(const comparison& c, const place& is) {
    const bool at_home = is.role == c.at.role && is.name == c.at.home;
    return c.acting && at_home ? c.acting->unlike(is.messages.size()) : std::string();
}

/// One that was declared to come.
void expect_one(const comparison& c, const declared& d, const place& is, std::vector<const message*>& fresh,
                std::vector<undeclared>& out) {
    std::string differs;
    const auto* source = source_of(c, d);
    const auto* came = d.what == kind::mail_delivered ? take_mail(c, fresh, differs) : take(fresh, source);
    if (!came) {
        out.push_back(row_of(d, come_to(c, d, is), "not there", "not there"));
        out.back().may_come = d.what == kind::mail_delivered;
        out.back().row.told = what_was_told(c, is);
    } else if (source)
        compare_copy(c, d, *came, *source, out);
    else if (!differs.empty()) {
        out.push_back(row_of(d, come_to(c, d, is), "as sent", differs));
        out.back().proves = &rfc::req::smtp_data_unchanged;
    }
}

} // namespace

std::string differs_from_sent(std::string_view came, std::string_view sent) {
    const auto [came_fields, came_body] = take_apart(came);
    const auto [sent_fields, sent_body] = take_apart(sent);
    auto at = came_fields.begin();
    for (const auto field : sent_fields) {
        at = std::find(at, came_fields.end(), field);
        if (at == came_fields.end())
            return "without the header field " + name_of(field) + " as sent";
        ++at;
    }
    if (came_body == sent_body)
        return {};
    const auto [a, b] = std::mismatch(came_body.begin(), came_body.end(), sent_body.begin(), sent_body.end());
    return "another body from octet " + std::to_string(a - came_body.begin()) + " on, " +
           std::to_string(came_body.size()) + " octets instead of " + std::to_string(sent_body.size());
}

void compare_arrivals(const comparison& c, const place& was, const place& is, std::vector<const message*> fresh,
                      std::vector<undeclared>& out) {
    std::size_t wanted = 0;
    for (const bool copies : {true, false})
        for (const auto& d : c.changes)
            for (std::uint32_t n = 0; d.brings(is.role, is.name) && d.is_about_message() == copies && n < d.times;
                 ++n) {
                ++wanted;
                expect_one(c, d, is, fresh, out);
            }
    if (!was.exists)
        return;
    for (const auto* each : fresh) {
        undeclared u;
        const bool mail = is.what != place::kind::mailbox && !each->octets.empty();
        u.row = {(wanted == 0 ? "a " : "another ") + (mail ? "mail to " + is.role : "message in " + show_place(c, is)),
                 "not there", "there, " + show(*each), "does not come", what_was_told(c, is)};
        for (const auto& d : c.changes)
            if (d.brings(is.role, is.name) || (d.what == kind::mail_not_delivered && d.role == is.role && d.proves)) {
                u.line = d.line;
                u.proves = d.proves;
            }
        out.push_back(std::move(u));
    }
}

} // namespace mailspec::run
