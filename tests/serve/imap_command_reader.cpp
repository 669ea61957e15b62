#include "harness/serve/imap/command_reader.hpp"

#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve::imap {
namespace {

using event = command_reader::event;

struct seen {
    event what;
    std::string text;
    bool operator==(const seen&) const = default;
};

std::vector<seen> read_all(command_reader& reader) {
    std::vector<seen> all;
    for (auto e = reader.next(); e != event::need_more; e = reader.next()) {
        all.push_back({e, e == event::want_literal ? "" : std::string(reader.text())});
        if (e == event::too_long)
            break;
    }
    return all;
}

std::vector<seen> read(std::string_view octets, std::size_t piece, command_limits most = {}) {
    command_reader reader(most);
    std::vector<seen> all;
    for (std::size_t i = 0; i < octets.size(); i += piece) {
        reader.add(octets.substr(i, piece));
        auto some = read_all(reader);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

TEST(ImapCommandReader, FindsCommandsAndLiterals) {
    EXPECT_EQ(read("a NOOP\r\nb LOGIN {1}\r\nx {2+}\r\n\r\n z\r\nc X\n", 1000),
              (std::vector<seen>{{event::command, "a NOOP"},
                                 {event::want_literal, ""},
                                 {event::command, "b LOGIN {1}\r\nx {2+}\r\n\r\n z"},
                                 {event::command, "c X"}}));
}

TEST(ImapCommandReader, MakesTheSameCommandsHoweverTheBytesAreCut) {
    command_limits most{.line = 200, .literal = 10};
    std::string_view input =
        "a NOOP\r\nb LOGIN {1}\r\nx {2+}\r\n\r\n z\r\nc BIG {11+}\r\n12345678901 {3+}\r\nabc end\r\n"
        "d BIG {11}\r\ne BIG {11+}\r\n12345678901 {5}\r\nf {99999999999}\r\ng X {9}\r\n123456789 {2+}\r\nxx\r\nh\r\n";
    auto whole = read(input, input.size(), most);
    EXPECT_EQ(whole.back(), (seen{event::command, "h"}));
    for (std::size_t piece = 1; piece < input.size(); ++piece)
        EXPECT_EQ(read(input, piece, most), whole) << piece;
}

TEST(ImapCommandReader, TakesNothingForALiteralHeaderThatIsNone) {
    for (std::string line : {"a {", "a }", "a {}", "a {+}", "a {x}", "a {-1}", "a {1} ", "a {1}x", "a 1}"})
        EXPECT_EQ(read(line + "\r\n", 1000), (std::vector<seen>{{event::command, line}})) << line;
}

TEST(ImapCommandReader, ReportsALineWithoutEnd) {
    command_limits most{.line = 100, .literal = 100};
    EXPECT_EQ(read(std::string(101, 'x'), 1, most), (std::vector<seen>{{event::too_long, ""}}));
    EXPECT_EQ(read(std::string(98, 'x') + "\r\n", 1, most).size(), 1u);
}

TEST(ImapCommandReader, CountsTheLinesOfACommandTogether) {
    command_limits most{.line = 30, .literal = 1000};
    std::string endless = "a";
    for (int i = 0; i < 10; ++i)
        endless += " {1+}\r\nx";
    EXPECT_EQ(read(endless, 7, most).back().what, event::too_long);
}

TEST(ImapCommandReader, GivesOneLineWhereALineIsAskedFor) {
    command_reader reader;
    reader.add("abc {5}\r\nDO");
    EXPECT_EQ(reader.next_line(), event::command);
    EXPECT_EQ(reader.text(), "abc {5}");
    EXPECT_EQ(reader.next_line(), event::need_more);
    reader.add("NE\n");
    EXPECT_EQ(reader.next_line(), event::command);
    EXPECT_EQ(reader.text(), "DONE");
}

TEST(ImapCommandReader, ASessionAnswersTheSameHoweverTheBytesAreCut) {
    std::string input =
        "a LOGIN {5}\r\nalice alice-secret\r\nb SELECT INBOX\r\nc APPEND INBOX (\\Seen) {10+}\r\n"
        "From: x\r\n\r\r\nd FETCH 1 (FLAGS BODY[HEADER])\r\ne IDLE\r\nDONE\r\nf AUTHENTICATE PLAIN\r\n"
        "g UID SEARCH CHARSET UTF-8 TEXT {1+}\r\nx\r\nh BAD {3+}\r\nabc\r\n\r\ni LIST \"\" *\r\nj LOGOUT\r\n";
    auto run = [&](std::size_t piece) {
        imap_world world;
        auto c = world.connect();
        std::string answer;
        for (std::size_t i = 0; i < input.size(); i += piece)
            answer += c.raw(std::string_view(input).substr(i, piece));
        return answer;
    };
    auto whole = run(input.size());
    EXPECT_THAT(whole, testing::EndsWith("j OK logged out\r\n"));
    for (std::size_t piece = 1; piece < input.size(); ++piece)
        EXPECT_EQ(run(piece), whole) << piece;
}

} // namespace
} // namespace mailspec::serve::imap
