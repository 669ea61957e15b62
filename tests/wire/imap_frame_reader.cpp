#include "harness/wire/imap/frame_reader.hpp"
#include "harness/wire/imap/literal_header.hpp"

#include "tests/wire/imap_reading.hpp"

#include <gmock/gmock.h>

namespace {

using namespace mailspec;
using namespace mailspec::test;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_view_literals;

/// Sizes of the responses found, having seen that the cut does not matter.
std::vector<std::size_t> sizes(std::string_view octets, wire::limits most = {}) {
    std::vector<std::size_t> out;
    for (const auto& seen : read_imap(octets, most).responses) {
        out.push_back(seen.size);
    }
    return out;
}

TEST(ImapFrameReader, MakesOneResponseOfEachLine) {
    EXPECT_THAT(sizes("* 1 EXISTS\r\n* 2 RECENT\r\na OK done\r\n"), ElementsAre(12u, 12u, 11u));
}

TEST(ImapFrameReader, TakesALoneLineFeedAsALineEnd) {
    EXPECT_THAT(sizes("* 1 EXISTS\na OK x\r\n"), ElementsAre(11u, 8u));
}

TEST(ImapFrameReader, WaitsForTheLineEnd) {
    const auto seen = read_imap("* 1 EXISTS\r\n* 2 REC");
    EXPECT_EQ(seen.responses.size(), 1u);
    EXPECT_EQ(seen.left, "* 2 REC");
    EXPECT_EQ(seen.why, wire::fault::none);
}

TEST(ImapFrameReader, TakesALiteralAndTheRestOfItsLineIntoTheResponse) {
    EXPECT_THAT(sizes("* 1 FETCH (BODY[] {6}\r\nab\r\ncd UID 7)\r\na OK x\r\n"), ElementsAre(38u, 8u));
}

TEST(ImapFrameReader, TakesSeveralLiteralsIntoOneResponse) {
    const auto octets = "* 1 FETCH (A {1}\r\n\n B {0}\r\n C ~{2}\r\n\0\r D {1+}\r\nx)\r\n* OK x\r\n"sv;
    EXPECT_THAT(sizes(octets), ElementsAre(51u, 8u));
}

TEST(ImapFrameReader, ReadsALiteralThatLooksLikeAHeader) {
    EXPECT_THAT(sizes("* 1 FETCH (BODY[] {5}\r\n{9}\r\n)\r\n* OK x\r\n"), ElementsAre(31u, 8u));
}

TEST(ImapFrameReader, ReadsALiteralThatEndsInACarriageReturnBeforeALoneLineFeed) {
    EXPECT_THAT(sizes("* X {2}\r\na\r\n* OK x\r\n"), ElementsAre(12u, 8u));
}

TEST(ImapFrameReader, LooksForNoLiteralBehindTheTextOfAStatus) {
    for (const std::string_view line :
         {"* OK see {5}", "* NO {5}", "a1 BAD {5}", "* BYE bye {3}", "* PREAUTH x {1}", "+ say {5}", "+ {5}",
          "* OK [ALERT] {5}", "* ok [x (] {5}", "a no {4294967295}"}) {
        EXPECT_THAT(sizes(std::string(line) + "\r\n* 1 EXISTS\r\n"), ElementsAre(line.size() + 2, 12u)) << line;
    }
}

TEST(ImapFrameReader, LooksForNoLiteralInDataThatHasNoStrings) {
    for (const std::string_view line : {"* SEARCH {5}", "* 5 EXISTS {5}", "* FLAGS {5}", "* CAPABILITY {5}",
                                        "* ENABLED {5}", "* VANISHED {5}", "* 3 EXPUNGE {1}"}) {
        EXPECT_THAT(sizes(std::string(line) + "\r\n* 1 EXISTS\r\n"), ElementsAre(line.size() + 2, 12u)) << line;
    }
}

TEST(ImapFrameReader, FindsTheLiteralsOfBadcharset) {
    EXPECT_THAT(sizes("a NO [BADCHARSET ({5}\r\nUTF-8 {2}\r\n)] \"x\")] no {3}\r\n* OK\r\n"), ElementsAre(51u, 6u));
    EXPECT_THAT(sizes("a NO [BADCHARSET (UTF-8)] see ({5}\r\n* OK\r\n"), ElementsAre(36u, 6u));
}

TEST(ImapFrameReader, TakesAHeaderOnlyWhereAValueCanBegin) {
    for (const std::string_view line : {"* LIST () \"/\" x{5}", "* X {}", "* X {-1}", "* X {5 }", "* X {a}", "* X {5}x",
                                        "* X 5}", "* X \"a{5}", "* X {+}", "* X {5++}"}) {
        EXPECT_THAT(sizes(std::string(line) + "\r\n* OK\r\n"), ElementsAre(line.size() + 2, 6u)) << line;
    }
}

TEST(ImapFrameReader, ForgivesBlanksAndMissingOnesAroundALiteral) {
    EXPECT_THAT(sizes(" * 1  FETCH (BODY[]{2}\r\nab)\r\n* OK\r\n"), ElementsAre(29u, 6u));
    EXPECT_THAT(sizes("* 1 FETCH (BODY[]<0>{2}\nab)\r\n* OK\r\n"), ElementsAre(29u, 6u));
}

TEST(ImapFrameReader, FaultsAtALiteralBeyondTheLimitBeforeItArrives) {
    for (const std::string_view count : {"4294967295", "99999999999999999999999999"}) {
        const auto seen = read_imap("* 1 FETCH (BODY[] {" + std::string(count) + "}\r\n");
        EXPECT_EQ(seen.why, wire::fault::response_too_long);
        EXPECT_EQ(seen.announced, count == "4294967295" ? 4294967295u : ~std::uint64_t{0});
        EXPECT_THAT(seen.responses, IsEmpty());
    }
}

TEST(ImapFrameReader, FaultsAtAnEndlessLine) {
    const wire::limits most{20, 100};
    EXPECT_EQ(read_imap(std::string(20, 'x'), most).why, wire::fault::none);
    EXPECT_EQ(read_imap(std::string(21, 'x'), most).why, wire::fault::line_too_long);
    EXPECT_EQ(read_imap(std::string(19, 'x') + "\n", most).why, wire::fault::none);
    EXPECT_EQ(read_imap(std::string(20, 'x') + "\n", most).why, wire::fault::line_too_long);
    EXPECT_EQ(read_imap("* X {9}\r\n123456789" + std::string(21, 'x'), most).why, wire::fault::line_too_long);
}

TEST(ImapFrameReader, FaultsAtAResponseOfTooManyLiterals) {
    const wire::limits most{20, 40};
    const auto seen = read_imap("* X {9}\r\n123456789 {9}\r\n123456789 {2}\r\n", most);
    EXPECT_EQ(seen.why, wire::fault::response_too_long);
    EXPECT_EQ(seen.announced, 2u);
    const auto text = read_imap("* X {9}\r\n123456789 {9}\r\n123456789 abcdefghij\r\n", most);
    EXPECT_EQ(text.why, wire::fault::response_too_long);
    EXPECT_EQ(text.announced, 0u);
}

TEST(ImapFrameReader, StaysAtItsFault) {
    wire::buffer in;
    wire::imap::frame_reader reader({10, 20});
    feed(in, "* 1 FETCH (");
    EXPECT_EQ(reader.next(in).why, wire::fault::line_too_long);
    feed(in, ")\r\n* OK\r\n");
    EXPECT_EQ(reader.next(in).what, wire::reading::kind::fault);
}

TEST(ImapFrameReader, KnowsThatItIsInsideALiteral) {
    wire::buffer in;
    wire::imap::frame_reader reader;
    feed(in, "* 1 FETCH (BODY[] {3}\r\n");
    (void)reader.next(in);
    EXPECT_TRUE(reader.inside_literal());
    feed(in, "ab");
    (void)reader.next(in);
    EXPECT_TRUE(reader.inside_literal());
    feed(in, "c");
    (void)reader.next(in);
    EXPECT_FALSE(reader.inside_literal());
}

TEST(ImapFrameReader, BeginsWhereTheBufferDoes) {
    wire::buffer in;
    feed(in, "nonsense");
    in.release(8);
    feed(in, "* OK x\r\n");
    wire::imap::frame_reader reader;
    const auto got = reader.next(in);
    EXPECT_EQ(got.what, wire::reading::kind::ready);
    EXPECT_EQ(got.got.at, 8u);
    EXPECT_EQ(got.got.size, 8u);
}

TEST(ImapFrameReader, TouchesEachOctetOfALiteralNoMoreThanItMust) {
    const std::string header = "* 1 FETCH (BODY[] {1000000}\r\n";
    wire::buffer in;
    wire::imap::frame_reader reader;
    feed(in, header + std::string(999999, '\n'));
    EXPECT_EQ(reader.next(in).what, wire::reading::kind::need_more);
    feed(in, "\n)\r\n");
    const auto got = reader.next(in);
    EXPECT_EQ(got.what, wire::reading::kind::ready);
    EXPECT_EQ(got.got.size, header.size() + 1000003);
}

} // namespace
