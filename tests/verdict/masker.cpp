#include "harness/verdict/masker.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailspec::verdict {
namespace {

masker knowing(std::initializer_list<std::string_view> secrets) {
    masker m;
    for (const auto secret : secrets)
        m.add_secret(secret);
    return m;
}

std::string base64(std::string_view octets) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < octets.size(); i += 3) {
        unsigned bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8 | (i + k < octets.size() ? static_cast<unsigned char>(octets[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= octets.size() - i ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

TEST(Masker, ReplacesEachPlainSecretAndNothingElse) {
    const auto m = knowing({"sesame", "open"});
    EXPECT_EQ(m.mask("a1 LOGIN open sesame\r\n"), "a1 LOGIN [masked] [masked]\r\n");
    EXPECT_EQ(m.mask("a1 OK closed\r\n"), "a1 OK closed\r\n");
}

TEST(Masker, KnowsASecretThatIMAPQuotes) {
    const auto m = knowing({R"(a"b\c)"});
    EXPECT_EQ(m.mask(R"(LOGIN alice "a\"b\\c")"), "LOGIN alice \"[masked]\"");
    EXPECT_EQ(m.mask("{5}\r\na\"b\\c"), "{5}\r\n[masked]");
}

TEST(Masker, LooksIntoBase64WordsWhateverTheAlignment) {
    const auto m = knowing({"sesame"});
    for (const std::string before : {"", "a", "ab", "abc"}) {
        const auto word = base64(before + "sesame");
        EXPECT_EQ(m.mask("AUTH PLAIN " + word + "\r\n"), "AUTH PLAIN [masked]\r\n") << before;
        EXPECT_EQ(m.mask("x/" + word), "[masked]") << "glued to other letters";
    }
    EXPECT_EQ(m.mask(base64(std::string("\0alice\0sesame", 13))), "[masked]");
    EXPECT_EQ(m.mask(base64("something else")), base64("something else"));
}

TEST(Masker, KnowsASecretThatOurSentencesEscape) {
    masker m;
    m.add_secret("p\xc3\xa4ss\"wort");
    EXPECT_EQ(m.mask(R"(it said "no p\xc3\xa4ss"wort, no p\xc3\xa4ss\"wort")"),
              R"(it said "no [masked], no [masked]")");
}

TEST(Masker, MasksTheBeginningOfASecretWhereASentenceWasCut) {
    masker m;
    m.add_secret("alice-secret");
    EXPECT_EQ(m.mask("it said \"bad alice-sec...\" (there)"), "it said \"bad [masked]...\" (there)");
    EXPECT_EQ(m.mask("it said \"bad al...\""), "it said \"bad al...\"") << "too little to tell";
    EXPECT_EQ(m.mask("it said \"bad AGFsaWNlAGFsaWNlLXNlY3...\""), "it said \"bad [masked]...\"");
    EXPECT_EQ(m.mask("and so on... alice-sec"), "and so on... alice-sec");
}

TEST(Masker, LeavesWhatALineThatNobodyCutHasBeforeDots) {
    const auto m = knowing({"testify-now"});
    EXPECT_EQ(m.mask_whole("Subject: this is a test...\r\n"), "Subject: this is a test...\r\n");
    EXPECT_EQ(m.mask_whole("a1 LOGIN alice testify-now... dGVzdGlmeS1ub3c="), "a1 LOGIN alice [masked]... [masked]");
}

TEST(Masker, MasksAShortSecretOnlyAsAWholeWord) {
    const auto m = knowing({"a"});
    EXPECT_EQ(m.mask("a1 LOGIN alice a\r\n"), "a1 LOGIN alice [masked]\r\n");
}

TEST(Masker, FindsAShortSecretInBase64OnlyAsAWholeFieldOfAResponse) {
    for (const std::string_view secret : {"x", "xy"}) {
        const auto m = knowing({secret});
        const std::string nul(1, '\0'), password(secret);
        for (const auto& said : {password, nul + "alice" + nul + password, "alice" + nul + "alice" + nul + password,
                                 "n,,\x01"
                                 "auth=Bearer " +
                                     password + "\x01\x01"})
            EXPECT_EQ(m.mask("AUTH PLAIN " + base64(said) + "\r\n"), "AUTH PLAIN [masked]\r\n") << said;
        for (const auto& said : {"a" + password, password + "-1", "127.0.0.1:" + password})
            EXPECT_EQ(m.mask(base64(said)), base64(said));
    }
}

/// Ports, sizes and short words are base64, too, if one lets them.
TEST(Masker, TakesNoNumberAndNoCommandForAShortSecret) {
    for (char c = 'a'; c <= 'z'; ++c) {
        const auto m = knowing({std::string(1, c)});
        for (int port = 10; port < 65536; port += port < 1000 ? 1 : 97) {
            const auto shown = "127.0.0.1:" + std::to_string(port);
            EXPECT_EQ(m.mask(shown), shown) << c;
        }
        for (const std::string line : {"CAPA\r\n", "STAT\r\n", "UIDL\r\n", "+OK mail/plain\r\n"})
            EXPECT_EQ(m.mask(line), line) << c;
    }
}

TEST(Masker, MasksOverlappingSecretsAsOne) {
    const auto m = knowing({"sesame", "sameness"});
    EXPECT_EQ(m.mask("x sesameness y"), "x [masked] y");
}

TEST(Masker, LeavesAllAsItIsWithoutSecrets) {
    masker m;
    EXPECT_TRUE(m.empty());
    m.add_secret("");
    EXPECT_TRUE(m.empty());
    EXPECT_EQ(m.mask("anything"), "anything");
}

} // namespace
} // namespace mailspec::verdict
