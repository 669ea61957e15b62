#include "harness/rfc/catalogue.hpp"
#include "harness/run/arrivals.hpp"
#include "harness/run/difference.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace mailspec::run {
namespace {

using kind = declared::kind;
using place = snapshot::place;
using message = snapshot::message;
using flags = std::vector<std::string>;

/// What is declared for one message.
struct declaration {
    flags wanted;
    bool goes = false;
    std::uint32_t line = 0;
    const rfc::requirement* proves = nullptr;
    std::string words;
};

void apply(const declared& d, declaration& to) {
    flags result;
    auto& now = to.wanted;
    switch (d.what) {
    case kind::adds_flags:
        std::set_union(now.begin(), now.end(), d.flags.begin(), d.flags.end(), std::back_inserter(result));
        break;
    case kind::removes_flags:
        std::set_difference(now.begin(), now.end(), d.flags.begin(), d.flags.end(), std::back_inserter(result));
        break;
    case kind::sets_flags: result = d.flags; break;
    case kind::message_removed:
    case kind::message_moved: to.goes = true; [[fallthrough]];
    default: return;
    }
    now = std::move(result);
}

bool is_about(const declared& d, const place& where, std::size_t index) {
    return d.message == index + 1 && d.role == where.role && d.mailbox == where.name && d.what != kind::message_copied;
}

declaration declared_for(const comparison& c, const place& where, std::size_t index) {
    declaration out;
    out.wanted = where.messages[index].flags;
    for (const auto& d : c.changes) {
        if (!is_about(d, where, index))
            continue;
        out.line = d.line;
        out.proves = d.proves;
        out.words += (out.words.empty() ? "" : " and ") + d.words;
        apply(d, out);
    }
    if (out.words.empty())
        out.words = "stays as it is";
    return out;
}

std::string name_of(const comparison& c, const place& where, std::size_t index) {
    const auto name = "message " + std::to_string(index + 1);
    const bool at_home = where.role == c.at.role && where.name == c.at.home;
    return at_home ? name : name + " of " + show_place(c, where);
}

/// The flags, and what must never change where it did.
std::pair<std::string, std::string> show_both(const message& was, const message& is) {
    auto before = show_flags(was.flags), after = show_flags(is.flags);
    if (!same_date(was, is)) {
        before += ", " + was.date;
        after += ", " + is.date;
    }
    if (was.size != is.size) {
        before += ", " + was.size + " octets";
        after += ", " + is.size + " octets";
    }
    return {before, after};
}

/// Which message of `is` each one of `was` is: by UID; where those are no longer valid, by number among those that
/// stay.
std::vector<const message*> pair_up(const comparison& c, const place& was, const place& is,
                                    std::vector<const message*>& fresh) {
    std::vector<const message*> out(was.messages.size(), nullptr);
    std::vector<bool> taken(is.messages.size(), false);
    const bool by_number = (was.validity != is.validity && was.validity != 0 && is.validity != 0) || is.numbered;
    std::multimap<std::string_view, std::size_t> at; // POP3: identical messages may have one unique id
    for (std::size_t j = 0; j < taken.size(); ++j)
        at.emplace(is.messages[j].id, j);
    std::size_t number = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (by_number && declared_for(c, was, i).goes)
            continue;
        const auto found = by_number ? at.end() : at.lower_bound(was.messages[i].id);
        const bool same = found != at.end() && found->first == was.messages[i].id;
        const auto j = by_number ? number++ : same ? found->second : taken.size();
        if (j >= taken.size())
            continue;
        if (same)
            at.erase(found);
        taken[j] = true;
        out[i] = &is.messages[j];
    }
    for (std::size_t j = 0; j < taken.size(); ++j)
        if (!taken[j])
            fresh.push_back(&is.messages[j]);
    return out;
}

std::string what_was_told(const comparison& c, const place& where, const message& m, const message* now) {
    if (!c.acting || where.role != c.at.role || where.name != c.at.home)
        return {};
    auto said = c.acting->of(m.id);
    const bool agrees = now ? said == "FLAGS " + show_flags(now->flags) : said == "EXPUNGE";
    return agrees ? std::string() : said;
}

void compare_one(const comparison& c, const place& where, std::size_t index, const message* now,
                 std::vector<undeclared>& out) {
    const auto& was = where.messages[index];
    const auto d = declared_for(c, where, index);
    const bool as_wanted = now ? !d.goes && now->flags == d.wanted : d.goes;
    const bool immutable = !now || (same_date(*now, was) && now->size == was.size);
    if (as_wanted && immutable)
        return;
    undeclared u;
    u.row.what = name_of(c, where, index);
    u.row.before = show_flags(was.flags);
    u.row.after = "gone";
    if (now)
        std::tie(u.row.before, u.row.after) = show_both(was, *now);
    u.row.declared = d.words;
    u.row.told = what_was_told(c, where, was, now);
    u.line = d.line;
    u.proves = as_wanted ? &rfc::req::imap_message_immutable : d.proves;
    out.push_back(std::move(u));
}

undeclared about_uids(const comparison& c, const place& is, std::string what, std::uint64_t before, std::uint64_t after,
                      std::string wanted, const rfc::requirement& broken) {
    undeclared u;
    u.row = {std::move(what) + " of " + show_place(c, is),
             std::to_string(before),
             std::to_string(after),
             std::move(wanted),
             {}};
    u.proves = &broken;
    return u;
}

/// A mailbox that is renamed may well have another UIDVALIDITY: no text forbids it.
void compare_uids(const comparison& c, const place& was, const place& is, bool some_came,
                  std::vector<undeclared>& out) {
    const bool known = was.validity != 0 && is.validity != 0;
    if (known && was.validity != is.validity && was.name == is.name) {
        const auto& broken =
            is.validity < was.validity ? rfc::req::imap_uidvalidity_grows : rfc::req::imap_uid_persistent;
        out.push_back(about_uids(c, is, "UIDVALIDITY", was.validity, is.validity, "stays as it is", broken));
    }
    if (!known || was.validity != is.validity || was.next == 0 || is.next == 0)
        return;
    const bool rose = is.next > was.next;
    if (some_came ? !rose : is.next < was.next || (rose && c.next == comparison::uids::only_by_arrivals))
        out.push_back(about_uids(c, is, "UIDNEXT", was.next, is.next,
                                 some_came ? "rises, as messages came" : "stays as it is", rfc::req::imap_uidnext));
}

} // namespace

void compare_messages(const comparison& c, const place& was, const place& is, std::vector<undeclared>& out) {
    std::vector<const message*> fresh;
    const auto now = pair_up(c, was, is, fresh);
    for (std::size_t i = 0; i < now.size(); ++i)
        compare_one(c, was, i, now[i], out);
    const bool some_came = !fresh.empty();
    if (was.exists)
        compare_uids(c, was, is, some_came, out);
    compare_arrivals(c, was, is, std::move(fresh), out);
}

} // namespace mailspec::run
