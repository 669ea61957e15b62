#include "tests/run/turned.hpp"

#include "harness/scenario/bundled.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mailspec::run::testing {
namespace {

scenario::scenario fact(std::string_view id) {
    const auto path = "facts/" + std::string(id);
    const auto xml = scenario::bundled_octets(path + ".xml");
    auto made = scenario::load(path, path + ".xml", xml.value_or(""), scenario::bundled_messages());
    if (const auto* error = std::get_if<scenario::load_error>(&made)) {
        ADD_FAILURE() << error->show();
        return {};
    }
    return std::move(std::get<scenario::scenario>(made));
}

puppet servers_that(const std::vector<line>& say) {
    auto all = puppet::imap();
    all.others = {{protocol::pop3, puppet::pop3()}, {protocol::smtp, puppet::smtp()}};
    all.others[protocol::submission] = all.others[protocol::smtp];
    all.others[protocol::submission].answers["EHLO"] = {"250-mail.example\r\n250 AUTH PLAIN\r\n"};
    all.others[protocol::submission].answers["AUTH"] = {"235 2.7.0 ok\r\n"};
    all.others[protocol::lmtp] = all.others[protocol::smtp];
    all.others[protocol::lmtp].answers["LHLO"] = {"250 mail.example\r\n"};
    for (const auto& each : say) {
        auto& by = each.by == protocol::imap ? all : all.others[each.by];
        by.answers[std::string(each.to)] = each.said;
    }
    return all;
}

} // namespace

void expect(const turned& row) {
    auto servers = servers_that(row.by);
    const auto p = play(fact(row.id), servers);
    const auto found = std::ranges::find(p.record.answers, row.asked, &verdict::answer::asked);
    if (found == p.record.answers.end()) {
        ADD_FAILURE() << row.asked << " has no answer: " << p.record.reason << "\n" << p.transcript;
        return;
    }
    EXPECT_EQ(found->said, row.answer) << row.asked << "\n" << p.transcript;
    EXPECT_EQ(found->breaks ? found->breaks->id : "", row.breaks) << row.asked;
    const bool accused =
        std::ranges::any_of(p.record.failures, [&](const auto& f) { return f.broken == found->breaks; });
    EXPECT_TRUE(row.breaks.empty() || accused) << row.asked;
}

} // namespace mailspec::run::testing
