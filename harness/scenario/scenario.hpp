#pragma once

#include "harness/match/judge.hpp"
#include "harness/match/text.hpp"
#include "harness/rfc/requirement.hpp"
#include "harness/wire/protocol.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mailspec::scenario {

/// What a step cites that is only a means to an end (proves="none"): where it fails, nothing can be judged.
inline constexpr rfc::requirement no_evidence{"none", rfc::level::may, "a means to an end", {}, {}};
/// What a step cites that the server refused as it may: nothing can be judged either.
inline constexpr rfc::requirement no_breach{"none", rfc::level::may, "a refusal that the texts allow", {}, {}};

struct position {
    std::uint32_t line = 0, column = 0; ///< from 1, in the scenario file
};

/// A mail that the harness puts where the session will find it: <message> inside a session element.
struct message {
    std::string octets; ///< as it will lie in the mailbox: CRLF line ends
    std::string flags;  ///< "\Seen $Forwarded": as in APPEND, without the parentheses
    std::string date;   ///< INTERNALDATE as in APPEND; empty: the server's
    position where;
};

enum class tls_choice { as_target, none, starttls, implicit };

/// How far the harness takes a session before the first step.
///
///   imap         connected (greeting read), authenticated, selected (a scratch mailbox holding the messages)
///   pop3         connected, transaction (the maildrop holding exactly the messages)
///   smtp & co    connected, greeted (EHLO or LHLO answered), authenticated
///   managesieve  connected, authenticated
enum class session_state { connected, greeted, authenticated, transaction, selected };

/// One <imap>, <pop3>, ...: a session of a scenario.
struct session {
    std::string name; ///< the name attribute, else the element's name
    wire::protocol protocol = wire::protocol::imap;
    std::string account = "alice"; ///< role; the target says who plays it
    session_state state = session_state::connected;
    tls_choice tls = tls_choice::as_target;
    std::vector<message> messages;
    position where;
};

struct step;
using block = std::vector<step>;

/// Alternatives for one answer: <either> (unnamed) and <outcomes> (named).
struct alternative {
    match::text answer;                         ///< <outcomes> only
    const rfc::requirement* violates = nullptr; ///< <outcomes> only
    match::expectations wanted;
    std::vector<std::string> forgets; ///< what it captures and others do not
    position where;
};

/// What an answer must look like: <S>, <never>, <may>, then at most one set of alternatives, tried in order.
///
/// Where there are alternatives, each one's `wanted` already contains all of `wanted`: judge the alternatives only,
/// since a `wanted` without a completion demands success, which an alternative may not.
struct answer {
    match::expectations wanted;
    std::vector<alternative> alternatives;
    enum class choice { none, either, outcomes } choice = choice::none;
    std::string asks; ///< <outcomes> only: the question
    position where;
};

/// <C>, <data> or <raw>, and the answer to it.
struct command {
    enum class form {
        line, ///< the harness adds the tag (unless a continuation is due) and CRLF
        data, ///< dot-stuffed, ended with CRLF "." CRLF
        raw   ///< exactly these octets
    } form = form::line;
    match::text text;
    answer expected;
    bool awaits_answer = true; ///< <raw> without <S>: sent, and the next step goes on at once
};

struct pipeline {
    block commands;
}; ///< <pipeline>: one write, answers in order
struct poll {
    std::chrono::milliseconds within;
    block body;
    answer unsolicited;
    std::string took; ///< binds that name to the seconds it took, as in "0.3"; empty: nothing
};                    ///< <poll>: body until it matches; without a <C>, what comes unasked
struct condition {
    std::string can;
    bool negated = false;
    block then;
}; ///< <if can="UIDPLUS">, can="!UIDPLUS"
struct repeat {
    std::uint32_t times;
    block body;
};
/// <check>: `left relation right`, as in <check>${exists} = ${before+1}</check>
struct check {
    match::text left, right;
    enum class relation { equal, unequal, less, less_equal, greater, greater_equal } relation;
    std::string source;
};
/// <starttls/>: asks for it, checks the answer, shakes hands.
struct start_tls {
    block behind; ///< a <raw> that goes out in the clear, in one write with the command; or nothing
    block body;   ///< what is done where the handshake succeeds nevertheless
};
struct connect_again {};    ///< <connect/>: opens the session anew, greeting included
struct close_connection {}; ///< <close/>: without a farewell
struct hangup {
    std::chrono::milliseconds within;
}; ///< the server closes
struct quiet {
    std::chrono::milliseconds span;
}; ///< the server says nothing

/// An answer block that no command came before: judges the greeting, which the last opening of that session left
/// unjudged (state="connected", or after <connect/>).
struct greeting_check {
    answer expected;
};

/// One declared difference inside <effect>.
struct change {
    enum class kind {
        adds_flags,
        removes_flags,
        sets_flags,
        message_removed,
        message_copied,
        message_moved,
        message_added,
        mailbox_created,
        mailbox_deleted,
        mailbox_renamed,
        mailbox_subscribed,
        mailbox_unsubscribed,
        mail_delivered,
        mail_not_delivered
    } kind{};
    std::uint32_t message = 0; ///< number in the mailbox before the block; 0: names none
    std::string flags;
    match::text mailbox;                      ///< where; empty: the session's
    match::text to;                           ///< the mailbox it is copied, moved or renamed to
    std::string role;                         ///< to whom mail is delivered
    std::uint32_t times = 1;                  ///< how many are added, how often it is delivered
    const rfc::requirement* proves = nullptr; ///< what goes wrong where it does not come; null: the scenario's first
    position where;
};
struct effect {
    std::vector<change> changes;
    std::optional<std::chrono::milliseconds> within; ///< how long what it brings about may take to be seen
    block body;
}; ///< <effect>

/// <outcomes> as a step: what is tried in order, until all steps of one hold.
struct trial {
    match::text answer;
    const rfc::requirement* violates = nullptr;
    block body; ///< empty: whatever else
    std::vector<std::string> forgets;
    position where;
};
struct outcomes {
    std::string asks;
    std::vector<trial> trials;
};

/// One step of a scenario: what is done, by which session, where it stands in the file.
struct step {
    std::variant<command, pipeline, poll, condition, repeat, check, start_tls, connect_again, close_connection, hangup,
                 quiet, effect, greeting_check, outcomes>
        what;
    std::size_t session = 0;                  ///< index in scenario::sessions
    const rfc::requirement* proves = nullptr; ///< what it is evidence of; null: the scenario's first
    position where;
};

/// A whole scenario, checked and compiled; immutable, shared between runs.
struct scenario {
    std::string id; ///< "imap/fetch/rfc822-sets-seen": the path below the folder of scenarios
    std::string title;
    std::vector<std::string> questions; ///< what its <outcomes> answer, in the order of the file
    std::vector<std::string> tags;
    std::vector<std::string> needs; ///< capabilities without which the outcome is unsupported: "imap:UIDPLUS"
    std::vector<const rfc::requirement*> proves; ///< what fails without a word of its own goes against the first
    std::string file;                            ///< as shown to people: "scenarios/imap/fetch/rfc822-sets-seen.xml"
    position where;
    std::vector<session> sessions;
    block steps;
};

} // namespace mailspec::scenario
