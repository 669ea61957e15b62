#include "harness/run/finding_log.hpp"

#include "harness/rfc/catalogue.hpp"

#include <gtest/gtest.h>

namespace mailspec::run {
namespace {

namespace req = rfc::req;

rfc::finding found(const rfc::requirement& broken, std::string detail) { return {&broken, 0, std::move(detail)}; }

TEST(FindingLog, CountsWhatDiffersOnlyInNumbers) {
    finding_log log;
    const std::vector all = {found(req::imap_fetch_size, "message 1 has 9 octets"),
                             found(req::imap_fetch_size, "message 12 has 1024 octets"),
                             found(req::imap_fetch_size, "message 12 has octets"),
                             found(req::imap_fetch_uid, "message 3 has 9 octets")};
    log.add(all, {1, 0, wire::protocol::imap});
    log.add(all, {2, 1, wire::protocol::imap});
    ASSERT_EQ(log.all().size(), 3u);
    EXPECT_EQ(log.all()[0].times, 4u);
    EXPECT_EQ(log.all()[0].what.detail, "message 1 has 9 octets");
    EXPECT_EQ(log.all()[0].at.transcript, 1u);
    EXPECT_EQ(log.all()[0].at.line, 0u);
    EXPECT_EQ(log.all()[1].times, 2u);
    EXPECT_EQ(log.all()[2].times, 2u);
}

TEST(FindingLog, KeepsProtocolsApart) {
    finding_log log;
    const std::vector one = {found(req::smtp_enhanced_codes, "a reply has no enhanced status code")};
    log.add(one, {1, 0, wire::protocol::smtp});
    log.add(one, {2, 1, wire::protocol::lmtp});
    log.add(one, {3, 2, wire::protocol::lmtp});
    ASSERT_EQ(log.all().size(), 2u);
    EXPECT_EQ(log.all()[0].times, 1u);
    EXPECT_EQ(log.all()[1].times, 2u);
    EXPECT_EQ(log.all()[1].at.line, 1u);
}

TEST(FindingLog, CountsWhatItDoesNotKeepAndKeepsTheStrongest) {
    const auto named = [](int n) { return std::string(static_cast<std::size_t>(n), 'x'); };
    finding_log log;
    for (int n = 1; n <= 100; ++n)
        log.add(std::vector{found(req::imap_flags_announced, named(n)), found(req::imap_flags_announced, named(n))},
                {});
    EXPECT_EQ(log.left_out(), 0u);
    log.add(std::vector{found(req::imap_flags_announced, named(101))}, {});
    EXPECT_EQ(log.left_out(), 1u);
    log.add(std::vector{found(req::imap_fetch_size, "a MUST")}, {});
    EXPECT_EQ(log.left_out(), 3u);
    ASSERT_EQ(log.all().size(), 100u);
    EXPECT_EQ(log.all().back().what.broken->id, "imap.fetch.size");
}

} // namespace
} // namespace mailspec::run
