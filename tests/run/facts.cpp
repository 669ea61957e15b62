#include "tests/run/turned.hpp"

#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

constexpr std::string_view expunged = "can flags be changed of a message that another session expunged?";
constexpr std::string_view fetched = "can a message be fetched that another session expunged?";
constexpr std::string_view recent = "how many of two sessions see a new message as \\Recent?";
constexpr std::string_view rfc822 = "does FETCH RFC822 give the message?";
constexpr std::string_view seen = "does FETCH RFC822 set \\Seen?";
constexpr std::string_view keyword = "does a keyword of one's own last?";
constexpr std::string_view can_make = "does the server say that keywords can be made?";
constexpr std::string_view refused = "is a message declared larger than that refused at MAIL?";

std::vector<turned> reading() {
    const auto whole = imap("FETCH 1 BODY.PEEK[]", {"* 1 FETCH (BODY[] {1}\r\nx)\r\n" + ok});
    const auto uid = imap("FETCH 2 UID", {"* 2 FETCH (UID 8)\r\n" + ok});
    const auto unseen = imap("FETCH 1 FLAGS", {flags("") + ok});
    const auto put = flags("\\Answered \\Flagged") + ok; // what the set-up looks for, before the copy is looked at
    return {
        {"imap/rfc822-answered", rfc822, "no, though it says OK", "imap.fetch.rfc822", {whole, imap("FETCH", {ok})}},
        {"imap/rfc822-answered", rfc822, "it is refused", "", {whole, imap("FETCH", {no})}},
        {"imap/rfc822-answered", rfc822, "the server does not know it", "", {whole, imap("FETCH", {bad})}},
        {"imap/rfc822-sets-seen", seen, "it is refused", "", {uid, unseen, imap("FETCH 1 RFC822", {no})}},
        {"imap/rfc822-sets-seen",
         seen,
         "it is answered OK, but not given",
         "imap.fetch.answers",
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
         "it is shown as  1-Jan-2000 00:00:00 +0000",
         "",
         {imap("COPY", {ok}), imap("FETCH 1 FLAGS", {put, flags("\\Flagged") + ok}),
          imap("FETCH 1 INTERNALDATE", {"* 1 FETCH (INTERNALDATE \" 1-Jan-2000 00:00:00 +0000\")\r\n" + ok})}},
        {"imap/copy-keeps",
         "does COPY keep the flags?",
         "yes, and sets others",
         "",
         {imap("COPY", {ok}), imap("FETCH 1 FLAGS", {put, flags("\\Flagged \\Answered $NotJunk") + ok})}},
        {"imap/copy-keeps",
         "does COPY keep the flags?",
         "they become \\Flagged",
         "imap.copy.preserves",
         {imap("COPY", {ok}), imap("FETCH 1 FLAGS", {put, flags("\\Flagged") + ok})}},
        {"imap/move-keeps",
         "does MOVE keep the flags?",
         "they become \\Flagged",
         "",
         {announces("MOVE"), imap("MOVE", {ok}), imap("FETCH 1 FLAGS", {put, flags("\\Flagged") + ok})}},
        {"imap/move-keeps",
         "does MOVE keep the INTERNALDATE?",
         "it is shown as 17-Jul-1996 17:44:25 +0800",
         "",
         {announces("MOVE"), imap("MOVE", {ok}), imap("FETCH 1 FLAGS", {put, flags("") + ok}),
          imap("FETCH 1 INTERNALDATE", {"* 1 FETCH (INTERNALDATE \"17-Jul-1996 17:44:25 +0800\")\r\n" + ok})}},
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
        {"imap/namespaces",
         "which shared namespaces?",
         "(\"\" \"/\")",
         "",
         {imap("NAMESPACE", {"* NAMESPACE NIL NIL ((\"\" \"/\"))\r\n" + ok})}},
        {"imap/special-use",
         "which mailbox has the role \\Flagged?",
         "[Gmail]/Starred",
         "",
         {announces("SPECIAL-USE"), imap("LIST", {"* LIST (\\Flagged) \"/\" \"[Gmail]/Starred\"\r\n" + ok})}},
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

} // namespace
} // namespace mailspec::run::testing
