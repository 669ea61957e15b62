#include "harness/run/abandoned.hpp"
#include "harness/run/canary.hpp"
#include "harness/run/difference.hpp"
#include "harness/run/observer.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/sketch.hpp"
#include "harness/run/steps.hpp"
#include "harness/run/words.hpp"
#include "harness/scenario/commands.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::run {
namespace {

using std::chrono::milliseconds;

/// How long a mail may take to arrive, and a change to be seen by another session, where the scenario does not say.
constexpr milliseconds mail_takes{10000}, seeing_takes{1000};

milliseconds longer(milliseconds pause) { return std::min(pause * 2, milliseconds(200)); }

/// "message 1 gains \Seen".
std::string expected_of(const verdict::difference& row) { return row.what + ' ' + row.declared; }

bool is_state(std::string_view cell) {
    return cell == "gone" || cell.ends_with("there") || cell.starts_with("there") || cell.ends_with("subscribed") ||
           cell.starts_with("with") || cell.starts_with("as ");
}

/// "message 1 had () before and has (\Seen) after".
std::string wrong_of(const verdict::difference& row) {
    auto out = row.what + (is_state(row.before) ? " was " : " had ") + row.before + " before and " +
               (is_state(row.after) ? "is " : "has ") + row.after + " after";
    if (!row.told.empty())
        out += "; the session was told " + row.told;
    return out;
}

/// One failure for each requirement that is broken, with a row for all that goes against it.
[[noreturn]] void miss_effect(const party& p, std::vector<undeclared> amiss, const scenario::step& at) {
    missed m;
    for (auto& each : amiss) {
        const auto* broken = each.line != 0 || each.proves ? each.proves : at.proves;
        const auto same =
            std::find_if(m.all.begin(), m.all.end(), [&](const auto& other) { return other.what.broken == broken; });
        auto& one = same == m.all.end() ? m.all.emplace_back() : *same;
        if (one.what.differences.empty()) {
            one.what.line = each.line != 0 ? each.line : at.where.line;
            one.what.broken = broken;
            one.what.expected = expected_of(each.row);
            one.what.said_by_us = wrong_of(each.row);
            one.transcript = p.over.shown;
        }
        one.what.differences.push_back(std::move(each.row));
    }
    throw m;
}

/// Whether what the command is cannot be told before it goes out.
bool hides_its_word(const scenario::command& c) {
    const auto whole = sketch(c);
    std::string_view rest = whole;
    auto word = take_until(rest, " ");
    if (word == "UID")
        word = take_until(rest, " ");
    return word.find_first_of(every_mark) != word.npos;
}

/// Whether some command of the block may use up a UID without a message being there in the end.
comparison::uids uids_of(const scenario::effect& e) {
    auto out = comparison::uids::only_by_arrivals;
    scenario::for_each_command(e.body, [&](const scenario::step&, const scenario::command& c) {
        const auto text = upper(c.text.source());
        const auto has = [&](std::string_view word) { return text.find(word) != text.npos; };
        if (c.form != scenario::command::form::line || has("APPEND") || has("COPY") || has("MOVE") || has("REPLACE") ||
            hides_its_word(c))
            out = comparison::uids::perhaps_used;
    });
    return out;
}

bool concerns_mailboxes(const std::vector<declared>& changes) {
    return std::any_of(changes.begin(), changes.end(), [](const declared& d) {
        return d.what == declared::kind::mailbox_deleted || d.what == declared::kind::mailbox_renamed;
    });
}

/// While it lives, what that session is told is kept.
class keeping {
public:
    keeping(play& of, const party& acting, told& into) : of_(of), outer_(std::exchange(of.acting, {&acting, &into})) {}
    ~keeping() { of_.acting = outer_; }
    keeping(const keeping&) = delete;
    keeping& operator=(const keeping&) = delete;

private:
    play& of_;
    run::acting outer_;
};

/// What the <data> of these steps hand over, as it should arrive; where that is not known (yet) nothing.
std::vector<std::string> mails_of(const play& of, const scenario::block& steps) {
    std::vector<std::string> out;
    scenario::for_each_command(steps, [&](const scenario::step&, const scenario::command& c) {
        match::outgoing text;
        if (c.form != scenario::command::form::data || c.text.expand(of.bound, text))
            return;
        if (!text.octets.ends_with("\r\n"))
            text.octets += "\r\n";
        out.push_back(std::move(text.octets));
    });
    return out;
}

/// Everything of one effect that is known once its steps are done.
struct done {
    const watch& at;
    const snapshot& before;
    const std::vector<declared>& changes;
    const told& acting;
    comparison::uids next;
};

/// Where a mailbox is listed and cannot be opened, nothing is held against the server: it may be there or not.
void mind_refusals(const snapshot& seen) {
    for (const auto& place : seen.places)
        if (!place.refused.empty())
            throw abandoned{verdict::outcome::inconclusive,
                            "the state could not be observed: EXAMINE of " + quote(place.name) +
                                ", which LIST has, was answered \"" + place.refused + "\""};
}

/// What is not known to be of this scenario is not held against the server, nor passes for nothing.
void mind_strays(const strays& came, const std::vector<undeclared>& amiss) {
    if (amiss.empty() ? came.unknown > 0 : came.mixed)
        throw abandoned{verdict::outcome::inconclusive,
                        "mail arrived that does not bear ${token}: it cannot be told who sent it"};
}

/// A declared subscription cannot be seen where the server does not list them.
void mind_subscriptions(const snapshot& seen, std::span<const declared> changes) {
    for (const auto& d : changes) {
        const bool subscribes =
            d.what == declared::kind::mailbox_subscribed || d.what == declared::kind::mailbox_unsubscribed;
        const auto refused = seen.subscriptions_refused.find(d.role);
        if (subscribes && refused != seen.subscriptions_refused.end())
            throw abandoned{verdict::outcome::inconclusive,
                            "the subscriptions of " + d.role + " could not be observed: " + refused->second};
    }
}

/// Nothing says that another session sees a change at once: where something is amiss, it is looked at again for a
/// while.
script<std::vector<undeclared>> judge_mailboxes(play& of, const done& d, const sent_mail& sent, milliseconds within) {
    const bool by_imap = of.against.has(wire::protocol::imap) && !(d.at.mailboxes.empty() && d.at.inboxes.empty());
    const auto until = of.on.now() + within;
    for (auto pause = milliseconds(20);; pause = longer(pause)) {
        auto after = co_await look(of, d.at, &d.before);
        const auto came = drop_strays(of, after, d.before, d.changes, sent);
        auto amiss = compare({d.before, after, d.changes, {}, &d.acting, d.at, d.next});
        if (amiss.empty() || !by_imap || of.on.now() >= until) {
            if (amiss.empty())
                mind_subscriptions(after, d.changes);
            else
                mind_refusals(after);
            mind_strays(came, amiss);
            co_return amiss;
        }
        auto& observer = *co_await imap_observer(of, d.at.role);
        const auto& heard = co_await of.on.listen(observer.over, pause);
        mind_interruption(heard);
    }
}

/// How it stands with the mail at one moment.
struct standing {
    post mail;
    strays came; ///< where mail is not sent to
    std::vector<undeclared> amiss;
    party* canary_by;

    bool waits_for(const watch& at) const {
        return mail.canaries.size() < at.receivers.size() ||
               std::any_of(amiss.begin(), amiss.end(), [](const undeclared& u) { return u.may_come; });
    }
};

/// Looks until the canaries have arrived, and what was declared to, or the time is over.
script<standing> await_mail(play& of, const done& d, const sent_mail& sent, std::chrono::milliseconds most) {
    const auto canary = co_await send_canary(of, d.at);
    // "Sites MAY modify submissions to ensure compliance with standards and site policy" (RFC 6409 section 8).
    const bool submits = d.at.mailer->over.door.protocol == wire::protocol::submission;
    const auto compared = submits ? std::span<const std::string>() : std::span<const std::string>(sent.now);
    const auto until = of.on.now() + most;
    for (auto pause = milliseconds(20);; pause = longer(pause)) {
        auto seen = co_await look(of, d.at, &d.before);
        standing out{sort_post(of, d.at, std::move(seen), d.before, canary, sent), {}, {}, canary.by};
        out.came = drop_strays(of, out.mail.judged, d.before, d.changes, sent);
        out.amiss = compare({d.before, out.mail.judged, d.changes, compared, &d.acting, d.at, d.next});
        if (!out.waits_for(d.at) || of.on.now() >= until || !canary.by->over.open)
            co_return out;
        const auto& heard = co_await of.on.listen(canary.by->over, pause);
        mind_interruption(heard);
        if (heard.why == trouble::closed || heard.why == trouble::reset)
            canary.by->over.open = false;
    }
}

/// That nothing came is known only once the canary is there; so is that something did not.
void mind_canaries(const standing& s, const watch& at, std::chrono::milliseconds within) {
    const bool only_late = std::all_of(s.amiss.begin(), s.amiss.end(), [](const undeclared& u) { return u.may_come; });
    for (const auto& role : at.receivers)
        if (only_late && !s.mail.canaries.contains(role))
            throw abandoned{verdict::outcome::inconclusive, "a mail that the harness sent to " + role +
                                                                " after the block did not arrive within " +
                                                                show_time(within)};
    mind_strays({s.mail.unknown + s.came.unknown, s.came.mixed}, s.amiss);
}

script<std::vector<undeclared>> judge_mail(play& of, const done& d, const sent_mail& sent, milliseconds within) {
    auto stands = co_await await_mail(of, d, sent, within);
    co_await say_goodbye(of, *stands.canary_by);
    for (const auto& [role, ids] : stands.mail.own)
        co_await remove_mail(of, role, ids);
    mind_canaries(stands, d.at, within);
    if (stands.amiss.empty())
        mind_subscriptions(stands.mail.judged, d.changes);
    co_return std::move(stands.amiss);
}

} // namespace

script<> do_effect(play& of, const scenario::step& at, const scenario::effect& e) {
    auto& p = *of.parties[at.session];
    const auto watched = what_to_watch(of, at, e);
    if (watched.mailboxes.empty() && watched.inboxes.empty() && watched.maildrops.empty())
        throw abandoned{verdict::outcome::unsupported,
                        "line " + std::to_string(at.where.line) +
                            ": this <effect> has nothing to watch: no scratch "
                            "mailbox, no maildrop, and nobody named whose account is marked disposable=\"yes\""};
    const auto changes = what_is_declared(of, watched, e);
    const auto before = co_await look(of, watched, nullptr);
    mind_refusals(before);
    if (concerns_mailboxes(changes))
        co_await look_away(of, watched.role);
    told acting(before.find(watched.role, watched.home));
    {
        const keeping while_(of, p, acting);
        co_await do_steps(of, e.body);
    }
    const done d{watched, before, changes, acting, uids_of(e)};
    const sent_mail sent{mails_of(of, e.body), mails_of(of, of.what.steps)};
    const bool mails = watched.mailer && !watched.receivers.empty();
    std::vector<undeclared> amiss;
    if (mails)
        amiss = co_await judge_mail(of, d, sent, e.within.value_or(mail_takes));
    else
        amiss = co_await judge_mailboxes(of, d, sent, e.within.value_or(seeing_takes));
    if (!amiss.empty())
        miss_effect(p, std::move(amiss), at);
}

} // namespace mailspec::run
