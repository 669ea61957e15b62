#include "harness/scenario/lint.hpp"

#include "tests/scenario/files.hpp"

#include <gtest/gtest.h>

namespace mailspec::scenario::test {
namespace {

std::string warnings(std::string_view steps) {
    const std::string xml = "<scenario xmlns='urn:mailspec:scenario:1' id='x' title='t'><imap/><imap name='other'/>\n" +
                            std::string(steps) + "<C on='other'>NOOP</C></scenario>";
    const auto made = load("x", "x.xml", xml, bundled_messages());
    if (const auto* error = std::get_if<load_error>(&made))
        return error->show();
    std::string out;
    for (const warning& w : lint(std::get<scenario>(made)))
        out += w.show();
    return out;
}

TEST(Lint, WarnsOfACaptureThatNothingUses) {
    EXPECT_EQ(warnings("<C>NOOP</C>\n<S>* ${n} EXISTS</S>"),
              "x.xml:3: warning: nothing uses the capture ${n}; ${_} stands for any value\n");
    EXPECT_EQ(warnings("<C>NOOP</C><S>* ${n} EXISTS</S><check>${n} = 1</check>"), "");
    EXPECT_EQ(warnings("<C>NOOP</C><S>* LIST () ${delimiter} ${mailbox}</S>"), "");
    EXPECT_EQ(warnings("<C>NOOP</C><S>* ${n} EXISTS</S><C>NOOP</C><never>* ${n} EXPUNGE</never>"), "");
}

TEST(Lint, WarnsOfAPasswordWrittenOut) {
    EXPECT_EQ(
        warnings("<C>LOGIN alice secret</C>"),
        "x.xml:2: warning: a password is written out here; ${alice.password} keeps it out of files and reports\n");
    EXPECT_EQ(warnings("<C>LOGIN ${alice.user} ${alice.password}</C>"), "");
}

TEST(Lint, WarnsOfAPollThatWaitsForNothing) {
    EXPECT_EQ(warnings("<poll><C>NOOP</C></poll>"),
              "x.xml:2: warning: this <poll> waits for nothing: it ends as soon as its commands succeed once\n");
    EXPECT_EQ(warnings("<poll><C>NOOP</C><S>* 1 EXISTS</S></poll>"), "");
    EXPECT_EQ(warnings("<poll><S>* 1 EXISTS</S></poll>"), "");
}

TEST(Lint, WarnsOfProseComparedWordForWord) {
    EXPECT_EQ(warnings("<C>NOOP</C>\n<S text='compared'>OK done</S>"),
              "x.xml:3: warning: the prose of a server is compared word for word; other servers say it otherwise\n");
}

TEST(Lint, WarnsOfASessionThatNobodySpeaksOn) {
    const std::string xml = "<scenario xmlns='urn:mailspec:scenario:1' id='x' title='t'>\n<imap/><pop3 "
                            "state='connected'/><C>NOOP</C></scenario>";
    const auto made = load("x", "x.xml", xml, bundled_messages());
    const auto all = lint(std::get<scenario>(made));
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].message, "no step speaks on the session pop3");
}

} // namespace
} // namespace mailspec::scenario::test
