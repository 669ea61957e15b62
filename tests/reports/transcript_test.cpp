#include "reports/transcript.hpp"

#include <gtest/gtest.h>

using namespace mailspec;
using way = verdict::transcript_line::direction;

namespace {

verdict::transcript_line line(way w, std::string octets, std::string session = "imap") {
    return {w, std::move(session), {}, false, std::move(octets)};
}

std::string many_lines(std::size_t count) {
    std::string out = "* 1 FETCH (RFC822 {99}";
    for (std::size_t i = 1; i < count; ++i)
        out += "\r\nline " + std::to_string(i);
    return out + "\r\n";
}

} // namespace

TEST(Transcript, IsWrittenAsPeoplePasteIt) {
    const std::vector<verdict::transcript_line> dialogue{line(way::received, "* OK ready\r\n"),
                                                         line(way::sent, "a1 NOOP\r\n"),
                                                         line(way::note, "the server closed the connection")};
    EXPECT_EQ(reports::show(dialogue), "S: * OK ready\nC: a1 NOOP\n-- the server closed the connection\n");
    EXPECT_EQ(reports::show({}), "");
}

TEST(Transcript, NamesTheSessionsWhereThereAreSeveral) {
    EXPECT_EQ(reports::show({line(way::sent, "a1 NOOP\r\n"), line(way::sent, "NOOP\r\n", "pop3")}),
              "imap C: a1 NOOP\npop3 C: NOOP\n");
}

TEST(Transcript, BreaksLinesOnlyWhereTheServerSentBoth) {
    EXPECT_EQ(reports::show({line(way::received, "{3}\r\na\nb\r\n")}), "S: {3}\nS: a\\nb\n");
    EXPECT_EQ(reports::show({line(way::received, "no end")}), "S: no end [no line end]\n");
    EXPECT_EQ(reports::show({line(way::received, "lone\n")}), "S: lone\\n\n");
    EXPECT_EQ(reports::show({line(way::received, "\r\n")}), "S: \n");
}

TEST(Transcript, AroundALineMarksItAndSaysWhatIsLeftOut) {
    const std::vector<verdict::transcript_line> dialogue(6, line(way::sent, "x\r\n"));
    EXPECT_EQ(reports::show_around(dialogue, 3, 1, 1), "  ...\n  C: x\n> C: x\n  C: x\n  ...\n");
    EXPECT_EQ(reports::show_around(dialogue, 0, 1, 9), "> C: x\n  C: x\n  C: x\n  C: x\n  C: x\n  C: x\n");
    EXPECT_EQ(reports::show_around(dialogue, 99, 0, 0), "  ...\n> C: x\n") << "past the end: the last one";
    EXPECT_EQ(reports::show_around({}, 0, 1, 1), "");
}

TEST(Transcript, AroundALineLeavesOutTheMiddleOfLongLiterals) {
    const std::vector<verdict::transcript_line> dialogue{line(way::received, many_lines(9)),
                                                         line(way::sent, "a2 NOOP\r\n")};
    EXPECT_EQ(
        reports::show_around(dialogue, 1, 1, 0),
        "  S: * 1 FETCH (RFC822 {99}\n  S: line 1\n  S: [... 5 more lines]\n  S: line 7\n  S: line 8\n> C: a2 NOOP\n");
    EXPECT_EQ(reports::show(dialogue).find("more lines"), std::string::npos) << "the whole is whole";
    const std::vector<verdict::transcript_line> five{line(way::received, many_lines(5)), line(way::sent, "x\r\n")};
    EXPECT_EQ(reports::show_around(five, 1, 1, 0).find("more lines"), std::string::npos);
}
