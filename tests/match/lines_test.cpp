#include "tests/match/said.hpp"

#include <gtest/gtest.h>

namespace mailspec::match::test {
namespace {

using extra = enum expectations::extra;
constexpr strictness compared{strictness::order::free, strictness::extra::allowed, strictness::letters::any_case,
                              strictness::words::compared};
constexpr strictness same_case{strictness::order::free, strictness::extra::allowed, strictness::letters::same_case};
constexpr strictness forbidden{strictness::order::free, strictness::extra::forbidden};

std::string pop3(std::string_view octets, std::initializer_list<wish> wishes, variables& bound,
                 extra x = extra::allowed) {
    const said s = said::pop3(octets);
    expectations e = wanted(wire::protocol::pop3, wishes);
    e.extra = x;
    return show(judge(e, s.pop3_got(), bound, {}));
}

std::string pop3(std::string_view octets, std::initializer_list<wish> wishes, extra x = extra::allowed) {
    variables bound;
    return pop3(octets, wishes, bound, x);
}

std::string smtp(std::string_view octets, std::initializer_list<wish> wishes, variables& bound,
                 extra x = extra::allowed) {
    const said s = said::smtp(octets);
    expectations e = wanted(wire::protocol::smtp, wishes);
    e.extra = x;
    return show(judge(e, s.smtp_got(), bound, {}));
}

std::string smtp(std::string_view octets, std::initializer_list<wish> wishes, extra x = extra::allowed) {
    variables bound;
    return smtp(octets, wishes, bound, x);
}

TEST(Pop3Answer, IsASuccessByDefault) {
    EXPECT_EQ(pop3("+OK hello\r\n", {}), "");
    EXPECT_EQ(pop3("-ERR no\r\n", {}), "0: the reply is not +OK");
    EXPECT_EQ(pop3("-ERR no\r\n", {{"-ERR"}}), "");
    EXPECT_EQ(pop3("+OK no\r\n", {{"-ERR"}}), "1: the reply is not -ERR");
    EXPECT_EQ(pop3("-ERR [IN-USE] busy\r\n", {{"-ERR [in-use]"}}), "");
    EXPECT_EQ(pop3("-ERR busy\r\n", {{"-ERR [IN-USE]"}}), "1: the reply carries no code, expected [IN-USE]");
}

TEST(Pop3Answer, ComparesNumbersInTheStatusLineButNoProse) {
    EXPECT_EQ(pop3("+OK 2 320\r\n", {{"+OK 2 320"}}), "");
    EXPECT_EQ(pop3("+OK 2 320 octets\r\n", {{"+OK 2 320"}}), "");
    EXPECT_EQ(pop3("+OK 2 321\r\n", {{"+OK 2 320"}}), "1: the reply text is 2 321, expected 2 320");
    EXPECT_EQ(pop3("+OK hello\r\n", {{"+OK welcome"}}), "");
    EXPECT_EQ(pop3("+OK hello\r\n", {{"+OK welcome", compared}}), "1: the reply text is hello, expected welcome");
    variables bound;
    EXPECT_EQ(pop3("+OK 2 320\r\n", {{"+OK ${n:number} ${octets:number}"}}, bound), "");
    EXPECT_EQ(*bound.find("n") + "," + *bound.find("octets"), "2,320");
    EXPECT_NE(pop3("+OK none\r\n", {{"+OK ${m:number}"}}, bound), "");
    EXPECT_EQ(bound.find("m"), nullptr);
}

TEST(Pop3Answer, MatchesLinesInTheirOrder) {
    const std::string_view list = "+OK\r\n1 120\r\n2 200\r\n.\r\n";
    EXPECT_EQ(pop3(list, {{"+OK"}, {"1 120"}, {"2 200"}}, extra::forbidden), "");
    EXPECT_EQ(pop3(list, {{"2 200"}}), "");
    EXPECT_EQ(pop3(list, {{"2 200"}, {"1 120"}}), "2: this line came before the one expected in front of it");
    EXPECT_EQ(pop3(list, {{"2 201"}}), "1: the line is 2 200, expected 2 201");
    EXPECT_EQ(pop3(list, {{"x"}}), "1: none of the 2 lines is like it");
    EXPECT_EQ(pop3(list, {{"1 120"}}, extra::forbidden), "0: nothing beyond what is named may come here");
    EXPECT_EQ(pop3(list, {{"1 120"}, {"may:2 ${_}"}}, extra::forbidden), "");
    EXPECT_EQ(pop3(list, {{"never:2 200"}}), "1: must never come, but did");
    EXPECT_EQ(pop3(list, {{"never:3 ${_}"}}), "");
}

TEST(Pop3Answer, ComparesAWholePayload) {
    variables bound;
    bound.set("message.1", "Subject: x\r\n\r\n.dot\r\n");
    bound.set("bare", "Subject: x\r\n\r\n.dot");
    const std::string_view retr = "+OK\r\nSubject: x\r\n\r\n..dot\r\n.\r\n";
    EXPECT_EQ(pop3(retr, {{"+OK"}, {"${message.1}"}}, bound), "");
    EXPECT_EQ(pop3(retr, {{"+OK"}, {"${bare}"}}, bound), "");
    EXPECT_EQ(pop3(retr, {{"${found:octets}"}}, bound), "");
    EXPECT_EQ(*bound.find("found"), *bound.find("message.1"));
    EXPECT_EQ(pop3("+OK\r\nSubject: y\r\n.\r\n", {{"${message.1}"}}, bound),
              "1: the payload is Subject: y\\r\\n, expected Subject: x\\r\\n\\r\\n.dot\\r\\n");
    EXPECT_EQ(pop3(retr, {{"Subject: ${_}"}, {".dot"}}, bound), "");
    EXPECT_EQ(pop3(retr, {{"subject: X"}}), "");
    EXPECT_EQ(pop3(retr, {{"subject: x", same_case}}), "1: none of the 3 lines is like it");
}

TEST(Pop3Answer, TakesRestAndWordsApart) {
    variables bound;
    EXPECT_EQ(pop3("+OK\r\nSASL PLAIN LOGIN\r\nUIDL\r\n.\r\n", {{"SASL ${first} ${...}"}, {"${last:text}"}}, bound),
              "");
    EXPECT_EQ(*bound.find("first") + *bound.find("last"), "PLAINUIDL");
    EXPECT_EQ(pop3("+OK\r\nSASL\r\n.\r\n", {{"SASL ${...}"}}), "");
    EXPECT_EQ(pop3("+ PDE+\r\n", {{"+ ${c:base64}"}}), "");
}

TEST(SmtpAnswer, ComparesCodes) {
    EXPECT_EQ(smtp("250 fine\r\n", {}), "");
    EXPECT_EQ(smtp("354 go on\r\n", {}), "");
    EXPECT_EQ(smtp("550 no\r\n", {}), "0: the code is 550, expected 2xx");
    EXPECT_EQ(smtp("550 no\r\n", {{"5xx"}}), "");
    EXPECT_EQ(smtp("451 no\r\n", {{"5xx"}}), "1: the code is 451, expected 5xx");
    EXPECT_EQ(smtp("251 ok\r\n", {{"25x"}}), "");
    EXPECT_EQ(smtp("250 ok\r\n", {{"never:5xx"}}), "");
}

TEST(SmtpAnswer, ComparesEnhancedCodes) {
    EXPECT_EQ(smtp("550 5.7.1 no\r\n", {{"5xx 5.7.*"}}), "");
    EXPECT_EQ(smtp("550 5.1.1 no\r\n", {{"5xx 5.7.*"}}), "1: the enhanced status code is 5.1.1");
    EXPECT_EQ(smtp("550 no\r\n", {{"5xx 5.7.*"}}), "1: there is no enhanced status code");
    EXPECT_EQ(smtp("250 2.1.0 ok\r\n", {{"250 2.*.*"}}), "");
}

TEST(SmtpAnswer, LooksForKeywordsInItsLines) {
    const std::string_view ehlo =
        "250-mx.example.org hello\r\n250-SIZE 1000\r\n250-AUTH LOGIN PLAIN\r\n250 STARTTLS\r\n";
    EXPECT_EQ(smtp(ehlo, {{"250-starttls"}, {"250-AUTH PLAIN"}, {"250"}}), "");
    EXPECT_EQ(smtp(ehlo, {{"250-AUTH PLAIN CRAM-MD5"}}), "1: no line of the reply says AUTH PLAIN CRAM-MD5");
    EXPECT_EQ(smtp(ehlo, {{"never:250-STARTTLS"}}), "1: must never come, but did");
    EXPECT_EQ(smtp(ehlo, {{"never:250-START"}}), "");
    EXPECT_EQ(smtp(ehlo, {{"250-AUTH PLAIN", forbidden}}), "1: no line of the reply says AUTH PLAIN");
    variables bound;
    EXPECT_EQ(smtp(ehlo, {{"250-SIZE ${limit:number}"}, {"250-AUTH ${...}"}}, bound), "");
    EXPECT_EQ(*bound.find("limit"), "1000");
    EXPECT_EQ(smtp(ehlo, {{"250-SIZE 1000"}, {"250-AUTH ${...}"}}, extra::forbidden),
              "0: nothing beyond what is named may come here");
    EXPECT_EQ(smtp(ehlo, {{"250-SIZE 1000"}, {"250-AUTH ${...}"}, {"may:250-STARTTLS"}}, extra::forbidden), "");
}

TEST(SmtpAnswer, ComparesDataButNoProse) {
    EXPECT_EQ(smtp("334 VXNlcm5hbWU6\r\n", {{"334 VXNlcm5hbWU6"}}), "");
    EXPECT_EQ(smtp("334 vxnlcm5hbwu6\r\n", {{"334 VXNlcm5hbWU6"}}),
              "1: the text is vxnlcm5hbwu6, expected VXNlcm5hbWU6");
    EXPECT_EQ(smtp("250 fine\r\n", {{"250 well done"}}), "");
    variables bound;
    EXPECT_EQ(smtp("250 2.0.0 queued as 4F\r\n", {{"250 queued as ${id}"}}, bound), "");
    EXPECT_EQ(*bound.find("id"), "4F");
}

std::string refused(wire::protocol p, std::string_view source) {
    const auto made = pattern::compile(p, source, {});
    const auto* error = std::get_if<syntax_error>(&made);
    return error ? std::to_string(error->at) + ": " + error->message : "";
}

TEST(LinePatterns, AreRefusedWithTheOffsetOfTheMistake) {
    const std::string code = "0: an SMTP reply begins with its code, as in 250, 2xx, 25x or 250-STARTTLS";
    for (const std::string_view bad : {"OK", "25", "2500", "950", "2ax", ""})
        EXPECT_EQ(refused(wire::protocol::smtp, bad), code) << bad;
    EXPECT_EQ(refused(wire::protocol::lmtp, "250-"), "4: a keyword must follow 250-; without one write 250");
    EXPECT_EQ(refused(wire::protocol::smtp, "250 ${x"), "4: this ${ is never closed by }");
    EXPECT_EQ(refused(wire::protocol::pop3, "-ERR [X"), "5: this [ is never closed by ]");
    EXPECT_EQ(refused(wire::protocol::managesieve, ""),
              "0: an answer of a ManageSieve server is OK, NO, BYE or a line of strings");
    EXPECT_EQ(refused(wire::protocol::managesieve, "NO (X"), "3: this ( is never closed by )");
}

TEST(SieveAnswer, IsMatchedLineByLine) {
    const said s = said::sieve(
        "\"IMPLEMENTATION\" \"x\"\r\n\"SASL\" \"PLAIN\"\r\n\"STARTTLS\"\r\nOK (TAG {2}\r\nab) \"done\"\r\n");
    variables bound;
    const auto with = [&](std::initializer_list<wish> wishes) {
        return judged(wanted(wire::protocol::managesieve, wishes), s.sieve_got(), bound);
    };
    EXPECT_EQ(with({}), "");
    EXPECT_EQ(with({{"\"STARTTLS\""}, {"sasl ${mechanisms}"}, {"OK"}}), "");
    EXPECT_EQ(*bound.find("mechanisms"), "PLAIN");
    EXPECT_EQ(with({{"OK (TAG \"ab\")"}}), "");
    EXPECT_EQ(with({{"NO"}}), "1: the answer is OK (TAG {2}\\r\\nab) \"done\", expected NO");
    EXPECT_EQ(with({{"\"SASL\" \"LOGIN\""}}), "1: the line: value 2 is PLAIN, expected LOGIN");
    EXPECT_EQ(with({{"never:\"STARTTLS\""}}), "1: must never come, but did");
    const said no = said::sieve("NO (QUOTA/MAXSIZE) \"too big\"\r\n");
    EXPECT_EQ(judged(wanted(wire::protocol::managesieve, {}), no.sieve_got(), bound), "0: the answer is not OK");
    EXPECT_EQ(judged(wanted(wire::protocol::managesieve, {{"NO (QUOTA/MAXSIZE)"}}), no.sieve_got(), bound), "");
}

} // namespace
} // namespace mailspec::match::test
