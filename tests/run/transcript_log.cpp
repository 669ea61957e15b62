#include "harness/run/transcript_log.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailspec::run {
namespace {

using direction = verdict::transcript_line::direction;

std::uint64_t add(transcript_log& to, const std::string& octets) {
    return to.add(0, direction::received, false, {}, octets);
}

std::string at(const transcript_log& log, std::size_t place) {
    return log.lines(verdict::masker(), {"imap"}).at(place).octets;
}

TEST(transcript_log, finds_an_entry_again_wherever_it_is_kept) {
    transcript_log log(1000);
    std::vector<std::uint64_t> numbers;
    for (int i = 0; i < 40; ++i)
        numbers.push_back(add(log, "line " + std::to_string(i) + "\r\n"));
    EXPECT_EQ(numbers.back(), 39u);
    EXPECT_EQ(log.last(), 39u);
    EXPECT_EQ(at(log, log.place(0)), "line 0\r\n");
    EXPECT_EQ(at(log, log.place(39)), "line 39\r\n");
    EXPECT_EQ(log.find("line 39"), 39u);
    EXPECT_EQ(log.find("line 0"), 0u);
    EXPECT_NE(at(log, log.place(20)).find("lines are left out here"), std::string::npos);
}

TEST(transcript_log, keeps_so_much_of_a_long_line_that_a_secret_at_the_cut_is_masked) {
    transcript_log log(1u << 20, 10);
    const auto secret = std::string("hunter2-of");
    add(log, std::string(2045, 'x') + secret + std::string(100, 'y'));
    verdict::masker secrets;
    secrets.add_secret(secret);
    const auto shown = log.lines(secrets, {"imap"}).at(0).octets;
    EXPECT_EQ(shown.find("hun"), std::string::npos);
    EXPECT_NE(shown.find("[... of 2155 octets in all]"), std::string::npos);
}

} // namespace
} // namespace mailspec::run
