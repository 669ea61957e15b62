#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace mailspec::mischief_test {
namespace {

/// What the built-in server answers while it commits a breach.
struct turned {
    std::string_view breach, id, asked, said;
    std::string_view breaks; ///< what the answer is held against; empty: nothing
};

constexpr turned all[] = {
    {"imap.fetch.rfc822.sets-seen", "imap/rfc822-sets-seen", "does FETCH RFC822 set \\Seen?", "no",
     "imap.fetch.rfc822.sets-seen"},
    {"imap.fetch.rfc822.sets-seen", "imap/rfc822-sets-seen", "does UID FETCH RFC822 set \\Seen?", "no",
     "imap.fetch.rfc822.sets-seen"},
    {"imap.fetch.rfc822.sets-seen", "imap/seen-is-told", "does FETCH RFC822 tell that it set \\Seen?",
     "it does not set it", ""},
    {"imap.fetch.rfc822-text.sets-seen", "imap/rfc822-text-sets-seen", "does FETCH RFC822.TEXT set \\Seen?", "no",
     "imap.fetch.rfc822-text.sets-seen"},
    {"imap.fetch.rfc822-text.sets-seen", "imap/rfc822-text-sets-seen", "does UID FETCH RFC822.TEXT set \\Seen?", "no",
     "imap.fetch.rfc822-text.sets-seen"},
    {"imap.fetch.rfc822-header.no-seen", "imap/rfc822-header-sets-seen", "does FETCH RFC822.HEADER set \\Seen?", "yes",
     "imap.fetch.rfc822-header.no-seen"},
    {"imap.fetch.rfc822-header.no-seen", "imap/rfc822-header-sets-seen", "does UID FETCH RFC822.HEADER set \\Seen?",
     "yes", "imap.fetch.rfc822-header.no-seen"},
    {"imap.fetch.rfc822", "imap/rfc822-answered", "does FETCH RFC822 give the message?", "other octets than BODY[]",
     "imap.fetch.rfc822"},
    {"imap.fetch.seen-told", "imap/seen-is-told", "does FETCH RFC822 tell that it set \\Seen?", "no",
     "imap.fetch.seen-told"},
    {"imap.fetch.seen-told", "imap/seen-is-told", "does FETCH BODY[] tell that it set \\Seen?", "no",
     "imap.fetch.seen-told"},
    {"imap.fetch.body.sets-seen", "imap/body-sets-seen", "does FETCH BODY[] set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-sets-seen", "does FETCH BODY.PEEK[] set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-sets-seen", "does UID FETCH BODY[] set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-sets-seen", "does UID FETCH BODY.PEEK[] set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-text-sets-seen", "does FETCH BODY[TEXT] set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-text-sets-seen", "does FETCH BODY.PEEK[TEXT] set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-text-sets-seen", "does UID FETCH BODY[TEXT] set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-text-sets-seen", "does UID FETCH BODY.PEEK[TEXT] set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-header-sets-seen", "does FETCH BODY[HEADER] set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-header-sets-seen", "does FETCH BODY.PEEK[HEADER] set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-header-sets-seen", "does UID FETCH BODY[HEADER] set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-header-sets-seen", "does UID FETCH BODY.PEEK[HEADER] set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-part-sets-seen", "does FETCH BODY[1] set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-part-sets-seen", "does FETCH BODY.PEEK[1] set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-part-sets-seen", "does UID FETCH BODY[1] set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-part-sets-seen", "does UID FETCH BODY.PEEK[1] set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-partial-sets-seen", "does FETCH BODY[]<0.10> set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-partial-sets-seen", "does FETCH BODY.PEEK[]<0.10> set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.body.sets-seen", "imap/body-partial-sets-seen", "does UID FETCH BODY[]<0.10> set \\Seen?", "no",
     "imap.fetch.body.sets-seen"},
    {"imap.fetch.peek.no-seen", "imap/body-partial-sets-seen", "does UID FETCH BODY.PEEK[]<0.10> set \\Seen?", "yes",
     "imap.fetch.peek.no-seen"},
    {"imap.fetch.binary.sets-seen", "imap/binary-sets-seen", "does FETCH BINARY[1] set \\Seen?", "no",
     "imap.fetch.binary.sets-seen"},
    {"imap.fetch.binary-peek.no-seen", "imap/binary-sets-seen", "does FETCH BINARY.PEEK[1] set \\Seen?", "yes",
     "imap.fetch.binary-peek.no-seen"},
    {"imap.fetch.binary.sets-seen", "imap/binary-sets-seen", "does UID FETCH BINARY[1] set \\Seen?", "no",
     "imap.fetch.binary.sets-seen"},
    {"imap.fetch.binary-peek.no-seen", "imap/binary-sets-seen", "does UID FETCH BINARY.PEEK[1] set \\Seen?", "yes",
     "imap.fetch.binary-peek.no-seen"},
    {"imap.fetch.seen-told", "imap/seen-is-told", "does FETCH RFC822.TEXT tell that it set \\Seen?", "no",
     "imap.fetch.seen-told"},
    {"imap.fetch.seen-told", "imap/seen-is-told", "does FETCH BODY[TEXT] tell that it set \\Seen?", "no",
     "imap.fetch.seen-told"},
    {"imap.fetch.seen-told", "imap/seen-is-told", "does FETCH BODY[HEADER] tell that it set \\Seen?", "no",
     "imap.fetch.seen-told"},
    {"imap.fetch.seen-told", "imap/seen-is-told", "does FETCH BODY[1] tell that it set \\Seen?", "no",
     "imap.fetch.seen-told"},
    {"imap.fetch.seen-told", "imap/seen-is-told", "does FETCH BODY[]<0.10> tell that it set \\Seen?", "no",
     "imap.fetch.seen-told"},
    {"imap.fetch.seen-told", "imap/binary-seen-is-told", "does FETCH BINARY[1] tell that it set \\Seen?", "no",
     "imap.fetch.seen-told"},
    {"imap.examine.read-only", "imap/examine-keeps-unseen",
     "does FETCH RFC822 set \\Seen in a mailbox opened by EXAMINE?", "yes", "imap.examine.read-only"},
    {"imap.examine.read-only", "imap/examine-keeps-unseen",
     "does FETCH RFC822.TEXT set \\Seen in a mailbox opened by EXAMINE?", "yes", "imap.examine.read-only"},
    {"imap.examine.read-only", "imap/examine-keeps-unseen",
     "does FETCH BODY[TEXT] set \\Seen in a mailbox opened by EXAMINE?", "yes", "imap.examine.read-only"},
    {"imap.examine.read-only", "imap/examine-keeps-unseen",
     "does FETCH BODY[HEADER] set \\Seen in a mailbox opened by EXAMINE?", "yes", "imap.examine.read-only"},
    {"imap.examine.read-only", "imap/examine-keeps-unseen",
     "does FETCH BODY[1] set \\Seen in a mailbox opened by EXAMINE?", "yes", "imap.examine.read-only"},
    {"imap.examine.read-only", "imap/examine-keeps-unseen",
     "does FETCH BODY[]<0.10> set \\Seen in a mailbox opened by EXAMINE?", "yes", "imap.examine.read-only"},
    {"imap.examine.read-only", "imap/examine-keeps-unseen-binary",
     "does FETCH BINARY[1] set \\Seen in a mailbox opened by EXAMINE?", "yes", "imap.examine.read-only"},
    {"imap.examine.read-only", "imap/examine-keeps-unseen",
     "does FETCH BODY[] set \\Seen in a mailbox opened by EXAMINE?", "yes", "imap.examine.read-only"},
    {"imap.sessions.see-changes", "imap/seen-in-another-session",
     "when does another session see that a message was read?", "not within 20 s", ""},
    {"imap.sessions.see-changes", "imap/sessions/checkpoint", "do all sessions agree after a NOOP?", "no", ""},
    {"imap.sessions.see-changes", "imap/sessions/atomic-flags",
     "do STOREs of two sessions at the same time lose nothing?", "changes are lost", "imap.store.flags"},
    {"imap.store.flags", "imap/flags-last", "which of the five system flags last?", "none", ""},
    {"imap.store.flags", "imap/keywords-last", "does a keyword of one's own last?", "it is forgotten", ""},
    {"imap.store.flags", "imap/keywords-last", "do $Forwarded, $MDNSent, $Junk and $NotJunk last?", "none", ""},
    {"imap.copy.preserves", "imap/copy-keeps", "does COPY keep the flags?", "none", "imap.copy.preserves"},
    {"imap.append.flags-date", "imap/append-keeps", "does APPEND keep the flags?", "none", "imap.append.flags-date"},
    {"imap.inbox.any-case", "imap/inbox-case", "is iNbOx the same as INBOX?", "no, it is refused",
     "imap.inbox.any-case"},
    {"imap.subscribe.kept", "imap/subscription-of-deleted", "does a subscription outlive its mailbox?", "no",
     "imap.subscribe.kept"},
    {"imap.set.descending", "imap/sets", "is 3:1 the same set as 1:3?", "it is another", "imap.set.descending"},
    {"imap.set.star", "imap/sets",
     "does a UID set that begins beyond the last message and ends with * hold the last message?", "no",
     "imap.set.star"},
    {"imap.id.answer", "imap/id-empty", "what answers ID NIL?", "OK, and no ID", "imap.id.answer"},
    {"imap.id.answer", "imap/id-empty", "what answers ID ()?", "OK, and no ID", "imap.id.answer"},
    {"imap.list.special-use", "imap/special-use", "which mailbox has the role \\Drafts?", "none", ""},
    {"imap.list.special-use", "imap/special-use", "which mailbox has the role \\Trash?", "none", ""},
    {"imap.list.special-use", "imap/special-use", "which mailbox has the role \\Junk?", "none", ""},
    {"imap.list.special-use", "imap/special-use", "which mailbox has the role \\Archive?", "none", ""},
    {"imap.list.special-use", "imap/special-use", "which mailbox has the role \\Sent?", "none", ""},
    {"imap.sessions.see-changes", "imap/idle-tells", "when does IDLE tell of changed flags?", "not within 20 s", ""},
    {"imap.expunge.removes-deleted", "imap/idle-tells", "when does IDLE tell of an expunged message?",
     "not within 20 s", ""},
    {"imap.idle.until-done", "imap/idle-command", "what becomes of a command that is sent while IDLE runs?",
     "IDLE ends with OK", ""},
    {"pop3.no-update-without-quit", "pop3/deletions-without-quit",
     "does a connection dropped without QUIT delete what DELE marked?", "yes", "pop3.no-update-without-quit"},
    {"smtp.size.too-large", "smtp/size-refused-at-mail", "is a message declared larger than that refused at MAIL?",
     "no", "smtp.size.too-large"},
    {"lmtp.bdat.without-rcpt", "lmtp/bdat-without-recipient", "does BDAT LAST without a recipient get no reply?",
     "a refusal", "lmtp.bdat.without-rcpt"},
    {"smtp.auth.saslprep", "submission/saslprep", "is a user name with a soft hyphen the same as without?", "no",
     "smtp.auth.saslprep"},
    {"smtp.auth.three-attempts", "submission/three-attempts",
     "are three failed attempts to authenticate each answered?", "no, the connection is dropped before",
     "smtp.auth.three-attempts"},
    {"smtp.pipelining.flushed", "smtp/group-answered", "does the last answer of a group come by itself?", "no",
     "smtp.pipelining.flushed"},
    {"smtp.pipelining.not-buffered", "smtp/noop-at-once", "is NOOP answered before the next command is complete?", "no",
     "smtp.pipelining.not-buffered"},
    {"smtp.pipelining.one-recipient", "smtp/first-recipient-refused",
     "is one valid recipient enough for DATA, where the first one was refused?", "no", "smtp.pipelining.one-recipient"},
    {"smtp.pipelining.one-recipient", "smtp/last-recipient-refused",
     "is one valid recipient enough for DATA, where the last one was refused?", "no", "smtp.pipelining.one-recipient"},
    {"smtp.eightbitmime", "smtp/eightbit-unasked", "what becomes of 8-bit text without BODY=8BITMIME?",
     "its high bits are cleared", ""},
    {"smtp.data.bare-lf-end", "smtp/bare-lf-ends-mail", "does LF.LF end a mail?", "yes", "smtp.data.bare-lf-end"},
    {"smtp.data.bare-lf-end", "smtp/bare-lf", "what becomes of a bare LF in a mail?", "it stays", ""},
    {"smtp.data.delivered", "smtp/seconds-to-delivery", "how long does a mail take from SMTP to the INBOX?",
     "more than 60 s", ""},
    {"smtp.command.crlf-only", "smtp/lf-ends-command", "SMTP: does LF alone end a command?", "yes",
     "smtp.command.crlf-only"},
    {"smtp.command.crlf-only", "smtp/cr-ends-command", "SMTP: does CR alone end a command?", "yes",
     "smtp.command.crlf-only"},
    {"smtp.command.crlf-only", "submission/lf-ends-command", "submission: does LF alone end a command?", "yes",
     "smtp.command.crlf-only"},
    {"smtp.command.crlf-only", "submission/cr-ends-command", "submission: does CR alone end a command?", "yes",
     "smtp.command.crlf-only"},
    {"smtp.command.crlf-only", "lmtp/lf-ends-command", "LMTP: does LF alone end a command?", "yes",
     "smtp.command.crlf-only"},
    {"smtp.command.crlf-only", "lmtp/cr-ends-command", "LMTP: does CR alone end a command?", "yes",
     "smtp.command.crlf-only"},
    {"imap.starttls.not-in-clear", "imap/obeys-in-clear",
     "IMAP: is a command in the clear obeyed once STARTTLS was agreed to?", "yes", "imap.starttls.not-in-clear"},
    {"pop3.stls.not-in-clear", "pop3/obeys-in-clear", "POP3: is a command in the clear obeyed once STLS was agreed to?",
     "yes", "pop3.stls.not-in-clear"},
    {"smtp.starttls.not-in-clear", "smtp/obeys-in-clear",
     "SMTP: is a command in the clear obeyed once STARTTLS was agreed to?", "yes", "smtp.starttls.not-in-clear"},
    {"smtp.starttls.not-in-clear", "submission/obeys-in-clear",
     "submission: is a command in the clear obeyed once STARTTLS was agreed to?", "yes", "smtp.starttls.not-in-clear"},
    {"smtp.starttls.not-in-clear", "lmtp/obeys-in-clear",
     "LMTP: is a command in the clear obeyed once STARTTLS was agreed to?", "yes", "smtp.starttls.not-in-clear"},
    {"imap.login.no-detail", "imap/login-tells-users",
     "IMAP: does a refused LOGIN tell an unknown user from a wrong password?", "yes", "imap.login.no-detail"},
    {"imap.starttls.not-in-clear", "imap/after-failed-handshake",
     "IMAP: what becomes of the connection after a failed handshake?", "it goes on in the clear", ""},
    {"pop3.stls.not-in-clear", "pop3/after-failed-handshake",
     "POP3: what becomes of the connection after a failed handshake?", "it goes on in the clear", ""},
    {"smtp.starttls.not-in-clear", "smtp/after-failed-handshake",
     "SMTP: what becomes of the connection after a failed handshake?", "it goes on in the clear", ""},
    {"smtp.starttls.not-in-clear", "submission/after-failed-handshake",
     "submission: what becomes of the connection after a failed handshake?", "it goes on in the clear", ""},
    {"smtp.starttls.not-in-clear", "lmtp/after-failed-handshake",
     "LMTP: what becomes of the connection after a failed handshake?", "it goes on in the clear", ""},
    {"imap.starttls.not-in-clear", "imap/login-after-failed-handshake",
     "IMAP: is a login in the clear taken after a failed handshake?", "yes", ""},
    {"tls.cleartext.same-answer", "imap/refusal-in-clear-tells-password",
     "IMAP: does a login refused outside TLS tell that the password was right?", "yes", "tls.cleartext.same-answer"},
    {"tls.cleartext.same-answer", "imap/takes-passwords-in-clear", "IMAP: is the right password taken outside TLS?",
     "yes, by AUTHENTICATE PLAIN", ""},
    {"pop3.stls.not-in-clear", "pop3/login-after-failed-handshake",
     "POP3: is a login in the clear taken after a failed handshake?", "yes", ""},
    {"tls.cleartext.same-answer", "pop3/refusal-in-clear-tells-password",
     "POP3: does a login refused outside TLS tell that the password was right?", "yes", "tls.cleartext.same-answer"},
    {"tls.cleartext.same-answer", "pop3/takes-passwords-in-clear", "POP3: is the right password taken outside TLS?",
     "yes, by AUTH PLAIN", ""},
    {"smtp.starttls.not-in-clear", "submission/login-after-failed-handshake",
     "submission: is a login in the clear taken after a failed handshake?", "yes", ""},
    {"tls.cleartext.same-answer", "submission/refusal-in-clear-tells-password",
     "submission: does a login refused outside TLS tell that the password was right?", "yes",
     "tls.cleartext.same-answer"},
    {"tls.cleartext.same-answer", "submission/takes-passwords-in-clear",
     "submission: is the right password taken outside TLS?", "no", ""},
    {"imap.authenticate.no-detail", "imap/authenticate-tells-users",
     "IMAP: does a refused AUTHENTICATE tell an unknown user from a wrong password?", "yes",
     "imap.authenticate.no-detail"},
    {"smtp.data.bare-lf-end", "lmtp/bare-lf-ends-mail", "LMTP: does LF.LF end a mail?", "yes", "smtp.data.bare-lf-end"},
    {"smtp.relay.550", "smtp/relays-to-strangers", "does SMTP relay for somebody elsewhere?", "no, but not with 550",
     "smtp.relay.550"},
};

run::plan facts_plan() {
    auto plan = bundled_plan(patience::short_tempered);
    std::erase_if(plan.scenarios, [](const auto& s) { return s->questions.empty(); });
    return plan;
}

const verdict::scenario_record* find(const verdict::run_record& run, std::string_view id) {
    for (const auto& record : run.scenarios)
        if (record.info.id == id)
            return &record;
    return nullptr;
}

const verdict::answer* find(const verdict::scenario_record& record, std::string_view asked) {
    for (const auto& each : record.answers)
        if (each.asked == asked)
            return &each;
    return nullptr;
}

/// Each breach against those facts only that it turns.
std::map<std::string_view, verdict::run_record> run_all() {
    const auto plan = facts_plan();
    std::map<std::string_view, run::plan> plans;
    for (const auto& each : all)
        for (const auto& fact : plan.scenarios)
            if (fact->id == "facts/" + std::string(each.id)) {
                auto& of = plans[each.breach].scenarios;
                if (std::ranges::find(of, fact) == of.end())
                    of.push_back(fact);
            }
    std::map<std::string_view, verdict::run_record> runs;
    for (const auto& [breach, facts] : plans)
        runs.emplace(breach, in_memory(facts, breach, patience::short_tempered));
    return runs;
}

TEST(AFact, ComesOutDifferentlyWhereTheServerDiffers) {
    const auto runs = run_all();
    for (const auto& each : all) {
        const auto* record = find(runs.at(each.breach), "facts/" + std::string(each.id));
        ASSERT_NE(record, nullptr) << each.id;
        const auto* answer = find(*record, each.asked);
        if (!answer) {
            ADD_FAILURE() << each.breach << ": " << each.asked << " has no answer: " << show(*record);
            continue;
        }
        EXPECT_EQ(answer->said, each.said) << each.breach << ": " << each.asked;
        EXPECT_EQ(answer->breaks ? answer->breaks->id : "", each.breaks) << each.breach << ": " << each.asked;
    }
}

TEST(EveryFact, HasAnAnswerOnTheCleanServerThatBreaksNothing) {
    const auto run = against_built_in(facts_plan(), "", patience::as_written);
    EXPECT_GT(run.scenarios.size(), 40u);
    for (const auto& record : run.scenarios) {
        EXPECT_EQ(record.result, verdict::outcome::conforms) << show(record);
        for (const auto& question : record.info.asks)
            EXPECT_NE(find(record, question), nullptr) << question;
        for (const auto& answer : record.answers)
            EXPECT_EQ(answer.breaks, nullptr) << answer.asked;
    }
}

} // namespace
} // namespace mailspec::mischief_test
