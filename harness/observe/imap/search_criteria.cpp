#include "harness/observe/imap/search_criteria.hpp"

#include "harness/observe/imap/mailbox_view.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/sequence_set.hpp"
#include "harness/wire/mail/dates.hpp"

#include <algorithm>
#include <array>

namespace mailspec::observe::imap {
namespace {

using kind = argument_reader::token::kind;
using verdict = search_criteria::verdict;
using wire::imap::same_ci;

constexpr std::size_t deepest = 16, most_steps = 64;

verdict as_verdict(bool holds) { return holds ? verdict::yes : verdict::no; }
verdict opposite(verdict v) { return static_cast<verdict>(2 - static_cast<int>(v)); }

/// A set with "*" means what the server knows of the mailbox.
verdict in_set(std::string_view set, std::uint32_t number) {
    wire::imap::sequence_set_reader in(set);
    bool found = false, open = false;
    while (const auto range = in.next()) {
        const auto [low, high] = std::minmax(range->first, range->last);
        open = open || low == wire::imap::star;
        found = found || (low != wire::imap::star && low <= number && number <= high);
    }
    if (!in.good() || (open && !found))
        return verdict::unknown;
    return as_verdict(found);
}

} // namespace

/// A search key and what stands behind it.
struct search_criteria::named {
    std::string_view name;
    key what;
    enum class operand : std::uint8_t { none, flag, word, two_words, number, day, set } takes = operand::none;
    std::string_view flag = {};
};

bool search_criteria::read(std::string_view arguments) {
    steps_.clear();
    depth_ = 0;
    argument_reader in(arguments);
    return read_prefix(in) && read_all(in, false);
}

/// RETURN must have ALL or nothing; a charset changes no key that is judged here.
bool search_criteria::read_prefix(argument_reader& in) {
    auto ahead = in;
    if (same_ci(ahead.next().raw, "RETURN")) {
        auto t = ahead.next();
        bool all = t.what == kind::open, first = true;
        for (t = ahead.next(); t.what == kind::atom && !same_ci(t.raw, "PARTIAL"); t = ahead.next(), first = false)
            all = (all && !first) || same_ci(t.raw, "ALL");
        if (!all || t.what != kind::close)
            return false;
        in = ahead;
    }
    ahead = in;
    if (same_ci(ahead.next().raw, "CHARSET")) {
        ahead.next();
        in = ahead;
    }
    return true;
}

bool search_criteria::read_all(argument_reader& in, bool nested) {
    if (++depth_ > deepest)
        return false;
    std::int64_t count = 0;
    auto t = in.next();
    for (; t.what == kind::atom || t.what == kind::open; t = in.next(), ++count)
        if (!read_key(in, t) || steps_.size() > most_steps)
            return false;
    steps_.push_back({key::conjunction, count, {}});
    --depth_;
    return count > 0 && t.what == (nested ? kind::close : kind::end);
}

bool search_criteria::read_key(argument_reader& in, const argument_reader::token& name) {
    if (name.what == kind::open)
        return read_all(in, true);
    if (name.what != kind::atom || ++depth_ > deepest)
        return false;
    bool good = true;
    if (same_ci(name.raw, "NOT")) {
        good = read_key(in, in.next());
        steps_.push_back({key::negation, 0, {}});
    } else if (same_ci(name.raw, "OR")) {
        good = read_key(in, in.next());
        good = good && read_key(in, in.next());
        steps_.push_back({key::either, 0, {}});
    } else if (wire::imap::is_sequence_set(name.raw)) {
        steps_.push_back({key::numbers, 0, name.raw});
    } else {
        good = read_named(in, name.raw);
    }
    --depth_;
    return good;
}

bool search_criteria::read_named(argument_reader& in, std::string_view name) {
    using operand = named::operand;
    static constexpr named keys[] = {
        {"ALL", key::all},
        {"ANSWERED", key::with_flag, operand::none, "\\Answered"},
        {"DELETED", key::with_flag, operand::none, "\\Deleted"},
        {"DRAFT", key::with_flag, operand::none, "\\Draft"},
        {"FLAGGED", key::with_flag, operand::none, "\\Flagged"},
        {"SEEN", key::with_flag, operand::none, "\\Seen"},
        {"UNANSWERED", key::without_flag, operand::none, "\\Answered"},
        {"UNDELETED", key::without_flag, operand::none, "\\Deleted"},
        {"UNDRAFT", key::without_flag, operand::none, "\\Draft"},
        {"UNFLAGGED", key::without_flag, operand::none, "\\Flagged"},
        {"UNSEEN", key::without_flag, operand::none, "\\Seen"},
        {"KEYWORD", key::with_flag, operand::flag},
        {"UNKEYWORD", key::without_flag, operand::flag},
        {"LARGER", key::larger, operand::number},
        {"SMALLER", key::smaller, operand::number},
        {"ON", key::on, operand::day},
        {"BEFORE", key::before, operand::day},
        {"SINCE", key::since, operand::day},
        {"UID", key::uids, operand::set},
        {"NEW", key::unknown},
        {"OLD", key::unknown},
        {"RECENT", key::unknown},
        {"HEADER", key::unknown, operand::two_words},
    };
    for (const auto& each : keys)
        if (same_ci(each.name, name))
            return read_operand(in, each);
    constexpr std::string_view texts[] = {"FROM", "TO",   "CC",         "BCC",       "SUBJECT",
                                          "BODY", "TEXT", "SENTBEFORE", "SENTSINCE", "SENTON"};
    for (const auto each : texts)
        if (same_ci(each, name))
            return read_operand(in, {each, key::unknown, operand::word});
    return false;
}

bool search_criteria::read_operand(argument_reader& in, const named& of) {
    using operand = named::operand;
    step s{of.what, 0, of.flag};
    for (int words = of.takes == operand::none ? 0 : of.takes == operand::two_words ? 2 : 1; words > 0; --words) {
        const auto t = in.next();
        if (t.what != kind::atom && t.what != kind::string)
            return false;
        s.text = t.raw;
    }
    if (of.takes == operand::number) {
        const auto number = wire::imap::number32(s.text);
        if (!number)
            return false;
        s.number = *number;
    } else if (of.takes == operand::day) {
        const auto day = wire::mail::parse_day(s.text);
        if (!day)
            return false;
        s.number = *day;
    }
    steps_.push_back(s);
    return true;
}

verdict search_criteria::judge_one(const step& s, mailbox_view& view, std::uint32_t number, flags how) const {
    const auto* m = view.find(number);
    const auto* facts = m ? m->facts : nullptr;
    const auto size = facts ? static_cast<std::int64_t>(facts->size) - 1 : -1;
    // A server may show the date in another zone than it compares: a day off is not judged.
    const auto days = facts && facts->date != 0 ? facts->day - s.number : 0;
    const bool dated = facts && facts->date != 0 && (days < -1 || days > 1);
    switch (s.what) {
    case key::all: return verdict::yes;
    case key::with_flag:
    case key::without_flag: {
        const auto bit = view.bit_of(s.text);
        if (how == flags::uncertain || !m || m->flags_at != view.flag_epoch || bit == 0)
            return verdict::unknown;
        return as_verdict(((m->flags & bit) != 0) == (s.what == key::with_flag));
    }
    case key::larger: return size < 0 ? verdict::unknown : as_verdict(size > s.number);
    case key::smaller: return size < 0 ? verdict::unknown : as_verdict(size < s.number);
    case key::on: return dated ? verdict::no : verdict::unknown;
    case key::before: return dated ? as_verdict(days < 0) : verdict::unknown;
    case key::since: return dated ? as_verdict(days > 0) : verdict::unknown;
    case key::uids: return m && m->uid != 0 ? in_set(s.text, m->uid) : verdict::unknown;
    case key::numbers: return in_set(s.text, number);
    default: return verdict::unknown;
    }
}

verdict search_criteria::judge(mailbox_view& view, std::uint32_t number, flags how) const {
    std::array<verdict, most_steps + 2> stack{};
    std::size_t top = 0;
    for (const auto& s : steps_) {
        if (s.what == key::negation) {
            stack[top - 1] = opposite(stack[top - 1]);
        } else if (s.what == key::either) {
            stack[top - 2] = std::max(stack[top - 2], stack[top - 1]);
            --top;
        } else if (s.what == key::conjunction) {
            const auto count = static_cast<std::size_t>(s.number);
            auto all = verdict::yes;
            for (std::size_t i = 0; i < count; ++i)
                all = std::min(all, stack[--top]);
            stack[top++] = all;
        } else {
            stack[top++] = judge_one(s, view, number, how);
        }
    }
    return stack[0];
}

} // namespace mailspec::observe::imap
