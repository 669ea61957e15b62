#include "harness/wire/mail/fetch_text.hpp"

#include <gtest/gtest.h>

namespace {

using mailspec::wire::mail::append_string;
using mailspec::wire::mail::envelope;

/// The envelope's member for one header field; `which` counts from 0: date, subject, from, sender, reply-to, to, ...
std::string with(const std::string& header) { return envelope(header + "\r\n\r\n"); }

TEST(MailEnvelope, IsWhatTheExampleOfTheRfcShows) {
    // RFC 9051 section 8; the bcc of RFC 3501's is NIL there too.
    EXPECT_EQ(envelope("Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\r\n"
                       "From: Terry Gray <gray@cac.washington.edu>\r\n"
                       "Subject: IMAP4rev2 WG mtg summary and minutes\r\n"
                       "To: imap@cac.washington.edu\r\n"
                       "cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>\r\n"
                       "Message-Id: <B27397-0100000@cac.washington.edu>\r\n"
                       "MIME-Version: 1.0\r\n"
                       "Content-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\n\r\n"),
              "(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev2 WG mtg summary and minutes\" "
              "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
              "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
              "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
              "((NIL NIL \"imap\" \"cac.washington.edu\")) "
              "((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) "
              "NIL NIL \"<B27397-0100000@cac.washington.edu>\")");
}

TEST(MailEnvelope, LeavesEncodedWordsAsTheNotesShow) {
    EXPECT_EQ(with("From: =?UTF-8?B?IkRhbiBhdCBSZWFsIFB5dGhvbiI=?= <info@realpython.com>\r\n"
                   "Subject: =?UTF-8?B?aSBhbSBleHBsb2l0aW5nIHlvdQ==?=\r\n"
                   "Sender: bounces+6633630-54f4-alice=163.com@drip.realpython.com\r\nTo: alice@163.com"),
              "(NIL \"=?UTF-8?B?aSBhbSBleHBsb2l0aW5nIHlvdQ==?=\" "
              "((\"=?UTF-8?B?IkRhbiBhdCBSZWFsIFB5dGhvbiI=?=\" NIL \"info\" \"realpython.com\")) "
              "((NIL NIL \"bounces+6633630-54f4-alice=163.com\" \"drip.realpython.com\")) "
              "((\"=?UTF-8?B?IkRhbiBhdCBSZWFsIFB5dGhvbiI=?=\" NIL \"info\" \"realpython.com\")) "
              "((NIL NIL \"alice\" \"163.com\")) NIL NIL NIL NIL)");
}

TEST(MailEnvelope, LeavesSeveralEncodedWordsAndTheirSpaceAsTheyStand) {
    EXPECT_EQ(with("To: =?utf-8?q?J=C3=B6?= =?utf-8?q?rg?= <j@x>"),
              "(NIL NIL NIL NIL NIL ((\"=?utf-8?q?J=C3=B6?= =?utf-8?q?rg?=\" NIL \"j\" \"x\")) NIL NIL NIL NIL)");
}

TEST(MailEnvelope, TakesSenderAndReplyToFromFromWhereTheyAreAbsentOrEmpty) {
    EXPECT_EQ(with("From: a@b\r\nSender:\r\nReply-To: c@d"),
              "(NIL NIL ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) ((NIL NIL \"c\" \"d\")) NIL NIL NIL NIL NIL)");
}

TEST(MailEnvelope, TellsAbsentFromEmpty) {
    EXPECT_EQ(with("Date: \r\nSubject:\r\nTo:\r\nIn-Reply-To:  "), "(\"\" \"\" NIL NIL NIL NIL NIL NIL \"\" NIL)");
    EXPECT_EQ(envelope(""), "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
}

TEST(MailEnvelope, LaysGroupsFlat) {
    EXPECT_EQ(with("To: A Group:Chris Jones <c@a.test>,joe@where.test;, Undisclosed recipients:;"),
              "(NIL NIL NIL NIL NIL ((NIL NIL \"A Group\" NIL)(\"Chris Jones\" NIL \"c\" \"a.test\")"
              "(NIL NIL \"joe\" \"where.test\")(NIL NIL NIL NIL)"
              "(NIL NIL \"Undisclosed recipients\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL NIL)");
}

TEST(MailEnvelope, RemovesQuotingFromNamesAndLocalParts) {
    EXPECT_EQ(with("To: \"Joe Q. \\\"Public\\\"\" <\"john smith\"@x.test>"),
              "(NIL NIL NIL NIL NIL ((\"Joe Q. \\\"Public\\\"\" NIL \"john smith\" \"x.test\")) NIL NIL NIL NIL)");
}

TEST(MailEnvelope, GivesASourceRouteItsOwnField) {
    EXPECT_EQ(with("To: Mary <@node.test,@relay.test:mary@x.test>"),
              "(NIL NIL NIL NIL NIL ((\"Mary\" \"@node.test,@relay.test\" \"mary\" \"x.test\")) NIL NIL NIL NIL)");
}

TEST(MailEnvelope, LeavesAloneWhatOnlyLooksLikeASourceRoute) {
    EXPECT_EQ(with("To: \"<@a:b\" <mailspecroute.x@y.test>, <@c.test:\"d e\"@f.test>, <@c.test:d@f.test>"),
              "(NIL NIL NIL NIL NIL ((\"<@a:b\" NIL \"mailspecroute.x\" \"y.test\")"
              "(NIL \"@c.test\" \"d e\" \"f.test\")(NIL \"@c.test\" \"d\" \"f.test\")) NIL NIL NIL NIL)");
}

TEST(MailEnvelope, NeverMakesAGroupOfAnAddressWithoutHost) {
    EXPECT_EQ(with("To: root"), "(NIL NIL NIL NIL NIL ((NIL NIL \"root\" \"\")) NIL NIL NIL NIL)");
}

TEST(MailEnvelope, UnfoldsLongFields) {
    EXPECT_EQ(with("Subject: one\r\n two\r\n\tthree "), "(NIL \"one two\tthree\" NIL NIL NIL NIL NIL NIL NIL NIL)");
}

TEST(MailEnvelope, SendsOtherThanAsciiAsALiteral) {
    EXPECT_EQ(with("Subject: gr\xC3\xBC\xC3\x9F"), "(NIL {6}\r\ngr\xC3\xBC\xC3\x9F NIL NIL NIL NIL NIL NIL NIL NIL)");
}

TEST(MailEnvelope, EscapesQuotesAndBackslashes) {
    EXPECT_EQ(with("Subject: \"a\\b\""), "(NIL \"\\\"a\\\\b\\\"\" NIL NIL NIL NIL NIL NIL NIL NIL)");
}

TEST(MailEnvelope, ReadsFieldNamesInAnyCaseAndTheFirstOfSeveral) {
    EXPECT_EQ(with("SUBJECT : one\r\nsubject: two"), "(NIL \"one\" NIL NIL NIL NIL NIL NIL NIL NIL)");
}

TEST(MailString, IsALiteralWhereItCannotBeQuoted) {
    std::string out;
    append_string(out, std::string_view("a\0b", 3));
    EXPECT_EQ(out, "{2}\r\nab");
    out.clear();
    append_string(out, std::string(2000, 'x'));
    EXPECT_TRUE(out.starts_with("{2000}\r\nxx"));
    out.clear();
    append_string(out, "");
    EXPECT_EQ(out, "\"\"");
}

} // namespace
