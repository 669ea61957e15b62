#include "tests/run/turned.hpp"

#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

constexpr std::string_view seen = "does FETCH RFC822 set \\Seen?";
constexpr std::string_view long_line = "how long a command line is taken?";
constexpr std::string_view literal = "how large a message does APPEND take?";
constexpr std::string_view id_nil = "what answers ID NIL?", id_list = "what answers ID ()?";
constexpr std::string_view empty_set = "what does FETCH 1:* say in an empty mailbox?";
constexpr std::string_view empty_uids = "what does UID FETCH 1:* say in an empty mailbox?";
constexpr std::string_view eightbit = "what becomes of 8-bit text without BODY=8BITMIME?";
constexpr std::string_view space = "is MAIL FROM: taken with a space behind the colon?";
constexpr std::string_view nobody = "where is an unknown recipient refused?";
constexpr std::string_view size = "how large a message does EHLO allow?";
constexpr std::string_view refused = "is a message declared larger than that refused at MAIL?";
constexpr std::string_view uids =
    "does a UID set that begins beyond the last message and ends with * hold the last message?";

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
         {inbox, expunge, pop3("STAT", {"+OK 1 9\r\n"}), pop3("UIDL", {"+OK 1 a\r\n", "+OK 1 b\r\n"})}},
        {"pop3/retr-sets-seen", "does RETR set \\Seen, as IMAP sees it?", "yes", "", {inbox, expunge, read, is_seen}},
        {"pop3/top-sets-seen", "does TOP set \\Seen, as IMAP sees it?", "yes", "", {inbox, expunge, top, is_seen}},
    };
}

std::vector<turned> mails() {
    const auto found = imap("SEARCH", {"* SEARCH 1\r\n" + ok}), stored = imap("STORE", {ok}),
               expunge = imap("EXPUNGE", {ok}), taken = smtp("X-Mailspec", {"250 2.0.0 ok\r\n"});
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
        {"smtp/unknown-recipient", nobody, "after DATA", "", {smtp("From", {"550 5.1.1 who?\r\n"})}},
        {"smtp/unknown-recipient",
         nobody,
         "nowhere in the dialogue: the mail is taken",
         "",
         {smtp("From", {"250 2.0.0 ok\r\n"}), smtp("RSET", {"250 2.0.0 ok\r\n"})}},
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
        {"smtp/eightbit-unasked", eightbit, "the mail is refused", "", {smtp("X-Mailspec", {"554 5.6.1 no\r\n"})}},
        {"smtp/eightbit-unasked",
         eightbit,
         "something else",
         "",
         {found, stored, expunge, taken, imap("FETCH", {mail + ok})}},
        {"smtp/space-after-colon", space, "yes", "", {smtp("MAIL", {"250 2.1.0 ok\r\n"})}},
        {"smtp/space-after-colon", space, "not now", "", {smtp("MAIL", {"450 4.7.1 later\r\n"})}},
        {"smtp/bare-lf-ends-mail", "does LF.LF end a mail?", "no", "", {found, stored, expunge, taken}},
        {"smtp/header-fields",
         "which header fields does delivery add or write anew?",
         "Received, A",
         "",
         {found, stored, expunge, taken, imap("FETCH", {mail + ok})}},
        {"smtp/header-fields",
         "which header fields does delivery remove or rewrite?",
         "X-Mailspec-Token, From, to, Date, Subject, Bcc, X-Mailspec-Empty, Message-ID, Content-Type",
         "",
         {found, stored, expunge, taken, imap("FETCH", {mail + ok})}},
        {"smtp/seconds-to-delivery",
         "how long does a mail take from SMTP to the INBOX?",
         "more than 60 s",
         "",
         {taken, imap("SEARCH", {"* SEARCH\r\n" + ok})}},
    };
}

std::vector<turned> submitted() {
    const auto found = imap("SEARCH", {"* SEARCH 1\r\n" + ok}), stored = imap("STORE", {ok}),
               expunge = imap("EXPUNGE", {ok}), taken = submission("X-Mailspec", {"250 2.0.0 ok\r\n"});
    return {
        {"submission/size-limit",
         "submission: how large a message does EHLO allow?",
         "7 octets",
         "",
         {submission("EHLO", {"250-mail.example\r\n250-SIZE 7\r\n250 AUTH PLAIN\r\n"})}},
        {"submission/unknown-recipient",
         "submission: where is an unknown recipient refused?",
         "after DATA",
         "",
         {submission("From", {"550 5.1.1 who?\r\n"})}},
        {"submission/bare-lf",
         "submission: what becomes of a bare LF in a mail?",
         "the mail is refused",
         "",
         {submission("X-Mailspec", {"550 5.6.11 no\r\n"})}},
        {"submission/bare-lf-ends-mail",
         "submission: does LF.LF end a mail?",
         "no",
         "",
         {found, stored, expunge, taken}},
        {"submission/bare-lf-ends-mail",
         "submission: does LF.LF end a mail?",
         "yes",
         "smtp.data.bare-lf-end",
         {imap("SEARCH", {"* SEARCH 1\r\n" + ok, "* SEARCH\r\n" + ok}), stored, expunge, taken,
          submission("NOOP", {"502 5.5.2 what is afterwards?\r\n"})}},
        {"submission/bare-lf-ends-mail",
         "submission: does LF.LF end a mail?",
         "not here, but what follows it is lost on the way",
         "",
         {imap("SEARCH", {"* SEARCH 1\r\n" + ok, "* SEARCH\r\n" + ok, "* SEARCH 1\r\n" + ok}), stored, expunge, taken}},
        {"submission/header-fields",
         "submission: which header fields does delivery add or write anew?",
         "Received, A",
         "",
         {found, stored, expunge, taken, imap("FETCH", {mail + ok})}},
        {"submission/header-fields",
         "submission: which header fields does delivery remove or rewrite?",
         "X-Mailspec-Token, From, to, Date, Subject, Bcc, X-Mailspec-Empty, Message-ID, Content-Type",
         "",
         {found, stored, expunge, taken, imap("FETCH", {mail + ok})}},
        {"submission/seconds-to-delivery",
         "submission: how long does a mail take from submission to the INBOX?",
         "more than 60 s",
         "",
         {taken, imap("SEARCH", {"* SEARCH\r\n" + ok})}},
    };
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

TEST(Facts, OfSubmissionTurnWithTheServer) {
    for (const auto& row : submitted())
        expect(row);
}

} // namespace
} // namespace mailspec::run::testing
