#include "harness/scenario/bundled.hpp"

#include "tests/run/puppet.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mailspec::run::testing {
namespace {

using wire::protocol;

/// What a puppet says instead of what it would.
struct line {
    protocol by;
    std::string_view to;
    std::vector<std::string> said;
};

/// A bundled fact, the server that turns it, and what comes of it. What the built-in server's mischief turns is in
/// tests/mischief.
struct turned {
    std::string_view id, asked, answer, breaks;
    std::vector<line> by;
};

line imap(std::string_view to, std::vector<std::string> said) { return {protocol::imap, to, std::move(said)}; }
line pop3(std::string_view to, std::vector<std::string> said) { return {protocol::pop3, to, std::move(said)}; }
line smtp(std::string_view to, std::vector<std::string> said) { return {protocol::smtp, to, std::move(said)}; }
line announces(std::string_view capability) {
    return imap("LOGIN",
                {"@ OK [CAPABILITY IMAP4rev1 LITERAL+ NAMESPACE UNSELECT " + std::string(capability) + "] done\r\n"});
}
std::string flags(std::string_view of, int n = 1) {
    return "* " + std::to_string(n) + " FETCH (FLAGS (" + std::string(of) + "))\r\n";
}

const std::string ok = "@ OK done\r\n", no = "@ NO no\r\n", bad = "@ BAD what\r\n";
const std::string structure = "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 2 1))\r\n";
const std::string as_crlf = "* 1 FETCH (BODY[] {24}\r\nSubject: x\r\n\r\none\r\ntwo\r\n)\r\n";
const std::string mail = "* 1 FETCH (BODY[] {28}\r\nReceived: x\r\nA: b\r\n\r\nhello\r\n)\r\n";

constexpr std::string_view expunged = "can flags be changed of a message that another session expunged?";
constexpr std::string_view fetched = "can a message be fetched that another session expunged?";
constexpr std::string_view recent = "how many of two sessions see a new message as \\Recent?";
constexpr std::string_view rfc822 = "does FETCH RFC822 give the message?";
constexpr std::string_view seen = "does FETCH RFC822 set \\Seen?";
constexpr std::string_view keyword = "does a keyword of one's own last?";
constexpr std::string_view can_make = "does the server say that keywords can be made?";
constexpr std::string_view long_line = "how long a command line is taken?";
constexpr std::string_view literal = "how large a message does APPEND take?";
constexpr std::string_view id_nil = "what answers ID NIL?", id_list = "what answers ID ()?";
constexpr std::string_view empty_set = "what does FETCH 1:* say in an empty mailbox?";
constexpr std::string_view empty_uids = "what does UID FETCH 1:* say in an empty mailbox?";
constexpr std::string_view nobody = "where is an unknown recipient refused?";
constexpr std::string_view size = "how large a message does EHLO allow?";
constexpr std::string_view refused = "is a message declared larger than that refused at MAIL?";
constexpr std::string_view uids =
    "does a UID set that begins beyond the last message and ends with * hold the last message?";

std::vector<turned> reading() {
    const auto uid = imap("FETCH 2 UID", {"* 2 FETCH (UID 8)\r\n" + ok});
    const auto unseen = imap("FETCH 1 FLAGS", {flags("") + ok});
    return {
        {"imap/rfc822-answered", rfc822, "no, though it says OK", "imap.fetch.rfc822", {imap("FETCH", {ok})}},
        {"imap/rfc822-answered", rfc822, "it is refused", "", {imap("FETCH", {no})}},
        {"imap/rfc822-answered", rfc822, "the server does not know it", "", {imap("FETCH", {bad})}},
        {"imap/rfc822-sets-seen", seen, "it is refused", "", {uid, unseen, imap("FETCH 1 RFC822", {no})}},
        {"imap/rfc822-sets-seen",
         seen,
         "it is answered OK, but not given",
         "",
         {uid, unseen, imap("FETCH 1 RFC822", {ok})}},
        {"imap/flags-last",
         "which of the five system flags last?",
         "\\Seen \\Draft",
         "",
         {imap("STORE", {ok}), imap("FETCH", {flags("\\Seen \\Draft") + ok})}},
        {"imap/keywords-last", can_make, "no", "", {imap("SELECT", {"* OK [PERMANENTFLAGS (\\Seen)] ok\r\n" + ok})}},
        {"imap/keywords-last", can_make, "it does not say which flags are permanent", "", {imap("SELECT", {ok})}},
        {"imap/keywords-last", keyword, "it is refused", "", {imap("SELECT", {ok}), imap("STORE", {no})}},
        {"imap/keywords-last",
         "do $Forwarded, $MDNSent, $Junk and $NotJunk last?",
         "they are refused",
         "",
         {imap("SELECT", {ok}), imap("STORE", {bad})}},
        {"imap/copy-keeps",
         "does COPY keep the INTERNALDATE?",
         "it becomes  1-Jan-2000 00:00:00 +0000",
         "",
         {imap("COPY", {ok}), imap("FETCH 1 FLAGS", {flags("\\Flagged") + ok}),
          imap("FETCH 1 INTERNALDATE", {"* 1 FETCH (INTERNALDATE \" 1-Jan-2000 00:00:00 +0000\")\r\n" + ok})}},
        {"imap/move-keeps",
         "does MOVE keep the flags?",
         "only \\Flagged",
         "",
         {announces("MOVE"), imap("MOVE", {ok}), imap("FETCH 1 FLAGS", {flags("\\Flagged") + ok})}},
        {"imap/append-keeps",
         "does APPEND keep the INTERNALDATE?",
         "yes, in another zone",
         "",
         {imap("FETCH 1 FLAGS", {flags("") + ok}),
          imap("FETCH 1 INTERNALDATE", {"* 1 FETCH (INTERNALDATE \"17-Jul-1996 09:44:25 +0000\")\r\n" + ok})}},
    };
}

std::vector<turned> sessions() {
    const auto gone = imap("EXPUNGE", {"* 1 EXPUNGE\r\n" + ok}), stored = imap("STORE", {ok});
    const auto lone = imap("SEARCH", {"* SEARCH 1\r\n" + ok});
    const auto flagged = flags("\\Flagged") + ok;
    return {
        {"imap/sessions/recent", recent, "both", "", {lone, imap("FETCH", {flags("\\Recent") + ok})}},
        {"imap/sessions/recent", recent, "none", "", {lone, imap("FETCH", {flags("") + ok})}},
        {"imap/sessions/recent",
         recent,
         "one: the second to look",
         "",
         {lone, imap("FETCH", {flags("") + ok, flags("") + ok, flags("\\Recent") + ok})}},
        {"imap/sessions/expunge-fetch",
         fetched,
         "cached: the structure, not the text",
         "",
         {gone, stored, imap("FETCH 1 BODY.PEEK", {no}), imap("FETCH 1 BODYSTRUCTURE", {structure + ok})}},
        {"imap/sessions/expunge-fetch", fetched, "no", "", {gone, stored, imap("FETCH", {no})}},
        {"imap/sessions/expunge-store",
         expunged,
         "session: yes, but a third session does not see it",
         "",
         {gone, stored, imap("FETCH 1:2 FLAGS", {flags("\\Flagged", 2) + ok}), imap("FETCH 1 FLAGS", {flagged}),
          imap("FETCH 2 FLAGS", {flags("\\Flagged", 2) + ok})}},
        {"imap/sessions/expunge-store",
         expunged,
         "ignored: OK, but nothing changes",
         "",
         {gone, stored, imap("FETCH", {ok}), imap("FETCH 1 FLAGS", {flags("\\Deleted") + ok})}},
        {"imap/sessions/expunge-store",
         expunged,
         "delayed: a third session sees it once it knows of the expunge",
         "",
         {gone, stored, imap("FETCH", {flags("", 2) + ok}), imap("FETCH 1 FLAGS", {flagged})}},
        {"imap/new-mail-by-noop", "when does NOOP tell of a new message?", "not within 60 s", "", {}},
        {"imap/new-mail-by-idle",
         "when does IDLE tell of a new message?",
         "not within 60 s",
         "",
         {announces("IDLE"), imap("IDLE", {"+ waiting\r\n"})}},
        {"imap/new-mail-by-status",
         "when does STATUS of another session tell of a new message?",
         "not within 60 s",
         "",
         {imap("STATUS", {"* STATUS x (MESSAGES 0)\r\n" + ok})}},
        {"imap/new-mail-by-status",
         "when does STATUS of another session tell of a new message?",
         "after 0.5 s",
         "",
         {imap("STATUS", {"* STATUS x (MESSAGES 0)\r\n" + ok, "* STATUS x (MESSAGES 0)\r\n" + ok,
                          "* STATUS x (MESSAGES 0)\r\n" + ok, "* STATUS x (MESSAGES 0)\r\n" + ok,
                          "* STATUS x (MESSAGES 0)\r\n" + ok, "* STATUS x (MESSAGES 0)\r\n" + ok,
                          "* STATUS x (MESSAGES 0)\r\n" + ok, "* STATUS x (MESSAGES 1)\r\n" + ok})}},
    };
}

std::vector<turned> mailboxes() {
    return {
        {"imap/delimiter",
         "what is the hierarchy delimiter?",
         "none: NIL",
         "",
         {imap("LIST \"\" \"\"", {"* LIST (\\Noselect) NIL \"\"\r\n" + ok})}},
        {"imap/delimiter",
         "what is the hierarchy delimiter?",
         ".",
         "",
         {imap("LIST \"\" \"\"", {"* LIST (\\Noselect) \".\" \"\"\r\n" + ok})}},
        {"imap/namespaces",
         "which namespaces of other users?",
         "(\"user.\" \".\")",
         "",
         {imap("NAMESPACE", {"* NAMESPACE ((\"INBOX.\" \".\")) ((\"user.\" \".\")) NIL\r\n" + ok})}},
        {"imap/namespaces",
         "which personal namespaces are there, with their delimiters?",
         "none",
         "",
         {imap("NAMESPACE", {"* NAMESPACE NIL NIL ((\"\" \"/\"))\r\n" + ok})}},
        {"imap/special-use",
         "which mailbox has the role \\All?",
         "All Mail",
         "",
         {announces("SPECIAL-USE"), imap("LIST", {"* LIST (\\All) \"/\" \"All Mail\"\r\n" + ok})}},
        {"imap/inbox-case",
         "is iNbOx the same as INBOX?",
         "it is another mailbox",
         "imap.inbox.any-case",
         {imap("STATUS INBOX", {"* STATUS INBOX (UIDVALIDITY 7)\r\n" + ok}),
          imap("STATUS iNbOx", {"* STATUS iNbOx (UIDVALIDITY 8)\r\n" + ok})}},
    };
}

std::vector<turned> limits() {
    const auto uid = "* 1 FETCH (UID 5)\r\n" + ok;
    const auto last = imap("FETCH 3 UID", {"* 3 FETCH (UID 8)\r\n" + ok});
    return {
        {"imap/largest-line", long_line, "8000 octets, not 65000", "", {imap("FETCH", {bad, uid})}},
        {"imap/largest-line", long_line, "4000 octets, not 8000", "", {imap("FETCH", {"!", bad, uid})}},
        {"imap/largest-line", long_line, "1000 octets, not 4000", "", {imap("FETCH", {bad, bad, no, uid})}},
        {"imap/largest-line", long_line, "not even 1000 octets", "", {imap("FETCH", {"* BYE too long\r\n!"})}},
        {"imap/largest-literal", literal, "1 MiB, not 4", "", {imap("APPEND", {"@ NO [TOOBIG] no\r\n", ok})}},
        {"imap/largest-literal", literal, "64 KiB, not 1 MiB", "", {imap("APPEND", {"!", no, ok})}},
        {"imap/largest-literal", literal, "not even 64 KiB", "", {imap("APPEND", {no})}},
        {"imap/sets",
         "is 3:1 the same set as 1:3?",
         "it is refused",
         "imap.set.descending",
         {last, imap("FETCH 3:1", {bad})}},
        {"imap/sets",
         uids,
         "it is refused",
         "imap.set.star",
         {last, imap("FETCH 3:1", {ok}), imap("UID FETCH", {bad})}},
        {"imap/sets-in-an-empty-mailbox", empty_set, "OK", "", {imap("FETCH", {ok})}},
        {"imap/sets-in-an-empty-mailbox", empty_set, "NO", "", {imap("FETCH", {no})}},
        {"imap/sets-in-an-empty-mailbox", empty_uids, "BAD", "", {imap("FETCH", {ok}), imap("UID FETCH", {bad})}},
        {"imap/id-empty", id_nil, "NIL", "", {announces("ID"), imap("ID", {"* ID NIL\r\n" + ok})}},
        {"imap/id-empty", id_nil, "it is refused", "", {announces("ID"), imap("ID", {bad})}},
        {"imap/id-empty",
         id_list,
         "what the server is",
         "",
         {announces("ID"), imap("ID", {"* ID (\"name\" \"x\")\r\n" + ok})}},
    };
}

std::vector<turned> maildrop() {
    const auto inbox = imap("STORE", {ok}), expunge = imap("EXPUNGE", {ok});
    const auto read = pop3("RETR", {"+OK\r\nx\r\n.\r\n"}), top = pop3("TOP", {"+OK\r\nx\r\n.\r\n"});
    const auto is_seen = imap("FETCH 1 FLAGS", {flags("\\Seen") + ok});
    return {
        {"pop3/uidl-stays",
         "is the UIDL of a message the same in the next session?",
         "no",
         "pop3.uidl",
         {inbox, expunge, pop3("UIDL", {"+OK 1 a\r\n", "+OK 1 b\r\n"})}},
        {"pop3/retr-sets-seen", "does RETR set \\Seen, as IMAP sees it?", "yes", "", {inbox, expunge, read, is_seen}},
        {"pop3/top-sets-seen", "does TOP set \\Seen, as IMAP sees it?", "yes", "", {inbox, expunge, top, is_seen}},
    };
}

std::vector<turned> mails() {
    const auto found = imap("SEARCH", {"* SEARCH 1\r\n" + ok}), stored = imap("STORE", {ok}),
               expunge = imap("EXPUNGE", {ok}), taken = smtp("X-Mailspec", {"250 2.0.0 ok\r\n"});
    const auto text = imap("FETCH 1 BODY.PEEK[TEXT]", {"* 1 FETCH (BODY[TEXT] x)\r\n" + ok});
    return {
        {"smtp/size-limit", size, "no fixed limit", "", {smtp("EHLO", {"250-mail.example\r\n250 SIZE 0\r\n"})}},
        {"smtp/size-limit",
         size,
         "it announces SIZE without a number",
         "",
         {smtp("EHLO", {"250-mail.example\r\n250 SIZE\r\n"})}},
        {"smtp/size-limit", size, "it does not say", "", {smtp("EHLO", {"250 mail.example\r\n"})}},
        {"smtp/size-refused-at-mail", refused, "it is put off", "", {smtp("MAIL", {"452 4.3.1 full\r\n"})}},
        {"smtp/size-refused-at-mail", refused, "yes, with another code", "", {smtp("MAIL", {"550 5.3.4 no\r\n"})}},
        {"smtp/unknown-recipient", nobody, "it is put off at RCPT", "", {smtp("RCPT", {"450 4.2.0 later\r\n"})}},
        {"smtp/unknown-recipient", nobody, "after DATA", "", {smtp("Subject", {"550 5.1.1 who?\r\n"})}},
        {"smtp/unknown-recipient",
         nobody,
         "nowhere in the dialogue: the mail is taken",
         "",
         {smtp("Subject", {"250 2.0.0 ok\r\n"}), smtp("RSET", {"250 2.0.0 ok\r\n"})}},
        {"smtp/bare-lf",
         "what becomes of a bare LF in a mail?",
         "it becomes CRLF",
         "",
         {found, stored, expunge, taken, imap("FETCH", {as_crlf + ok})}},
        {"smtp/bare-lf",
         "what becomes of a bare LF in a mail?",
         "something else",
         "",
         {found, stored, expunge, taken, imap("FETCH", {mail + ok})}},
        {"smtp/bare-lf-ends-mail", "does LF.LF end a mail?", "no", "", {found, stored, expunge, taken, text}},
        {"smtp/header-fields",
         "which header fields does delivery add or write anew?",
         "Received, A",
         "",
         {found, stored, expunge, taken, imap("FETCH", {mail + ok})}},
        {"smtp/header-fields",
         "which header fields does delivery remove or rewrite?",
         "X-Mailspec-Token, Date, From, to, Subject, Bcc, X-Mailspec-Empty, Message-ID, Content-Type",
         "",
         {found, stored, expunge, taken, imap("FETCH", {mail + ok})}},
        {"smtp/seconds-to-delivery",
         "how long does a mail take from SMTP to the INBOX?",
         "more than 60 s",
         "",
         {taken, imap("SEARCH", {"* SEARCH\r\n" + ok})}},
    };
}

scenario::scenario fact(std::string_view id) {
    const auto path = "facts/" + std::string(id);
    const auto xml = scenario::bundled_octets(path + ".xml");
    auto made = scenario::load(path, path + ".xml", xml.value_or(""), scenario::bundled_messages());
    if (const auto* error = std::get_if<scenario::load_error>(&made)) {
        ADD_FAILURE() << error->show();
        return {};
    }
    return std::move(std::get<scenario::scenario>(made));
}

puppets servers_that(const std::vector<line>& say) {
    puppets all{{protocol::imap, puppet::imap()}, {protocol::pop3, puppet::pop3()}, {protocol::smtp, puppet::smtp()}};
    for (const auto& each : say)
        all[each.by].answers[std::string(each.to)] = each.said;
    return all;
}

void expect(const turned& row) {
    auto servers = servers_that(row.by);
    const auto p = play(fact(row.id), servers);
    const auto found = std::ranges::find(p.record.answers, row.asked, &verdict::answer::asked);
    if (found == p.record.answers.end()) {
        ADD_FAILURE() << row.asked << " has no answer: " << p.record.reason << "\n" << p.transcript;
        return;
    }
    EXPECT_EQ(found->said, row.answer) << row.asked << "\n" << p.transcript;
    EXPECT_EQ(found->breaks ? found->breaks->id : "", row.breaks) << row.asked;
    const bool accused =
        std::ranges::any_of(p.record.failures, [&](const auto& f) { return f.broken == found->breaks; });
    EXPECT_TRUE(row.breaks.empty() || accused) << row.asked;
}

TEST(Facts, OfReadingAndFlagsTurnWithTheServer) {
    for (const auto& row : reading())
        expect(row);
}

TEST(Facts, OfSeveralSessionsTurnWithTheServer) {
    for (const auto& row : sessions())
        expect(row);
}

TEST(Facts, OfMailboxesTurnWithTheServer) {
    for (const auto& row : mailboxes())
        expect(row);
}

TEST(Facts, OfLimitsTurnWithTheServer) {
    for (const auto& row : limits())
        expect(row);
}

TEST(Facts, OfTheMaildropTurnWithTheServer) {
    for (const auto& row : maildrop())
        expect(row);
}

TEST(Facts, OfMailsTurnWithTheServer) {
    for (const auto& row : mails())
        expect(row);
}

} // namespace
} // namespace mailspec::run::testing
