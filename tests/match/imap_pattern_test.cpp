#include "tests/match/said.hpp"

#include <gtest/gtest.h>

namespace mailspec::match::test {
namespace {

struct row {
    std::string_view pattern;
    std::string_view response; ///< without CRLF
    std::string_view why;      ///< "" where it fits
    strictness strict = {};
};

constexpr strictness kept{strictness::order::kept};
constexpr strictness forbidden{strictness::order::free, strictness::extra::forbidden};
constexpr strictness same_case{strictness::order::free, strictness::extra::allowed, strictness::letters::same_case};
constexpr strictness compared{strictness::order::free, strictness::extra::allowed, strictness::letters::any_case,
                              strictness::words::compared};

class ImapPattern : public testing::TestWithParam<row> {};

TEST_P(ImapPattern, FitsOrSaysWhatDiffers) {
    const row& r = GetParam();
    const said s = said::imap(std::string(r.response) + "\r\nA1 OK done\r\n");
    variables bound;
    bound.set("mailbox", "ms-42");
    bound.set("body", "Subject: x\r\n\r\nline\r\n");
    bound.set("seven", "7");
    EXPECT_EQ(judged(wanted(wire::protocol::imap, {{r.pattern, r.strict}}), s.imap_got(), bound),
              r.why.empty() ? "" : "1: " + std::string(r.why))
        << r.pattern << "\n"
        << r.response;
}

INSTANTIATE_TEST_SUITE_P(
    Counts, ImapPattern,
    testing::Values(row{"* 3 EXISTS", "* 3 EXISTS", ""}, row{"* 3 exists", "* 3 EXISTS", ""},
                    row{"* 3 EXISTS", "* 4 EXISTS", "the number is 4, expected 3"},
                    row{"* ${seven} EXISTS", "* 7 EXISTS", ""}, row{"* ${seven+1} EXISTS", "* 8 EXISTS", ""},
                    row{"* ${seven-1} EXISTS", "* 7 EXISTS", "the number is 7, expected 6"},
                    row{"* ${_} EXISTS", "* 0 EXISTS", ""},
                    row{"* ${_:nz-number} EXISTS", "* 0 EXISTS", "the number is 0, expected a value of kind nz-number"},
                    row{"* ${n:number} RECENT", "* 3 EXISTS", "no RECENT response came"}));

INSTANTIATE_TEST_SUITE_P(
    Fetch, ImapPattern,
    testing::Values(
        row{"* 1 FETCH (FLAGS (\\Seen) UID 7)", "* 1 FETCH (UID 7 FLAGS (\\Seen))", ""},
        row{"* 1 FETCH (UID 7)", "* 1 FETCH (UID 7 FLAGS (\\Seen))", ""},
        row{"* 1 FETCH (UID 7)", "* 1 FETCH (UID 7 FLAGS (\\Seen))", "holds FLAGS too", forbidden},
        row{"* 1 FETCH (UID 7 ${...})", "* 1 FETCH (UID 7 FLAGS (\\Seen))", "", forbidden},
        row{"* 1 FETCH (FLAGS () UID 7)", "* 1 FETCH (UID 7 FLAGS ())", "lacks UID at its place", kept},
        row{"* 1 FETCH (UID 8)", "* 1 FETCH (UID 7)", "UID is 7, expected 8"},
        row{"* 1 FETCH (UID ${seven+1})", "* 1 FETCH (UID 7)", "UID is 7, expected 8"},
        row{"* 1 FETCH (MODSEQ (3))", "* 1 FETCH (UID 7)", "lacks MODSEQ"},
        row{"* 1 FETCH (FLAGS (\\Seen))", "* 1 FETCH (FLAGS (\\Recent \\seen))", ""},
        row{"* 1 FETCH (FLAGS (\\Seen))", "* 1 FETCH (FLAGS ())", "FLAGS lacks \\Seen"},
        row{"* 1 FETCH (FLAGS ())", "* 1 FETCH (FLAGS (\\Recent))", ""},
        row{"* 1 FETCH (FLAGS ())", "* 1 FETCH (FLAGS (\\Seen))", "FLAGS holds \\Seen too"},
        row{"* 1 FETCH (FLAGS (\\Recent))", "* 1 FETCH (FLAGS ())", "FLAGS lacks \\Recent"},
        row{"* 1 FETCH (FLAGS (${...}))", "* 1 FETCH (FLAGS (\\Seen $X))", ""},
        row{"* 1 FETCH (FLAGS (\\Seen ${...}))", "* 1 FETCH (FLAGS ($X \\Seen))", ""},
        row{"* 1 FETCH (FLAGS (\\A \\B))", "* 1 FETCH (FLAGS (\\B \\A))", "FLAGS lacks \\A at its place", kept},
        row{"* 1 FETCH (BODY[] ${body})", "* 1 FETCH (BODY[] {20}\r\nSubject: x\r\n\r\nline\r\n)", ""},
        row{"* 1 FETCH (BODY[] ${literal(body)})", "* 1 FETCH (BODY[] {20}\r\nSubject: x\r\n\r\nline\r\n)", ""},
        row{"* 1 FETCH (BODY[] ${literal8(body)})", "* 1 FETCH (BODY[] {20}\r\nSubject: x\r\n\r\nline\r\n)",
            "BODY[] does not come as literal8()"},
        row{"* 1 FETCH (BODY[TEXT] ${body(body)})", "* 1 FETCH (BODY[TEXT] {6}\r\nline\r\n)", ""},
        row{"* 1 FETCH (BODY[]<0> \"Sub\")", "* 1 FETCH (BODY[]<0> {3}\r\nSub)", ""},
        row{"* 1 FETCH (BODY[HEADER.FIELDS (From \"To\")] ${_})",
            "* 1 FETCH (BODY[HEADER.FIELDS (\"FROM\" to)] {0}\r\n)", ""},
        row{"* 1 FETCH (RFC822.SIZE ${size(body)})", "* 1 FETCH (RFC822.SIZE 20)", ""},
        row{"* 1 FETCH (INTERNALDATE ${_:date-time})", "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")", ""},
        row{"* 1 FETCH (INTERNALDATE ${_:date-time})", "* 1 FETCH (INTERNALDATE \"17-Foo-1996 02:44:25 -0700\")",
            "INTERNALDATE is \"17-Foo-1996 02:44:25 -0700\", expected a value of kind date-time"},
        row{"* 2 FETCH (UID 7)", "* 1 FETCH (UID 7)", "the number is 1, expected 2"}));

INSTANTIATE_TEST_SUITE_P(
    Structures, ImapPattern,
    testing::Values(row{"* 1 FETCH (BODYSTRUCTURE (TEXT PLAIN (CHARSET utf-8) NIL NIL \"7bit\" 5 1 ${...}))",
                        "* 1 FETCH (BODYSTRUCTURE (\"text\" \"plain\" (\"charset\" \"UTF-8\") NIL NIL \"7bit\" 5 1 NIL "
                        "NIL NIL NIL))",
                        ""},
                    row{"* 1 FETCH (BODYSTRUCTURE (TEXT PLAIN NIL))",
                        "* 1 FETCH (BODYSTRUCTURE (\"text\" \"html\" NIL))",
                        "BODYSTRUCTURE value 2 is html, expected PLAIN"},
                    row{"* 1 FETCH (ENVELOPE (${_} \"Hi\" ${...}))", "* 1 FETCH (ENVELOPE (NIL \"hi\" NIL NIL))",
                        "ENVELOPE value 2 is hi, expected Hi"},
                    row{"* 1 FETCH (ENVELOPE (${_} NIL))", "* 1 FETCH (ENVELOPE (NIL \"NIL\"))",
                        "ENVELOPE value 2 is \"NIL\", expected NIL"},
                    row{"* 1 FETCH (ENVELOPE (${_:nil} \"\"))", "* 1 FETCH (ENVELOPE (NIL NIL))",
                        "ENVELOPE value 2 is NIL, expected \"\""},
                    row{"* 1 FETCH (ENVELOPE (${_:nstring} ${_:string}))", "* 1 FETCH (ENVELOPE (NIL x))",
                        "ENVELOPE value 2 is x, expected a value of kind string"},
                    row{"* 1 FETCH (ENVELOPE (A ${...} Z))", "* 1 FETCH (ENVELOPE (a b c z))", ""},
                    row{"* 1 FETCH (ENVELOPE (A))", "* 1 FETCH (ENVELOPE NIL)", "ENVELOPE is NIL, expected a list"}));

INSTANTIATE_TEST_SUITE_P(
    Mailboxes, ImapPattern,
    testing::Values(
        row{"* LIST (\\HasNoChildren) \"/\" ${mailbox}", "* LIST (\\Marked \\HasNoChildren) \"/\" \"ms-42\"", ""},
        row{"* LIST () ${_} ${mailbox}-x", "* LIST (\\A) NIL {7}\r\nms-42-x", ""},
        row{"* LIST () ${_} inbox", "* LIST () \"/\" INBOX", ""},
        row{"* LIST () ${_} inbox", "* LIST () \"/\" INBOX", "value 3 is INBOX, expected inbox", same_case},
        row{"* LIST () ${_} ${mailbox}", "* LIST () \"/\" MS-42", "value 3 is MS-42, expected ms-42"},
        row{"* LIST (\\Sent) \"/\" x", "* LIST (\\Junk) \"/\" x", "value 1 lacks \\Sent"},
        row{"* LIST () \"/\" x", "* LIST () \"/\" x (CHILDINFO (SUBSCRIBED))", ""},
        row{"* LIST () \"/\" x (CHILDINFO (\"SUBSCRIBED\"))", "* LIST () \"/\" x (A (b) CHILDINFO (SUBSCRIBED))", ""},
        row{"* LIST () \"/\" x", "* LIST (\\A) \"/\" x", "value 1 holds \\A too", forbidden},
        row{"* STATUS ${mailbox} (UIDNEXT 5 MESSAGES 1)", "* STATUS ms-42 (MESSAGES 1 RECENT 0 UIDNEXT 5)", ""},
        row{"* STATUS ${mailbox} (MESSAGES 2)", "* STATUS ms-42 (MESSAGES 1)", "value 2 MESSAGES is 1, expected 2"},
        row{"* NAMESPACE ((\"\" \"/\")) NIL NIL", "* NAMESPACE ((\"\" \"/\")) NIL NIL", ""},
        row{"* NAMESPACE ${_} ${_} ${_}", "* NAMESPACE NIL NIL", "lacks any value"},
        row{"* METADATA ${mailbox} (/private/comment \"x\")",
            "* METADATA \"ms-42\" (/shared/a \"y\" /private/comment {1}\r\nx)", ""}));

INSTANTIATE_TEST_SUITE_P(
    Sets, ImapPattern,
    testing::Values(row{"* SEARCH 1 2 3", "* SEARCH 3 1 2", ""}, row{"* SEARCH 1 2", "* SEARCH 1 2 3", "holds 3 too"},
                    row{"* SEARCH 1 2 3", "* SEARCH 1 3", "lacks 2"}, row{"* SEARCH", "* SEARCH", ""},
                    row{"* SEARCH 1 ${...}", "* SEARCH 4 1", ""},
                    row{"* SEARCH 1 2", "* SEARCH 2 1", "lacks 1 at its place", kept},
                    row{"* ESEARCH (TAG ${_}) UID ALL 1:3 COUNT 3", "* ESEARCH (TAG \"A1\") UID COUNT 3 ALL 1,2,3", ""},
                    row{"* ESEARCH COUNT 3", "* ESEARCH (TAG \"A1\") ALL 1:3 COUNT 3", ""},
                    row{"* ESEARCH ${_:list} COUNT 3", "* ESEARCH (TAG \"A1\") COUNT 3", ""},
                    row{"* ESEARCH COUNT 3", "* ESEARCH (TAG \"A1\") UID COUNT 3", "holds UID too"},
                    row{"* ESEARCH UID COUNT 3", "* ESEARCH (TAG \"A1\") COUNT 3", "lacks UID"},
                    row{"* ESEARCH COUNT 4", "* ESEARCH (TAG \"A1\") COUNT 3", "COUNT is 3, expected 4"},
                    row{"* VANISHED (EARLIER) 1:3", "* VANISHED (EARLIER) 3,1:2", ""},
                    row{"* CAPABILITY IDLE imap4rev1", "* CAPABILITY IMAP4rev1 ID IDLE", ""},
                    row{"* CAPABILITY IMAP4rev1", "* CAPABILITY IMAP4rev1 ID", "holds ID too", forbidden},
                    row{"* FLAGS (\\Seen \\Draft)", "* FLAGS (\\Draft $Forwarded \\Seen)", ""},
                    row{"* FLAGS (\\Seen \\Draft)", "* FLAGS (\\Seen)", "lacks \\Draft"},
                    row{"* ID (name \"x\")", "* ID (\"vendor\" NIL \"name\" \"x\")", ""},
                    row{"* THREAD (1 2)(3)", "* THREAD (1 2)(3)", ""},
                    row{"* SORT 2 1", "* SORT 1 2", "value 1 is 1, expected 2"}));

INSTANTIATE_TEST_SUITE_P(
    Statuses, ImapPattern,
    testing::Values(row{"* OK", "* OK [UNSEEN 3] hello", ""}, row{"* OK other words", "* OK hello", ""},
                    row{"* OK other words", "* OK hello", "the text is hello, expected other words", compared},
                    row{"* OK Hello", "* OK hello", "", compared},
                    row{"* OK [UNSEEN 3]", "* OK [UNSEEN 4] x", "[UNSEEN 4]: value 2 is 4, expected 3"},
                    row{"* OK [UIDNEXT 3]", "* OK [UNSEEN 4] x", "carries [UNSEEN 4], expected [UIDNEXT]"},
                    row{"* OK [UIDNEXT 3]", "* OK x", "carries no response code, expected [UIDNEXT]"},
                    row{"* OK [PERMANENTFLAGS (\\Seen)]", "* OK [PERMANENTFLAGS (\\* \\Seen)] x", ""},
                    row{"* OK [CAPABILITY IDLE]", "* OK [CAPABILITY IMAP4rev1 IDLE] x", ""},
                    row{"* BYE ${why:text}", "* BYE so long", ""}, row{"* BYE", "* OK hm", "no BYE response came"},
                    row{"OK", "* OK hm", ""}, row{"NO", "* OK hm", "the completion is OK, expected NO"},
                    row{"${_}", "* OK hm", ""}));

std::string compile_error(std::string_view source) {
    const auto made = pattern::compile(wire::protocol::imap, source, {});
    const auto* error = std::get_if<syntax_error>(&made);
    return error ? std::to_string(error->at) + ": " + error->message : "";
}

TEST(ImapPatternSyntax, IsRefusedWithTheOffsetOfTheMistake) {
    EXPECT_EQ(compile_error("* 1 FETCH (UID"), "10: this ( is never closed by )");
    EXPECT_EQ(compile_error("* 1 FETCH UID)"), "13: this ) closes nothing");
    EXPECT_EQ(compile_error("* 1 FETCH (FLAGS)"), "11: this item has no value after it; ${_} stands for any");
    EXPECT_EQ(compile_error("* OK [UNSEEN 3"), "5: this [ is never closed by ]");
    EXPECT_EQ(compile_error("* OK [] x"), "5: a response code is missing between [ and ]");
    EXPECT_EQ(compile_error("* LIST () \"/ x"), "10: this string is never closed by \"");
    EXPECT_EQ(compile_error("* 1 FETCH (BODY[ {3})"), "15: this [ is never closed by ]");
    EXPECT_EQ(compile_error("* 1 FETCH (BODY[] {3})"),
              "18: write a literal's octets as a string or as ${literal(name)}, not as {n}");
    EXPECT_EQ(compile_error("* 1"), "3: expected the name of a response here, as in * OK or * 1 FETCH");
    EXPECT_EQ(compile_error("FETCH 1"),
              "0: an answer of the server begins with \"* \", \"+\", OK, NO or BAD (without the tag)");
    EXPECT_EQ(
        compile_error("BED"),
        "0: an answer of the server begins with \"* \", \"+\", OK, NO or BAD (without the tag); did you mean BAD?");
    EXPECT_EQ(compile_error("* ${n:nubmer} EXISTS"), "6: unknown kind \"nubmer\"; did you mean number?");
    EXPECT_EQ(compile_error("* ${n EXISTS"), "6: expected } here");
    EXPECT_EQ(compile_error("* ${n"), "2: this ${ is never closed by }");
    EXPECT_EQ(compile_error("* 1 FETCH (BODY[] ${litteral(x)})"),
              "20: unknown function litteral(); did you mean literal?");
    EXPECT_EQ(compile_error(std::string(200, '(')).substr(0, 3), "0: ");
    EXPECT_EQ(compile_error("* X " + std::string(200, '(')), "69: lists are nested too deeply here");
}

TEST(ImapPattern, KnowsItsNamesAndWhichOfThemItCaptures) {
    const auto made = pattern::compile(wire::protocol::imap, "* ${n} FETCH (UID ${uid+1} X ${size(m)})", {});
    std::string names;
    for (const auto& use : std::get<pattern>(made).names())
        names += use.name + "@" + std::to_string(use.at) + (use.capturing ? " captures " : " ");
    EXPECT_EQ(names, "n@4 captures uid@20 m@36 ");
    EXPECT_EQ(std::get<pattern>(made).describes(), pattern::role::untagged);
}

} // namespace
} // namespace mailspec::match::test
