#include "harness/match/digest.hpp"
#include "harness/match/near_name.hpp"
#include "harness/match/sequence_set.hpp"
#include "harness/match/text.hpp"

#include <gtest/gtest.h>

#include <array>

namespace mailspec::match {
namespace {

using escapes = text::escapes;

text compiled(std::string_view source, escapes e = escapes::no) { return std::get<text>(text::compile(source, e)); }

variables some_names() {
    variables v;
    v.set("uid", "41");
    v.set("word", "a\"b\\c");
    v.set("message.1", "Subject: x\r\n\r\nbody\r\n");
    v.set("alice.user", "tim");
    v.set("alice.password", "tanstaaftanstaaf");
    return v;
}

std::string sent(std::string_view source, escapes e = escapes::no) {
    outgoing out;
    const auto failed = compiled(source, e).expand(some_names(), out);
    std::string waits;
    for (const std::size_t w : out.waits)
        waits += "|" + std::to_string(w);
    return failed ? "failed: " + *failed : out.octets + waits;
}

std::string refused(std::string_view source, escapes e = escapes::no) {
    const auto made = text::compile(source, e);
    const auto* error = std::get_if<syntax_error>(&made);
    return error ? std::to_string(error->at) + ": " + error->message : "";
}

TEST(Text, TakesHeaderFieldsOfMessages) {
    EXPECT_EQ(sent("${field('A: 1\\r\\nsubject:  a\\r\\n\\tb \\r\\n\\r\\nB: 2\\r\\n', 'Subject')}"), "a\tb");
    EXPECT_EQ(sent("${field('A: 1\\r\\n\\r\\nB: 2\\r\\n', 'B')}${field('', 'B')}${field('B', 'B')}"), "");
}

TEST(Text, TakesReceivedFieldsApart) {
    const auto part = [](std::string_view field, std::string_view wanted) {
        return sent("${received('" + std::string(field) + "\\r\\n\\r\\n', '" + std::string(wanted) + "')}");
    };
    constexpr std::string_view common =
        "X: 1\\r\\nReceived: FROM a.example (b (c) [192.0.2.1])\\r\\n\\tby d with ESMTP id 1;x"
        "\\r\\n for <\"from by;\"@e>;\\r\\n Mon, 4 Mar 2024 09:28:00 +0000 (UTC)";
    EXPECT_EQ(part(common, "from"), "a.example");
    EXPECT_EQ(part(common, "by"), "d");
    EXPECT_EQ(part(common, "year") + part(common, "time") + part(common, "zone"), "202409:28:00+0000");
    EXPECT_EQ(part("Received: by d; 4 Mar 24 09:28 GMT", "year"), "24");
    EXPECT_EQ(part("Received: by d; 4 Mar 24 09:28 GMT", "zone"), "GMT");
    EXPECT_EQ(part("Received: by d; 4 Mar 24 09:28 GMT", "from"), "");
    EXPECT_EQ(part("Received: from a by d for <b@e>, <c@e>; 4 Mar 2024", "for"), "<b@e>, <c@e>");
    constexpr std::string_view inside_tls =
        "Received: from tls by d with ESMTPS id 1 for <b@e>\\r\\n tls TLS_A group x; 4 Mar";
    EXPECT_EQ(part(inside_tls, "tls"), "TLS_A group x");
    EXPECT_EQ(part(inside_tls, "from") + part(inside_tls, "for"), "tls<b@e>");
    for (const std::string_view odd :
         {"Received:", "Received: ;", "Received: (((", "Received: \"", "Received: from", "X: y"})
        for (const std::string_view wanted : {"from", "by", "year", "zone", "field", "no such part"})
            EXPECT_EQ(part(odd, wanted).size(), odd.size() > 10 && wanted == "field" ? odd.size() - 10 : 0)
                << odd << wanted;
    EXPECT_EQ(sent("${received('Received: by a\\r\\nReceived: by b\\r\\n', 'by', 'B')}"), "a");
    EXPECT_EQ(sent("${received('Received: by a\\r\\nReceived: by b\\r\\n', 'by', ' b\\r')}"), "b");
}

TEST(Text, PutsTheOctetsOfNamesInTheirPlaces) {
    EXPECT_EQ(sent("FETCH ${uid} BODY[]"), "FETCH 41 BODY[]");
    EXPECT_EQ(sent("${uid}${ uid }"), "4141");
    EXPECT_EQ(sent(""), "");
    EXPECT_EQ(sent("$Forwarded ${'${'} }"), "$Forwarded ${ }");
    EXPECT_EQ(sent("${uid+1} ${uid-41}"), "42 0");
}

TEST(Text, NamesTheFieldsThatOneHeaderHasAndAnotherHasNot) {
    EXPECT_EQ(sent("${fields-not-in('A: 1\\r\\nB: 2\\r\\n\\r\\nC: 3\\r\\n', 'A: 1\\r\\n\\r\\n')}"), "B");
    EXPECT_EQ(sent("${fields-not-in('A: 1\\r\\n x\\r\\nB: 2\\r\\n', 'A: 1\\r\\n\\r\\n')}"), "A, B");
    EXPECT_EQ(sent("${fields-not-in('A: 1\\r\\nA: 2\\r\\nA: 3', 'A: 1\\r\\n')}"), "A");
    EXPECT_EQ(sent("${fields-not-in(message.1, message.1)}"), "none");
    EXPECT_EQ(sent("${fields-not-in('', message.1)}"), "none");
    EXPECT_EQ(sent("${fields-not-in('no field', '')}"), "no field");
    EXPECT_EQ(sent("${before('ab@c@d', '@')}${before('ab', '@')}"), "ab");
    EXPECT_EQ(sent("${count('aXxAa', 'a')}${count('aaaa', 'AA')}${count('a', '')}${count('', 'a')}"), "3200");
}

TEST(Text, KnowsWhatMayWaitForAContinuation) {
    EXPECT_TRUE(compiled("x ${literal(uid)}").may_wait());
    EXPECT_TRUE(compiled("x ${literal8(uid)}").may_wait());
    EXPECT_FALSE(compiled("x ${literal+(uid)} {3}").may_wait());
}

TEST(Text, SaysWhatHasNoValue) {
    EXPECT_EQ(sent("x ${nothing}"), "failed: nothing is not bound");
    EXPECT_EQ(sent("${word+1}"), "failed: word is \"a\"b\\c\", to which nothing can be added");
    EXPECT_EQ(sent("${uid-42}"), "failed: uid-42 is below zero");
    EXPECT_EQ(sent("${repeat(word, 99999999)}"), "failed: repeat() would make more than 64 MiB");
    EXPECT_EQ(sent("${apop(bob, uid)}"), "failed: the target has no account bob");
    EXPECT_EQ(sent("${unbase64('a')}"), "failed: unbase64() got what is not base64: \"a\"");
    EXPECT_EQ(sent("${from(word, 'z')}"), "failed: from() does not find \"z\"");
    EXPECT_EQ(sent("${sum(uid, word)}"), "failed: sum() needs numbers, not \"a\"b\\c\"");
}

TEST(Text, SendsLiteralsWithThePlaceToWaitAt) {
    EXPECT_EQ(sent("LOGIN ${literal('ab')} ${literal('c')}"), "LOGIN {2}\r\nab {1}\r\nc|11|19");
    EXPECT_EQ(sent("X ${literal+('ab')}"), "X {2+}\r\nab");
    EXPECT_EQ(sent("X ${literal8('\\0')}"), std::string("X ~{1}\r\n\0|8", 11));
    EXPECT_EQ(sent("X ${quoted(word)}"), "X \"a\\\"b\\\\c\"");
}

TEST(Text, CallsFunctions) {
    EXPECT_EQ(sent("${base64('\\0', alice.user, '\\0', 'x')}"), "AHRpbQB4");
    EXPECT_EQ(sent("${unbase64(base64(word))}"), "a\"b\\c");
    EXPECT_EQ(sent("${utf7('\xe5\x8f\xb0\xe5\x8c\x97/a&b')}"), "&U,BTFw-/a&-b");
    EXPECT_EQ(sent("${repeat('ab', 3)}"), "ababab");
    EXPECT_EQ(sent("${size(message.1)}"), "20");
    EXPECT_EQ(sent("${size(message.1)+1}"), "21");
    EXPECT_EQ(sent("${sum(uid, 1, size(word))}"), "47");
    EXPECT_EQ(sent("${upper('aZ1')}${lower('aZ1')}"), "AZ1az1");
    EXPECT_EQ(sent("${header(message.1)}"), "Subject: x\r\n\r\n");
    EXPECT_EQ(sent("${body(message.1)}"), "body\r\n");
    EXPECT_EQ(sent("${from(message.1, 'body')}"), "body\r\n");
    EXPECT_EQ(sent("${join('a', uid, '\\r\\n')}"), "a41\r\n");
}

TEST(Text, AnswersTheChallengesOfTheRfcs) {
    // RFC 2195 section 2 and RFC 1939 section 7 give these examples.
    EXPECT_EQ(sent("${cram-md5(alice, 'PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+')}"),
              "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw");
    EXPECT_EQ(apop_answer("mrose", "tanstaaf", "+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>"),
              "mrose c4c9334bac560ecc979e58001b3e22fb");
    EXPECT_EQ(apop_answer("mrose", "tanstaaf", "+OK ready"), std::nullopt);
    EXPECT_EQ(cram_md5_answer("u", "p", "?"), std::nullopt);
}

TEST(Text, GivesTheDigestForApop) {
    EXPECT_EQ(sent("APOP x ${apop(alice, 'tim <1896.697170952@dbc.mtview.ca.us>')}").size(), 7u + 32u);
}

TEST(Text, OfRawOctetsKnowsEscapes) {
    EXPECT_EQ(sent("a\\r\\n\\t\\\\\\x7E", escapes::yes), "a\r\n\t\\~");
    EXPECT_EQ(sent("\\0", escapes::yes), std::string(1, '\0'));
    EXPECT_EQ(sent("a\\r", escapes::no), "a\\r");
    EXPECT_EQ(refused("ab\\q", escapes::yes), "2: unknown escape; there are \\r \\n \\t \\0 \\\\ and \\xHH");
    EXPECT_EQ(refused("\\x4", escapes::yes), "0: \\x takes two hexadecimal digits, as in \\x0d");
    EXPECT_EQ(refused("\\", escapes::yes), "0: unknown escape; there are \\r \\n \\t \\0 \\\\ and \\xHH");
}

TEST(Text, IsRefusedWithTheOffsetOfTheMistake) {
    EXPECT_EQ(refused("a ${b"), "2: this ${ is never closed by }");
    EXPECT_EQ(refused("a ${}"), "4: expected a name here");
    EXPECT_EQ(refused("${a b}"), "4: expected } here");
    EXPECT_EQ(refused("${...}"), "0: ${_}, ${...} and kinds describe what a server says; they cannot be sent");
    EXPECT_EQ(refused("${a:number}"), "0: ${_}, ${...} and kinds describe what a server says; they cannot be sent");
    EXPECT_EQ(refused("${bas64(a)}"), "2: unknown function bas64(); did you mean base64?");
    EXPECT_EQ(refused("${size(a, b)}"), "2: size() takes 1 argument, not 2");
    EXPECT_EQ(refused("${sum()}"), "2: sum() takes at least 1 argument, not 0");
    EXPECT_EQ(refused("${base64(literal(a))}"), "9: literal() can only stand alone in ${...}, not inside base64()");
    EXPECT_EQ(refused("${cram-md5(alise, x)}"),
              "11: cram-md5() takes the name of an account first; did you mean alice?");
    EXPECT_EQ(refused("${size('a)}"), "7: this constant is never closed by '");
    EXPECT_EQ(refused("${size(a"), "0: this ${ is never closed by }");
    EXPECT_EQ(refused("${a+}"), "4: expected a number after the sign");
    EXPECT_EQ(refused("${a+99999999999}"), "3: this offset is too large");
    EXPECT_EQ(refused("${size(_)}"), "7: _ stands for any value and cannot be an argument");
}

TEST(Text, TellsItsNames) {
    std::string names;
    for (const auto& [name, at] : compiled("A ${uid} ${cram-md5(bob, size(x-y))} ${n-1}").names())
        names += name + "@" + std::to_string(at) + " ";
    EXPECT_EQ(names, "uid@4 bob.user@20 bob.password@20 x-y@30 n@39 ");
    EXPECT_TRUE(compiled("NOOP").is_constant());
    EXPECT_FALSE(compiled("${uid}").is_constant());
    EXPECT_EQ(text::constant("${").names().size(), 0u);
}

TEST(Text, KnowsWhetherItProvesAPassword) {
    for (const auto* source : {"${cram-md5(alice, c)}", "APOP x ${apop(alice, greeting)}",
                               "${quoted(base64(cram-md5(alice, c)))}", "${quoted(base64(word, apop(bob, greeting)))}"})
        EXPECT_TRUE(compiled(source).proves_password()) << source;
    for (const auto* source : {"NOOP", "apop(alice, greeting)", "LOGIN ${alice.user} ${alice.password}",
                               "${base64(alice.user, alice.password)}"})
        EXPECT_FALSE(compiled(source).proves_password()) << source;
}

TEST(Variables, AreForgottenFromAMarkOn) {
    variables v;
    v.set("a", "1");
    const auto mark = v.mark();
    v.set("b", "2");
    v.set("a", "3");
    v.rollback(mark);
    EXPECT_EQ(*v.find("a"), "3");
    EXPECT_EQ(v.find("b"), nullptr);
}

TEST(SequenceSets, AreTheSameWhereTheyNameTheSameNumbers) {
    EXPECT_TRUE(same_numbers("1:3", "3,2,1"));
    EXPECT_TRUE(same_numbers("5:*", "*:5"));
    EXPECT_TRUE(same_numbers("1:4,2:9", "1:9"));
    EXPECT_FALSE(same_numbers("1:3", "1:4"));
    EXPECT_FALSE(same_numbers("1:3", "1:3,"));
    EXPECT_FALSE(same_numbers("0:3", "0,1:3"));
    EXPECT_FALSE(same_numbers("a:b", "a:b"));
    EXPECT_TRUE(same_numbers("1:4294967295", "4294967295:1"));
}

TEST(NearNames, AreOneSlipInThreeLettersAway) {
    constexpr std::array<std::string_view, 4> known = {"message", "mailbox", "C", "uid"};
    EXPECT_EQ(near_name("mesage", known), "message");
    EXPECT_EQ(near_name("mialbox", known), "mailbox");
    EXPECT_EQ(near_name("UID", known), "uid");
    EXPECT_EQ(near_name("Q", known), "");
    EXPECT_EQ(near_name("something", known), "");
    EXPECT_EQ(near_name(std::string(100'000, 'm'), known), "");
}

} // namespace
} // namespace mailspec::match
