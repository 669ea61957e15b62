#include "harness/wire/mail/fetch_text.hpp"
#include "harness/wire/mail/structure.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec::wire::mail;

std::string short_form(std::string_view message) { return body(message, extension_data::no); }
std::string long_form(std::string_view message) { return body(message, extension_data::yes); }

TEST(MailBody, CountsOctetsAndLinesOfASimpleText) {
    std::string text;
    for (int i = 0; i < 47; ++i) {
        text += std::string(46, 'x') + "\r\n";
    }
    text += std::string(21, 'y') + "\r\n";
    EXPECT_EQ(
        short_form("Content-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\nContent-Transfer-Encoding: 7BIT\r\n\r\n" + text),
        "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 2279 48)");
}

TEST(MailBody, ShowsTwoPartsAsTheExampleOfTheRfcDoes) {
    EXPECT_EQ(short_form("Content-Type: MULTIPART/MIXED; boundary=b\r\n\r\n"
                         "--b\r\nContent-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\nContent-Transfer-Encoding: 7BIT\r\n\r\n"
                         "one\r\n\r\n"
                         "--b\r\nContent-Type: TEXT/PLAIN; CHARSET=US-ASCII; NAME=cc.diff\r\n"
                         "Content-Transfer-Encoding: BASE64\r\nContent-ID: <960723163407.20117h@cac.washington.edu>\r\n"
                         "Content-Description: Compiler diff\r\n\r\nQUJD\r\nREVG\r\n\r\n--b--\r\n"),
              "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 5 1)"
              "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\" \"NAME\" \"cc.diff\") "
              "\"<960723163407.20117h@cac.washington.edu>\" \"Compiler diff\" \"BASE64\" 12 2) \"MIXED\")");
}

TEST(MailBody, FillsInWhatIsNotSaid) {
    EXPECT_EQ(short_form("Subject: x\r\n\r\nhi\r\n"),
              "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 4 1)");
    EXPECT_EQ(short_form(""), "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 0 0)");
    EXPECT_EQ(short_form("Content-Type: text/html\r\n\r\nx"),
              "(\"text\" \"html\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 1 0)");
    EXPECT_EQ(short_form("Content-Type: image/png\r\n\r\nx"), "(\"image\" \"png\" NIL NIL NIL \"7bit\" 1)");
}

TEST(MailBody, TakesAMalformedTypeForText) {
    for (const auto* type : {"", "text", "/", "multipart/mixed", "multipart/mixed; boundary=\"\""}) {
        EXPECT_EQ(short_form("Content-Type: " + std::string(type) + "\r\n\r\nx"),
                  "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 1 0)")
            << type;
    }
}

TEST(MailBody, PutsExtensionDataInItsOrder) {
    EXPECT_EQ(
        long_form("Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n"
                  "Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==\r\nContent-Disposition: attachment; filename=\"a b.png\"\r\n"
                  "Content-Language: en, de\r\nContent-Location: http://x.test/\r\n a.png\r\n\r\nQUJD"),
        "(\"image\" \"png\" (\"name\" \"a.png\") NIL NIL \"base64\" 4 \"Q2hlY2sgSW50ZWdyaXR5IQ==\" "
        "(\"attachment\" (\"filename\" \"a b.png\")) (\"en\" \"de\") \"http://x.test/ a.png\")");
    EXPECT_EQ(long_form("Content-Type: multipart/mixed; boundary=b\r\nContent-Disposition: inline\r\n"
                        "Content-Language: en\r\n\r\n--b\r\n\r\nx\r\n--b--"),
              "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 1 0 NIL NIL NIL NIL) \"mixed\" "
              "(\"boundary\" \"b\") (\"inline\" NIL) \"en\" NIL)");
}

TEST(MailBody, NestsAMessageWithItsEnvelopeBodyAndLines) {
    EXPECT_EQ(
        short_form("Content-Type: message/rfc822\r\n\r\nSubject: in\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                   "a\r\nb\r\n"),
        "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 62 (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL) "
        "(\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" 6 2) 5)");
}

TEST(MailBody, GivesDigestsTheirDefaultType) {
    EXPECT_EQ(short_form("Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: in\r\n\r\nx\r\n--b--"),
              "((\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 16 (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL) "
              "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 1 0) 2) \"digest\")");
}

TEST(MailBody, JoinsParameterContinuationsAsRfc2231Says) {
    EXPECT_EQ(short_form("Content-Type: application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20;\r\n"
                         " title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"; baz*0=a; baz*1=b\r\n\r\n"),
              "(\"application\" \"x-stuff\" (\"title*\" \"This is even more ***fun*** isn't it!\" \"baz\" \"ab\") "
              "NIL NIL \"7bit\" 0)");
}

TEST(MailBody, LeavesCommentsOutOfTheEncoding) {
    EXPECT_EQ(short_form("Content-Transfer-Encoding:  quoted-printable (as ever)\r\n\r\n"),
              "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"quoted-printable\" 0 0)");
}

TEST(MailBody, GivesAMultipartWithoutPartsOneEmptyPart) {
    EXPECT_EQ(short_form("Content-Type: multipart/mixed; boundary=b\r\n\r\nnothing here\r\n"),
              "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 0 0) \"mixed\")");
}

TEST(MailStructure, CutsAtDelimiterLinesOnly) {
    const auto whole =
        read_structure("Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\npreamble\r\n--b  \t\r\n\r\n"
                       "one\r\n --b\r\n--bc\r\nx--b\r\n--b\r\n\r\ntwo\r\n--b--trailing\r\n--b\r\n\r\nepilogue");
    ASSERT_EQ(whole.children.size(), 2u);
    EXPECT_EQ(whole.children[0].body, "one\r\n --b\r\n--bc\r\nx--b");
    EXPECT_EQ(whole.children[1].body, "two");
}

TEST(MailStructure, LetsAPartWithoutClosingBoundaryGoToTheEnd) {
    const auto whole = read_structure("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\ntwo\r\n");
    ASSERT_EQ(whole.children.size(), 1u);
    EXPECT_EQ(whole.children[0].body, "one\r\ntwo\r\n");
}

TEST(MailStructure, ReadsEmptyPartsAndPartsWithoutBlankLine) {
    const auto whole =
        read_structure("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\nA: b\r\n--b\r\n\r\n--b--\r\n");
    ASSERT_EQ(whole.children.size(), 3u);
    EXPECT_EQ(whole.children[0].header, "");
    EXPECT_EQ(whole.children[0].body, "");
    EXPECT_EQ(whole.children[1].header, "A: b");
    EXPECT_EQ(whole.children[2].body, "");
}

TEST(MailStructure, ReadsLoneFeedsToo) {
    const auto whole = read_structure("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--\n");
    ASSERT_EQ(whole.children.size(), 2u);
    EXPECT_EQ(whole.children[0].body, "one");
    EXPECT_EQ(whole.children[1].body, "two");
}

TEST(MailStructure, KeepsToItsLimits) {
    std::string deep;
    for (int i = 0; i < 5000; ++i) {
        deep += "Content-Type: message/rfc822\r\n\r\n";
    }
    int depth = 0;
    const auto whole = read_structure(deep);
    for (const part* p = &whole; !p->children.empty(); p = &p->children.front()) {
        ++depth;
    }
    EXPECT_EQ(depth, 50);
    std::string wide = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (int i = 0; i < 300; ++i) {
        wide += "--b\r\n\r\nx\r\n";
    }
    EXPECT_EQ(read_structure(wide, {50, 100}).children.size(), 100u);
}

} // namespace
