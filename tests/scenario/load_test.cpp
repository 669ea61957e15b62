#include "tests/scenario/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::scenario::test {
namespace {

scenario loaded(std::string_view inside, std::string_view attributes = "") {
    const std::string xml = "<scenario xmlns='urn:mailspec:scenario:1' id='x' title='t' " + std::string(attributes) +
                            ">" + std::string(inside) + "</scenario>";
    auto made = load("x", "x.xml", xml, bundled_messages());
    if (const auto* error = std::get_if<load_error>(&made))
        throw std::runtime_error(error->show());
    return std::get<scenario>(std::move(made));
}

const command& first_command(const scenario& s) { return std::get<command>(s.steps.front().what); }

TEST(LoadedScenario, HasTheDefaultsOfItsSessions) {
    const scenario s =
        loaded("<imap/><imap name='b'><message>x</message></imap><pop3/><smtp/><managesieve/><C>NOOP</C>");
    std::string states;
    for (const session& each : s.sessions)
        states += each.name + ":" + each.account + ":" + std::to_string(static_cast<int>(each.state)) + " ";
    EXPECT_EQ(states, "imap:alice:2 b:alice:4 pop3:alice:3 smtp:alice:1 managesieve:alice:2 ");
    EXPECT_EQ(s.sessions[0].tls, tls_choice::as_target);
    EXPECT_EQ(loaded("<imap tls='implicit'/><C/>").sessions[0].tls, tls_choice::implicit);
    EXPECT_EQ(loaded("<imap tls='none'/><C/>").sessions[0].tls, tls_choice::none);
}

TEST(LoadedScenario, HasItsMessagesWithCrlf) {
    const scenario s = loaded("<imap><message>\nA: b\n\nc</message><message octets='exact'>a\nb</message><message "
                              "file='mail/plain.eml'/></imap><C/>");
    EXPECT_EQ(s.sessions[0].messages[0].octets, "A: b\r\n\r\nc\r\n");
    EXPECT_EQ(s.sessions[0].messages[1].octets, "a\nb");
    EXPECT_NE(s.sessions[0].messages[2].octets.find("\r\n.\r\n"), std::string::npos);
    EXPECT_EQ(s.sessions[0].messages[2].octets.find("\r\r"), std::string::npos);
}

TEST(LoadedScenario, KnowsTheLineOfEveryExpectation) {
    const scenario s = loaded("<imap/>\n<C>NOOP</C>\n<S>\n* 1 EXISTS\n\n  * 0 RECENT\n</S>\n<never>* BYE</never>");
    const auto& all = first_command(s).expected.wanted.all;
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].line, 4u);
    EXPECT_EQ(all[1].line, 6u);
    EXPECT_EQ(all[2].line, 8u);
    EXPECT_EQ(all[2].what, match::expectation::kind::never);
    EXPECT_EQ(s.steps[0].where.line, 2u);
}

TEST(LoadedScenario, KeepsWishesWithTheirProtocol) {
    EXPECT_EQ(loaded("<imap/><C/>", "needs='UIDPLUS  imap:!X'").needs,
              (std::vector<std::string>{"imap:UIDPLUS", "imap:!X"}));
    const scenario s = loaded("<imap/><pop3/><if can='pop3:!TOP'><C>NOOP</C></if>");
    EXPECT_EQ(std::get<condition>(s.steps[0].what).can, "pop3:TOP");
    EXPECT_TRUE(std::get<condition>(s.steps[0].what).negated);
}

TEST(LoadedScenario, RepeatsInEachAlternativeWhatStandsBeforeThem) {
    const scenario s = loaded("<imap/><C extra='forbidden'>X</C><S>* 1 "
                              "EXISTS</S><either><option><S>OK</S></option><option><S>NO</S></option></either>");
    const answer& a = first_command(s).expected;
    EXPECT_EQ(a.choice, answer::choice::either);
    ASSERT_EQ(a.alternatives.size(), 2u);
    for (const alternative& each : a.alternatives) {
        EXPECT_EQ(each.wanted.all.size(), 2u);
        EXPECT_EQ(each.wanted.extra, match::expectations::extra::forbidden);
    }
}

TEST(LoadedScenario, TellsWhoSpeaksAndWhetherAnAnswerIsAwaited) {
    const scenario s = loaded(
        "<imap/><imap name='b'/><raw on='b'>x\\r\\n</raw><raw>y</raw><S>OK</S><pipeline on='b'><C>NOOP</C></pipeline>");
    EXPECT_EQ(s.steps[0].session, 1u);
    EXPECT_FALSE(first_command(s).awaits_answer);
    EXPECT_TRUE(std::get<command>(s.steps[1].what).awaits_answer);
    EXPECT_EQ(std::get<pipeline>(s.steps[2].what).commands[0].session, 1u);
}

TEST(LoadedScenario, JudgesGreetings) {
    const scenario s = loaded("<imap/><pop3 state='connected'/><connect on='pop3'/><S>+OK</S><C>NOOP</C>");
    ASSERT_EQ(s.steps.size(), 3u);
    EXPECT_EQ(s.steps[1].session, 1u);
    EXPECT_TRUE(std::holds_alternative<greeting_check>(s.steps[1].what));
    EXPECT_TRUE(std::holds_alternative<greeting_check>(loaded("<imap state='connected'/><S>* OK</S>").steps[0].what));
}

TEST(LoadedScenario, SendsDataWithCrlfAndItsFileAsItIs) {
    const scenario s = loaded("<smtp/><data>\na: ${token}\n\n${'${'}</data><data file='mail/plain.eml'/>");
    match::variables v;
    v.set("token", "T");
    match::outgoing out;
    EXPECT_EQ(first_command(s).text.expand(v, out), std::nullopt);
    EXPECT_EQ(out.octets, "a: T\r\n\r\n${");
    EXPECT_TRUE(std::get<command>(s.steps[1].what).text.is_constant());
}

TEST(LoadedScenario, ReadsChecksAndTimes) {
    const scenario s = loaded(
        "<imap/><check> ${token} != 'x=y' </check><quiet for='500ms'/><hangup within='2m'/><poll><S>* BYE</S></poll>");
    const check& c = std::get<check>(s.steps[0].what);
    EXPECT_EQ(c.left.source() + "|" + c.right.source() + "|" + c.source, "${token}|'x=y'|${token} != 'x=y'");
    EXPECT_EQ(c.relation, check::relation::unequal);
    EXPECT_EQ(std::get<quiet>(s.steps[1].what).span.count(), 500);
    EXPECT_EQ(std::get<hangup>(s.steps[2].what).within.count(), 120'000);
    EXPECT_EQ(std::get<poll>(s.steps[3].what).within.count(), 10'000);
    EXPECT_EQ(std::get<poll>(s.steps[3].what).unsolicited.wanted.all.size(), 1u);
}

TEST(Loading, EndsInAMessageHoweverTheFileIsCut) {
    const std::string whole = read(here / "good/everything.xml");
    for (std::size_t n = 0; n + 2 < whole.size(); ++n) {
        const auto made = load("good/everything", "x.xml", std::string_view(whole).substr(0, n), bundled_messages());
        const auto* error = std::get_if<load_error>(&made);
        ASSERT_NE(error, nullptr) << n;
        EXPECT_FALSE(error->message.empty());
        EXPECT_FALSE(error->message.starts_with("malformed XML")) << n << ": the XML library saw what we did not";
    }
}

TEST(Refusal, OfElementsThatAreNestedTooDeeplySaysWhere) {
    const auto nested = [](std::size_t times) {
        std::string xml = "<scenario xmlns='urn:mailspec:scenario:1' id='x' title='t'><imap/>\n";
        for (std::size_t i = 0; i < times; ++i)
            xml += "<repeat times='1'>";
        xml += "<C>NOOP</C>";
        for (std::size_t i = 0; i < times; ++i)
            xml += "</repeat>";
        return refusal(xml + "</scenario>");
    };
    EXPECT_EQ(nested(50), "");
    EXPECT_THAT(nested(200), ::testing::StartsWith("x.xml:2:1783: elements are nested too deeply here\n"));
    EXPECT_THAT(nested(100'000), ::testing::StartsWith("x.xml:2:1783: elements are nested too deeply here\n"));
}

} // namespace
} // namespace mailspec::scenario::test
