#include "tests/wire/imap_reading.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace mailspec::test;

// An item's value begins at octet 20 in these, its content one later.
std::string wrong_envelope(std::string_view e) { return wrong("* 1 FETCH (ENVELOPE " + std::string(e) + ")"); }
std::string wrong_structure(std::string_view b) { return wrong("* 10 FETCH (BODYSTRUCTURE " + std::string(b) + ")"); }
std::string wrong_body(std::string_view b) { return wrong("* 1 FETCH (BODY " + std::string(b) + ")"); }

/// The id of the first finding, or "".
std::string first_id(const std::string& found) { return found.substr(0, found.find('@')); }

constexpr std::string_view address = "((\"N\" NIL \"n\" \"example.com\"))";

TEST(ImapEnvelope, ReadsWhatIsRight) {
    const std::string a(address);
    EXPECT_EQ(wrong_envelope("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"), "");
    EXPECT_EQ(
        wrong_envelope("(\"d\" {1}\r\ns " + a + ' ' + a + ' ' + a + ' ' + a + ' ' + a + ' ' + a + " \"i\" \"m\")"), "");
    EXPECT_EQ(
        wrong_envelope(
            "(NIL \"\" ((NIL NIL \"group\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL NIL NIL)) NIL NIL NIL NIL NIL NIL NIL)"),
        "");
}

TEST(ImapEnvelope, FindsMissingAndSurplusFields) {
    EXPECT_EQ(wrong_envelope("NIL"), "envelope@20");
    EXPECT_EQ(wrong_envelope("()"), "envelope@21");
    EXPECT_EQ(wrong_envelope("(NIL NIL NIL NIL NIL NIL NIL NIL NIL)"), "envelope@56");
    EXPECT_EQ(wrong_envelope("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"), "envelope@61");
}

TEST(ImapEnvelope, FindsFieldsOfTheWrongForm) {
    EXPECT_EQ(wrong_envelope("(date NIL NIL NIL NIL NIL NIL NIL NIL NIL)"), "nstring@21");
    EXPECT_EQ(wrong_envelope("(NIL NIL NIL NIL NIL NIL NIL NIL (\"i\") NIL)"), "nstring@53");
    EXPECT_EQ(wrong_envelope("(NIL NIL \"me\" NIL NIL NIL NIL NIL NIL NIL)"), "envelope.addresses@29");
    EXPECT_EQ(wrong_envelope("(NIL NIL () NIL NIL NIL NIL NIL NIL NIL)"), "envelope.addresses@29");
    EXPECT_EQ(wrong_envelope("(NIL NIL (NIL) NIL NIL NIL NIL NIL NIL NIL)"), "envelope.address@30");
    EXPECT_EQ(wrong_envelope("(NIL NIL ((NIL NIL \"a\")) NIL NIL NIL NIL NIL NIL NIL)"), "envelope.address@42");
    EXPECT_EQ(wrong_envelope("(NIL NIL ((NIL NIL \"a\" \"b\" \"c\")) NIL NIL NIL NIL NIL NIL NIL)"),
              "envelope.address@47");
    EXPECT_EQ(wrong_envelope("(NIL NIL ((NIL NIL a \"b\")) NIL NIL NIL NIL NIL NIL NIL)"), "nstring@39");
}

TEST(ImapEnvelope, FindsSpacesBetweenAddressesAndNoneBetweenFields) {
    const std::string a(address);
    EXPECT_EQ(
        wrong_envelope("(NIL NIL (" + a.substr(1, a.size() - 2) + ' ' + a.substr(1) + " NIL NIL NIL NIL NIL NIL NIL)"),
        "envelope.addresses@58");
    EXPECT_EQ(wrong_envelope("(NIL NIL " + a + a + " NIL NIL NIL NIL NIL NIL)"), "envelope@58");
}

TEST(ImapBody, ReadsWhatIsRight) {
    for (
        const std::string_view body :
        {R"(("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92))",
         R"(("TEXT" "PLAIN" NIL NIL NIL "x-own" 0 0))", R"(("IMAGE" "PNG" NIL "<id>" "desc" "BASE64" 5))",
         R"((("text" "plain" NIL NIL NIL "7bit" 1 1)("text" "html" NIL NIL NIL "7bit" 1 1) "alternative"))",
         R"(("message" "rfc822" NIL NIL NIL "7bit" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" NIL NIL NIL "7bit" 1 1) 3))",
         R"(("message" "global" NIL NIL NIL "8bit" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" NIL NIL NIL "7bit" 1 1) 3))",
         R"(("message" "global" NIL NIL NIL "8bit" 9))", R"(("message" "delivery-status" NIL NIL NIL "7bit" 9))"}) {
        EXPECT_EQ(wrong_body(body), "") << body;
        EXPECT_EQ(wrong_structure(body), "") << body;
    }
}

TEST(ImapBody, ReadsExtensionData) {
    for (
        const std::string_view body :
        {R"(("TEXT" "PLAIN" ("A" "b" "C" "d") NIL NIL "7BIT" 3028 92 NIL ("inline" ("filename" "x")) ("en" "de") "loc"))",
         R"(("IMAGE" "PNG" NIL NIL NIL "BASE64" 5 "md5"))",
         R"(("IMAGE" "PNG" NIL NIL NIL "BASE64" 5 NIL NIL "en" NIL))",
         R"(("IMAGE" "PNG" NIL NIL NIL "BASE64" 5 NIL ("attachment" NIL)))",
         R"((("text" "plain" NIL NIL NIL "7bit" 1 1 NIL NIL NIL NIL) "mixed" ("boundary" "x") NIL NIL NIL))",
         R"((("text" "plain" NIL NIL NIL "7bit" 1 1) "mixed" ("boundary" {1}
x) ("inline" NIL)))"}) {
        std::string octets(body);
        if (const auto line = octets.find('\n'); line != std::string::npos) {
            octets.insert(line, "\r");
        }
        EXPECT_EQ(wrong_structure(octets), "") << octets;
    }
}

TEST(ImapBody, FindsExtensionDataWhereNoneMayBe) {
    EXPECT_EQ(first_id(wrong_body(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 9 NIL))")), "body.not-extensible");
    EXPECT_EQ(first_id(wrong_body(R"((("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 9) "mixed" NIL))")), "body.not-extensible");
}

TEST(ImapBody, FindsWhatIsWrongWithAPart) {
    EXPECT_EQ(wrong_structure("NIL"), "body@26");
    EXPECT_EQ(wrong_structure("()"), "body@27");
    EXPECT_EQ(wrong_structure(R"(("TEXT"))"), "body@33");
    EXPECT_EQ(wrong_structure(R"((TEXT "PLAIN" NIL NIL NIL "7BIT" 3 9))"), "body.media@27");
    EXPECT_EQ(wrong_structure(R"(("TEXT" NIL NIL NIL NIL "7BIT" 3 9))"), "body.media@34");
    EXPECT_EQ(wrong_structure(R"(("TEXT" "PLAIN" "x" NIL NIL "7BIT" 3 9))"), "body.parameters@42");
    EXPECT_EQ(wrong_structure(R"(("TEXT" "PLAIN" () NIL NIL "7BIT" 3 9))"), "body.parameters@42");
    EXPECT_EQ(wrong_structure(R"(("TEXT" "PLAIN" ("a") NIL NIL "7BIT" 3 9))"), "body.parameters@46");
    EXPECT_EQ(wrong_structure(R"(("TEXT" "PLAIN" ("a" NIL) NIL NIL "7BIT" 3 9))"), "body.parameters@47");
    EXPECT_EQ(wrong_structure(R"(("TEXT" "PLAIN" NIL NIL NIL NIL 3 9))"), "string@54");
    EXPECT_EQ(wrong_structure(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" NIL 9))"), "number@61");
    EXPECT_EQ(wrong_structure(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3))"), "body.text@62");
    EXPECT_EQ(wrong_structure(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 NIL))"), "body.text@63");
    EXPECT_EQ(wrong_structure(R"(("IMAGE" "PNG" NIL NIL))"), "body.fields@48");
    EXPECT_EQ(wrong_structure(R"(("message" "rfc822" NIL NIL NIL "7bit" 9))"), "body.message@66");
}

TEST(ImapBody, FindsWhatIsWrongWithAMultipart) {
    EXPECT_EQ(wrong_structure(R"((("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 9)))"), "body@66");
    EXPECT_EQ(wrong_structure(R"((("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 9) mixed))"), "body.media@67");
    EXPECT_EQ(wrong_structure(R"((("IMAGE" "PNG" NIL NIL NIL "7BIT" 3) ("IMAGE" "PNG" NIL NIL NIL "7BIT" 3) "mixed"))"),
              "body@64");
    EXPECT_EQ(first_id(wrong_structure(R"(("mixed" ("boundary" "x")))")), "body.media");
}

TEST(ImapBody, FindsExtensionDataThatNoStandardDefines) {
    const std::string whole = R"(("IMAGE" "PNG" NIL NIL NIL "BASE64" 5 NIL NIL "en" NIL)";
    EXPECT_EQ(wrong_structure(whole + ")"), "");
    EXPECT_EQ(first_id(wrong_structure(whole + R"( 7 "x" (1 ("y" NIL))))")), "body.extension-undefined");
}

TEST(ImapBody, FindsWhatIsWrongWithExtensionData) {
    const std::string part = R"(("IMAGE" "PNG" NIL NIL NIL "7BIT" 3 )";
    EXPECT_EQ(wrong_structure(part + "md5)"), "nstring@62");
    EXPECT_EQ(wrong_structure(part + "NIL \"inline\")"), "body.disposition@66");
    EXPECT_EQ(wrong_structure(part + "NIL (\"inline\"))"), "body.disposition@66");
    EXPECT_EQ(wrong_structure(part + "NIL (inline NIL))"), "body.disposition@66");
    EXPECT_EQ(wrong_structure(part + "NIL NIL ())"), "body.language@70");
    EXPECT_EQ(wrong_structure(part + "NIL NIL (en))"), "string@71");
    EXPECT_EQ(wrong_structure(part + "NIL NIL NIL (\"x\"))"), "nstring@74");
    EXPECT_EQ(wrong_structure(part + "NIL NIL NIL NIL x)"), "body.extension-undefined@78 body.extension@78");
    EXPECT_EQ(wrong_structure(part + "NIL NIL NIL NIL ())"), "body.extension-undefined@78 body.extension@78");
}

TEST(ImapBody, WalksDeepMultipartsWithoutGoingAstray) {
    std::string body = R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 9))";
    for (int depth = 0; depth < 100; ++depth) {
        body = '(' + body + " \"mixed\")";
    }
    const auto all = read_pieces({"* 1 FETCH (BODY " + body + ")\r\n"}, {});
    EXPECT_TRUE(all.responses.at(0).broken.empty());
}

} // namespace
