#include "harness/run/finding_log.hpp"

#include "harness/rfc/catalogue.hpp"

#include <gtest/gtest.h>

namespace mailspec::run {
namespace {

namespace req = rfc::req;

constexpr auto steps = finding_log::entry::stage::steps;

rfc::finding found(const rfc::requirement& broken, std::string detail) { return {&broken, 0, std::move(detail)}; }

TEST(FindingLog, CountsWhatDiffersOnlyInNumbers) {
    finding_log log;
    const std::vector all = {found(req::imap_fetch_size, "message 1 has 9 octets"),
                             found(req::imap_fetch_size, "message 12 has 1024 octets"),
                             found(req::imap_fetch_size, "message 12 has octets"),
                             found(req::imap_fetch_uid, "message 3 has 9 octets")};
    log.add(all, 1, 0, steps);
    log.add(all, 2, 1, steps);
    ASSERT_EQ(log.all().size(), 6u);
    EXPECT_EQ(log.all()[0].times, 2u);
    EXPECT_EQ(log.all()[0].what.detail, "message 1 has 9 octets");
    EXPECT_EQ(log.all()[0].transcript, 1u);
    EXPECT_EQ(log.all()[1].times, 1u);
    EXPECT_EQ(log.all()[2].times, 1u);
}

} // namespace
} // namespace mailspec::run
