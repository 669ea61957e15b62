#include "harness/run/target.hpp"

#include "harness/run/provider.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

target good(const std::vector<std::string>& urls) {
    auto read = target_from_urls(urls, {secret_source::kind::environment, "X"});
    if (auto* why = std::get_if<std::string>(&read)) {
        ADD_FAILURE() << *why;
        return {};
    }
    return std::get<target>(read);
}

std::string bad(const std::string& url) {
    auto read = target_from_urls({url}, {});
    const auto* why = std::get_if<std::string>(&read);
    return why ? *why : "it was accepted";
}

TEST(TargetURL, HasTheDefaultsOfItsScheme) {
    const auto t = good({"imap://h", "imaps://h", "pop3://h", "pop3s://h", "smtp://h", "submission://h",
                         "submissions://h", "lmtp://h", "managesieve://h"});
    ASSERT_EQ(t.endpoints.size(), 9u);
    EXPECT_EQ(t.endpoints[0].port, 143);
    EXPECT_EQ(t.endpoints[0].tls, security::starttls);
    EXPECT_EQ(t.endpoints[1].port, 993);
    EXPECT_EQ(t.endpoints[1].tls, security::implicit);
    EXPECT_EQ(t.endpoints[3].port, 995);
    EXPECT_EQ(t.endpoints[4].tls, security::none);
    EXPECT_EQ(t.endpoints[6].port, 465);
    EXPECT_EQ(t.endpoints[7].port, 24);
    EXPECT_EQ(t.endpoints[8].port, 4190);
}

TEST(TargetURL, TakesThePortFromTheKindOfConnectionUnlessOneIsSaid) {
    const auto t = good({"imap://h?tls=implicit", "pop3s://h?tls=starttls", "imap://h:1?tls=implicit"});
    EXPECT_EQ(t.endpoints[0].port, 993);
    EXPECT_EQ(t.endpoints[1].port, 110);
    EXPECT_EQ(t.endpoints[2].port, 1);
}

TEST(TargetURL, ReadsUserHostPortAndOptions) {
    const auto t =
        good({"imap://al%40ice%2b@[::1]:11143?tls=none&ca=/x/ca%20.pem&verify=no&disposable=yes&auth=PLAIN"});
    ASSERT_EQ(t.accounts.size(), 1u);
    EXPECT_EQ(t.accounts[0].user, "al@ice+");
    EXPECT_EQ(t.accounts[0].inbox, disposal::disposable);
    EXPECT_EQ(t.endpoints[0].host, "::1");
    EXPECT_EQ(t.endpoints[0].port, 11143);
    EXPECT_EQ(t.endpoints[0].tls, security::none);
    EXPECT_EQ(t.endpoints[0].verify, verification::none);
    EXPECT_EQ(t.endpoints[0].ca_file, "/x/ca .pem");
    EXPECT_EQ(t.endpoints[0].show(), "[::1]:11143");
    EXPECT_EQ(t.login_with, "PLAIN");
}

TEST(TargetURL, TakesTheSameUserOfSeveralURLsForOneAccount) {
    const auto t = good({"imap://alice@h", "pop3://alice@h?disposable=yes", "smtp://bob@h"});
    ASSERT_EQ(t.accounts.size(), 2u);
    EXPECT_EQ(t.accounts[0].inbox, disposal::disposable);
    EXPECT_EQ(t.plays("alice"), &t.accounts[0]);
    EXPECT_EQ(t.plays("bob"), &t.accounts[1]);
    EXPECT_EQ(t.plays("carol"), nullptr);
}

TEST(TargetURL, RefusesAPasswordWithoutRepeatingIt) {
    const auto why = bad("imap://alice:sesame@h");
    EXPECT_THAT(why, HasSubstr("a password does not belong in a target"));
    EXPECT_THAT(why, Not(HasSubstr("sesame")));
}

TEST(TargetURL, SaysWhatIsWrong) {
    EXPECT_THAT(bad("http://h"), HasSubstr("must begin with imap://"));
    EXPECT_THAT(bad("imap:h"), HasSubstr("must begin with imap://"));
    EXPECT_THAT(bad("imap://h:0"), HasSubstr("the port must be a number from 1 to 65535"));
    EXPECT_THAT(bad("imap://h:70000"), HasSubstr("the port"));
    EXPECT_THAT(bad("imap://[::1"), HasSubstr("closing bracket"));
    EXPECT_THAT(bad("imap://alice@"), HasSubstr("the host is missing"));
    EXPECT_THAT(bad("imap://alice@h&password-command=pass"),
                AllOf(HasSubstr("its first option follows ?"), Not(HasSubstr("pass"))));
    EXPECT_THAT(bad("imap://h?tls=maybe"), HasSubstr("tls is none, starttls or implicit"));
    EXPECT_THAT(bad("imap://h?verify=perhaps"), HasSubstr("verify is yes or no"));
    EXPECT_THAT(bad("imap://h?color=red"), HasSubstr("there is no option \"color\""));
    EXPECT_THAT(bad("imap://h?auth=PLANE"), HasSubstr("APOP or command, not \"PLANE\""));
    EXPECT_THAT(bad("imap://h?role=dave"), HasSubstr("role is alice, bob or carol"));
    EXPECT_THAT(bad("imap://h?address=alice"), HasSubstr("address is a mail address"));
    EXPECT_THAT(bad("imap://h?address=alice@h%0d%0aDATA"), HasSubstr("address is a mail address"));
    EXPECT_THAT(bad("imap://al%4@h"), HasSubstr("two hexadecimal digits"));
}

TEST(ProviderTarget, HasTheDoorsAndWaysOfTheProfileAndTheAccount) {
    const auto t = good({"provider:163/alice@163.com?disposable=yes"});
    EXPECT_EQ(t.name, "provider:163");
    EXPECT_TRUE(t.has(wire::protocol::imap) && t.has(wire::protocol::pop3) && t.has(wire::protocol::submission));
    EXPECT_EQ(t.endpoints[0].show(), "imap.163.com:993");
    EXPECT_EQ(t.endpoints[0].verify, verification::full);
    ASSERT_EQ(t.after_login.size(), 1u);
    EXPECT_THAT(t.after_login[0].line, HasSubstr("ID (\"name\""));
    EXPECT_FALSE(t.notes.empty());
    ASSERT_EQ(t.accounts.size(), 1u);
    EXPECT_EQ(t.accounts[0].user, "alice@163.com");
    EXPECT_EQ(t.accounts[0].inbox, disposal::disposable);
    EXPECT_EQ(t.accounts[0].password_from.what, "X");
}

TEST(ProviderTarget, TakesSeveralAccountsAndDoorsBesides) {
    const auto t = good({"provider:mail.ru/bob@mail.ru?role=bob&password-file=b", "provider:mail.ru/al%2bice@bk.ru",
                         "lmtp://127.0.0.1:24"});
    EXPECT_EQ(t.endpoints.size(), std::get<target>(profile_of("mail.ru")).endpoints.size() + 1);
    ASSERT_EQ(t.accounts.size(), 2u);
    EXPECT_EQ(t.plays("bob"), &t.accounts[0]);
    EXPECT_EQ(t.accounts[0].password_from.what, "b");
    EXPECT_EQ(t.accounts[1].user, "al+ice@bk.ru");
    EXPECT_EQ(t.accounts[1].password_from.what, "X");
}

TEST(ProviderTarget, AsksForNoPasswordWhereATokenIsTaken) {
    const auto t = good({"provider:outlook/a@outlook.com?token-env=T"});
    EXPECT_EQ(t.login_with, "XOAUTH2");
    EXPECT_EQ(t.accounts[0].password_from.from, secret_source::kind::none);
    EXPECT_EQ(t.accounts[0].token_from.what, "T");
    auto asked = target_from_urls({"provider:gmail/a@gmail.com?token-env=T"}, {secret_source::kind::prompt, ""});
    EXPECT_EQ(std::get<target>(asked).accounts[0].password_from.from, secret_source::kind::none);
}

TEST(Notes, ExplainARefusedLoginOrWhatTheirWordsStandIn) {
    const std::vector<note> notes{{"Switch it on.", "https://a", ""}, {"Say ID.", "", "Unsafe Login"}};
    EXPECT_EQ(explain_login(notes), "; Switch it on. See https://a");
    EXPECT_EQ(explain(notes, "a1 NO SELECT UNSAFE login. Please"), "; Say ID.");
    EXPECT_EQ(explain(notes, "a1 NO"), "");
    EXPECT_EQ(explain({}, "Unsafe Login"), "");
}

TEST(Notes, AreThoseOfTheProviderWhoseHostIsNamed) {
    auto t = good({"imaps://alice@imap.163.com"});
    add_known_notes(t);
    EXPECT_THAT(explain(t.notes, "NO SELECT Unsafe Login"), HasSubstr("ID"));
    EXPECT_TRUE(t.after_login.empty());
    auto other = good({"imaps://alice@imap.163.com.example.org"});
    add_known_notes(other);
    EXPECT_TRUE(other.notes.empty());
    other.notes = {{"Its own.", "", ""}};
    other.endpoints[0].host = "imap.163.com";
    add_known_notes(other);
    EXPECT_EQ(other.notes.size(), 1u);
}

TEST(TargetRoles, GoByNameFirstAndThenByOrder) {
    target t;
    for (const auto& [role, user] : {std::pair{"bob", "b"}, {"", "x"}, {"", "y"}}) {
        account a;
        a.role = role;
        a.user = user;
        t.accounts.push_back(a);
    }
    ASSERT_TRUE(t.plays("alice") && t.plays("bob") && t.plays("carol"));
    EXPECT_EQ(t.plays("alice")->user, "x");
    EXPECT_EQ(t.plays("bob")->user, "b");
    EXPECT_EQ(t.plays("carol")->user, "y");
    EXPECT_EQ(t.plays("dave"), nullptr);
}

std::variant<target, std::string> from_file(std::string_view inside) {
    return target_from_file("t.xml", "<target xmlns=\"urn:mailspec:target:1\" name=\"n\">\n" + std::string(inside) +
                                         "\n</target>");
}

TEST(TargetFile, IsReadWithItsDefaults) {
    const auto read = from_file(R"(<imap host="h" tls="implicit" ca="x.pem"/>
<smtp host="h" port="2525" verify="no"/>
<account role="bob" user="b@h" password-env="B" token-command="t" disposable="yes"/>
<after-login protocol="imap"> ID ("name" "x") </after-login>)");
    ASSERT_TRUE(std::holds_alternative<target>(read)) << std::get<std::string>(read);
    const auto& t = std::get<target>(read);
    EXPECT_EQ(t.endpoints[0].port, 993);
    EXPECT_EQ(t.endpoints[1].tls, security::none);
    EXPECT_EQ(t.endpoints[1].verify, verification::none);
    EXPECT_EQ(t.accounts[0].role, "bob");
    EXPECT_EQ(t.accounts[0].password_from.from, secret_source::kind::environment);
    EXPECT_EQ(t.accounts[0].token_from.from, secret_source::kind::command);
    EXPECT_EQ(t.after_login[0].line, "ID (\"name\" \"x\")");
}

TEST(TargetFile, IsRefusedWithPositionAndHint) {
    const auto why = [](std::string_view inside) {
        const auto read = from_file(inside);
        const auto* w = std::get_if<std::string>(&read);
        return w ? *w : "it was accepted";
    };
    EXPECT_THAT(why(R"(<imapp host="h"/>)"), HasSubstr("t.xml:2:2: unknown element <imapp>; did you mean <imap>?"));
    EXPECT_THAT(why(R"(<imap hots="h"/>)"), HasSubstr("t.xml:2:7: unknown attribute hots"));
    EXPECT_THAT(why(R"(<imap/>)"), HasSubstr("needs the attribute host"));
    EXPECT_THAT(why(R"(<imap host="h" port="x"/>)"), HasSubstr("t.xml:2:22: port is a number"));
    EXPECT_THAT(why(R"(<imap host="h"/><account user="a" password-env="A" password-file="B"/>)"),
                HasSubstr("comes from one place"));
    EXPECT_THAT(why(""), HasSubstr("needs an endpoint"));
    EXPECT_THAT(why("<imap host='h'>"), HasSubstr("t.xml:3"));
}

TEST(Secrets, AreFetchedFromWhereTheTargetSays) {
    target t;
    for (const auto& [from, what] : {std::pair{secret_source::kind::environment, "E"},
                                     {secret_source::kind::file, "F"},
                                     {secret_source::kind::command, "C"},
                                     {secret_source::kind::prompt, ""}}) {
        account a;
        a.user = "u";
        a.password_from = {from, what};
        t.accounts.push_back(a);
    }
    const auto named = [](const char* kind) {
        return [kind](const std::string& s) { return std::optional<std::string>(kind + s); };
    };
    const auto command = [](const std::string& s) { return std::variant<std::string, no_secret>("c-" + s); };
    EXPECT_EQ(resolve_secrets(t, {named("e-"), named("f-"), command, named("p-")}), std::nullopt);
    EXPECT_EQ(t.accounts[0].password, "e-E");
    EXPECT_EQ(t.accounts[1].password, "f-F");
    EXPECT_EQ(t.accounts[2].password, "c-C");
    EXPECT_EQ(t.accounts[3].password, "p-password for u: ");
    const auto none = [](const std::string&) { return std::optional<std::string>(); };
    EXPECT_EQ(resolve_secrets(t, {none, none, command, none}),
              "no password for u: the environment variable E is not set");
    t.accounts.erase(t.accounts.begin(), t.accounts.begin() + 2);
    const auto fails = [](const std::string&) { return std::variant<std::string, no_secret>(no_secret{"failed"}); };
    EXPECT_EQ(resolve_secrets(t, {none, none, fails, none}),
              "no password for u: the command of password-command failed");
}

TEST(Secrets, ComeFromRealFilesAndCommands) {
    const auto world = system_secrets([](const std::string&) { return std::optional<std::string>(); });
    EXPECT_EQ(std::get<std::string>(world.command("printf 'a b\\nc'")), "a b");
    EXPECT_EQ(world.file("/nonexistent/file"), std::nullopt);
}

TEST(Secrets, AreNeverEmpty) {
    target t;
    t.accounts.emplace_back().user = "u";
    const auto empty = [](const std::string&) { return std::optional<std::string>(""); };
    const auto command = [](const std::string&) { return std::variant<std::string, no_secret>(""); };
    const auto why = [&](secret_source from) {
        t.accounts[0].password_from = std::move(from);
        return resolve_secrets(t, {empty, empty, command, empty}).value_or("it was taken");
    };
    EXPECT_EQ(why({secret_source::kind::environment, "E"}), "no password for u: the environment variable E is empty");
    EXPECT_EQ(why({secret_source::kind::file, "F"}), "no password for u: the first line of the file F is empty");
    EXPECT_EQ(why({secret_source::kind::prompt, ""}), "no password for u: nothing was entered");
}

} // namespace
} // namespace mailspec::run
