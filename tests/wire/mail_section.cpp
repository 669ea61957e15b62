#include "harness/wire/mail/header.hpp"
#include "harness/wire/mail/section.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec::wire::mail;

/// The complex message of RFC 9051 section 6.4.5.1, each part's text saying its number.
const std::string complex_message =
    "Subject: whole\r\nTo: you\r\nContent-Type: multipart/mixed; boundary=A\r\n\r\npreamble\r\n"
    "--A\r\n\r\none\r\n"
    "--A\r\nContent-Type: application/octet-stream\r\n\r\ntwo\r\n"
    "--A\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: three\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nthree.one\r\n"
    "--B\r\nContent-Type: application/octet-stream\r\n\r\nthree.two\r\n--B--\r\n"
    "--A\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n"
    "--C\r\nContent-Type: image/gif\r\nContent-ID: <gif>\r\n\r\nfour.one\r\n"
    "--C\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: four.two\r\nContent-Type: multipart/mixed; boundary=D\r\n\r\n--D\r\n\r\nfour.two.one\r\n"
    "--D\r\nContent-Type: multipart/alternative; boundary=E\r\n\r\n--E\r\n\r\nfour.two.two.one\r\n"
    "--E\r\nContent-Type: text/richtext\r\n\r\nfour.two.two.two\r\n--E--\r\n--D--\r\n--C--\r\n--A--\r\n";

std::string get(std::string_view spec, std::string_view message = complex_message) {
    const auto found = section(message, spec);
    return found ? std::string(found->octets()) : "none";
}

TEST(MailSection, NumbersPartsAsTheExampleOfTheRfcDoes) {
    EXPECT_EQ(get("1"), "one");
    EXPECT_EQ(get("2"), "two");
    EXPECT_EQ(get("3.1"), "three.one");
    EXPECT_EQ(get("3.2"), "three.two");
    EXPECT_EQ(get("4.1"), "four.one");
    EXPECT_EQ(get("4.1.MIME"), "Content-Type: image/gif\r\nContent-ID: <gif>\r\n\r\n");
    EXPECT_EQ(get("4.2.HEADER"), "Subject: four.two\r\nContent-Type: multipart/mixed; boundary=D\r\n\r\n");
    EXPECT_EQ(get("4.2.1"), "four.two.one");
    EXPECT_EQ(get("4.2.2.1"), "four.two.two.one");
    EXPECT_EQ(get("4.2.2.2"), "four.two.two.two");
    EXPECT_EQ(get("3.HEADER"), "Subject: three\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n");
    EXPECT_EQ(get("3.TEXT"), "--B\r\n\r\nthree.one\r\n--B\r\nContent-Type: application/octet-stream\r\n\r\n"
                             "three.two\r\n--B--");
    EXPECT_EQ(get("3"), get("3.HEADER") + get("3.TEXT"));
}

TEST(MailSection, GivesTheWholeAndItsHalvesAsViews) {
    EXPECT_EQ(get(""), complex_message);
    EXPECT_EQ(get("HEADER") + get("TEXT"), complex_message);
    EXPECT_TRUE(get("TEXT").starts_with("preamble\r\n--A"));
    const auto found = section(complex_message, "4.1");
    ASSERT_TRUE(found);
    EXPECT_GE(found->octets().data(), complex_message.data());
    EXPECT_LT(found->octets().data(), complex_message.data() + complex_message.size());
}

TEST(MailSection, HasNothingWhereThereIsNoSuchPart) {
    for (const auto* spec :
         {"5", "1.1", "3.3", "4.2.2.3", "1.HEADER", "4.TEXT", "1.HEADER.FIELDS (TO)", "99999999999999999"}) {
        EXPECT_EQ(get(spec), "none") << spec;
    }
}

TEST(MailSection, PicksHeaderFieldsAndKeepsTheBlankLine) {
    EXPECT_EQ(get("HEADER.FIELDS (to SUBJECT)"), "Subject: whole\r\nTo: you\r\n\r\n");
    EXPECT_EQ(get("header.fields (\"To\" X-None)"), "To: you\r\n\r\n");
    EXPECT_EQ(get("HEADER.FIELDS (X-None)"), "\r\n");
    EXPECT_EQ(get("HEADER.FIELDS.NOT (Content-Type)"), "Subject: whole\r\nTo: you\r\n\r\n");
    EXPECT_EQ(get("3.HEADER.FIELDS (Subject)"), "Subject: three\r\n\r\n");
    EXPECT_EQ(get("HEADER.FIELDS (A)", "A: 1\r\n 2\r\nB: 3\r\na: 4\r\n\r\nbody"), "A: 1\r\n 2\r\na: 4\r\n\r\n");
}

TEST(MailSection, HasNoBlankLineWhereTheMessageHasNeitherThatNorABody) {
    EXPECT_EQ(get("HEADER", "A: b\r\n"), "A: b\r\n");
    EXPECT_EQ(get("TEXT", "A: b\r\n"), "");
    EXPECT_EQ(get("HEADER.FIELDS (A)", "A: b\r\n"), "A: b\r\n");
    EXPECT_EQ(get("HEADER", ""), "");
}

TEST(MailSection, NumbersTheOnlyPartOfAPlainMessage) {
    const std::string plain = "Subject: x\r\n\r\nhello\r\n";
    EXPECT_EQ(get("1", plain), "hello\r\n");
    EXPECT_EQ(get("1.MIME", plain), "Subject: x\r\n\r\n");
    EXPECT_EQ(get("1.1", plain), "none");
    EXPECT_EQ(get("2", plain), "none");
}

TEST(MailSection, GoesIntoAMessageThatIsTheWholeBody) {
    const std::string forwarded = "Content-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nhi";
    EXPECT_EQ(get("1", forwarded), "Subject: in\r\n\r\nhi");
    EXPECT_EQ(get("1.HEADER", forwarded), "Subject: in\r\n\r\n");
    EXPECT_EQ(get("1.1", forwarded), "hi");
    EXPECT_EQ(get("1.1.1", forwarded), "none");
}

TEST(MailSection, KnowsItsSyntax) {
    for (const auto* good : {"", "1", "4.2.2.1", "HEADER", "text", "1.MIME", "3.HEADER.FIELDS.NOT (A B)"}) {
        EXPECT_NE(get(good), "none") << good;
    }
    for (const auto* bad : {"0", "01", "1.", ".1", "MIME", "HEADER.FIELDS", "HEADER.FIELDS ()", "HEADER.FIELDS (A",
                            "1..2", "HEADERS", "HEADER.FIELDS (A  B)", "1 ", "-1", "1.HEADER.1"}) {
        EXPECT_EQ(get(bad), "none") << bad;
    }
}

std::string get_decoded(std::string_view message, std::string_view spec) {
    const auto found = decoded(message, spec);
    return found.what == binary::result::found ? std::string(found.content.octets()) : "none";
}

TEST(MailBinary, UndoesTheTransferEncoding) {
    const std::string head = "Content-Transfer-Encoding: ";
    EXPECT_EQ(get_decoded("Content-Type: image/x\r\n" + head + "base64\r\n\r\nAAEC\r\nAwQ=\r\n", "1"),
              std::string("\0\1\2\3\4", 5));
    EXPECT_EQ(get_decoded(head + "Quoted-Printable\r\n\r\na=3Db=\r\n c =C3=BC\r\n", "1"), "a=b c \xC3\xBC\r\n");
    EXPECT_EQ(get_decoded(head + "8bit\r\n\r\nx\r\n", "1"), "x\r\n");
    EXPECT_EQ(get_decoded("\r\nx", ""), "\r\nx");
    EXPECT_EQ(decoded(head + "x-rot13\r\n\r\nx", "1").what, binary::result::unknown_encoding);
    EXPECT_EQ(decoded("\r\nx", "2").what, binary::result::no_such_part);
    EXPECT_EQ(decoded("\r\nx", "1.MIME").what, binary::result::no_such_part);
}

TEST(MailBinary, GivesTextCrlfLineEnds) {
    EXPECT_EQ(get_decoded("Content-Transfer-Encoding: base64\r\n\r\nYQpiDQpjCg==", "1"), "a\r\nb\r\nc\r\n");
    EXPECT_EQ(get_decoded("Content-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\nYQpiDQpjCg==", "1"),
              "a\nb\r\nc\n");
}

TEST(MailHeader, FindsFieldsAndUnfoldsThem) {
    const std::string_view header = "A: 1\r\nLong : a\r\n  b\r\n\tc \r\nnot a field\r\n: none\r\n\r\n";
    EXPECT_EQ(find_field(header, "a"), " 1");
    EXPECT_EQ(unfold(*find_field(header, "LONG")), "a  b\tc");
    EXPECT_EQ(find_field(header, "B"), std::nullopt);
    EXPECT_EQ(fields(header).size(), 2u);
    EXPECT_EQ(fields(header)[1].octets, "Long : a\r\n  b\r\n\tc \r\n");
}

TEST(MailHeader, EndsAtTheFirstEmptyLine) {
    EXPECT_EQ(split("A: b\r\n\r\nc\r\n\r\n").header, "A: b\r\n\r\n");
    EXPECT_EQ(split("\r\nbody").header, "\r\n");
    EXPECT_EQ(split("A: b\n\nc").body, "c");
    EXPECT_EQ(split("A: b\r\n \r\n\r\nc").body, "c");
    EXPECT_EQ(split("no line end").header, "no line end");
}

} // namespace
