#include "tests/wire/imap_reading.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using namespace mailspec::test;
using mailspec::wire::imap::response_form;

std::vector<std::string> example_lines(const std::string& name) {
    std::ifstream in(std::string(MAILSPEC_SOURCE_DIR) + "/tests/wire/data/" + name);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with('#')) {
            out.push_back(line);
        }
    }
    return out;
}

void expect_nothing_wrong(const std::vector<std::string>& lines) {
    for (const auto& line : lines) {
        const auto seen = read_line(line);
        EXPECT_TRUE(seen.broken.empty()) << line << "\n  " << seen.broken.front();
        EXPECT_NE(seen.form, response_form::malformed) << line;
    }
}

TEST(ImapExamples, OfTheRfcsAreRight) {
    const auto lines = example_lines("rfc_examples.txt");
    EXPECT_GT(lines.size(), 400u);
    expect_nothing_wrong(lines);
}

TEST(ImapExamples, OfRealServersAreRight) {
    const auto lines = example_lines("real_servers.txt");
    EXPECT_GT(lines.size(), 50u);
    expect_nothing_wrong(lines);
}

TEST(ImapExamples, OfAWholeSessionAreRightInPiecesOfAnySize) {
    std::ifstream in(std::string(MAILSPEC_SOURCE_DIR) + "/tests/wire/data/dovecot_session.imap", std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(in), {}};
    const auto whole = read_pieces({octets}, {});
    EXPECT_EQ(whole.responses.size(), 68u);
    EXPECT_EQ(whole.left, "");
    for (const auto& seen : whole.responses) {
        EXPECT_TRUE(seen.broken.empty()) << seen.tree << "\n  " << seen.broken.front();
    }
    for (const std::size_t size : {1u, 2u, 7u, 64u, 1000u}) {
        EXPECT_EQ(read_pieces(in_pieces_of(size, octets), {}), whole) << "in pieces of " << size;
    }
}

TEST(ImapExamples, OfTheRfcWithALiteralIsRight) {
    const std::string header = "Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\r\n"
                               "From: Terry Gray <gray@cac.washington.edu>\r\n"
                               "Subject: IMAP4rev1 WG mtg summary and minutes\r\n"
                               "To: imap@cac.washington.edu\r\n"
                               "cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>\r\n"
                               "Message-Id: <B27397-0100000@cac.washington.edu>\r\n"
                               "MIME-Version: 1.0\r\n"
                               "Content-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\n\r\n";
    EXPECT_EQ(header.size(), 342u);
    const auto seen = read_imap("* 12 FETCH (BODY[HEADER] {342}\r\n" + header + ")\r\na004 OK FETCH completed\r\n");
    ASSERT_EQ(seen.responses.size(), 2u);
    EXPECT_EQ(seen.responses.front().tree, "((BODY[HEADER]<HEADER> {" + header + "}))");
    EXPECT_TRUE(seen.responses.front().broken.empty());
}

} // namespace
