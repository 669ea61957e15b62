#include "reports/escape.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

using namespace mailspec::reports;
using namespace std::string_literals;

TEST(Escape, LeavesReadableTextAlone) {
    EXPECT_EQ(printable("* FLAGS (\\Seen \\Answered)"), "* FLAGS (\\Seen \\Answered)");
    EXPECT_EQ(printable("Grüße, 東京 🙂"), "Grüße, 東京 🙂");
}

TEST(Escape, ShowsEveryControlCharacter) {
    for (unsigned c = 0; c < 0x20; ++c) {
        const auto shown = printable(std::string(1, static_cast<char>(c)));
        EXPECT_EQ(shown.at(0), '\\') << c;
        EXPECT_GE(shown.size(), 2U) << c;
    }
    EXPECT_EQ(printable("\r\n\t\0\x07\x7f"s), "\\r\\n\\t\\0\\x07\\x7F");
    EXPECT_EQ(printable("\x1b[2J\x1b]0;title\x07"), "\\x1B[2J\\x1B]0;title\\x07");
}

TEST(Escape, ShowsOctetsThatAreNoUtf8) {
    EXPECT_EQ(printable("\xff\xfe"), "\\xFF\\xFE");
    EXPECT_EQ(printable("\xc0\xaf"), "\\xC0\\xAF") << "overlong";
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xED\\xA0\\x80") << "surrogate";
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80") << "above U+10FFFF";
    EXPECT_EQ(printable("ab\xe2\x82"), "ab\\xE2\\x82") << "cut short";
    EXPECT_EQ(printable("\xe2\x82\xac\x80"), "€\\x80");
}

TEST(Escape, ShowsCharactersThatDeceiveTheEye) {
    EXPECT_EQ(printable("a\u202eb"), "a\\u{202E}b");
    EXPECT_EQ(printable("\ufeff\u200b\u2028"), "\\u{FEFF}\\u{200B}\\u{2028}");
    EXPECT_EQ(printable("\xc2\x9b"), "\\u{009B}") << "CSI of the upper half";
    EXPECT_EQ(printable("\xef\xbf\xbf"), "\\u{FFFF}") << "not allowed in XML 1.0";
}

TEST(Escape, DoublesABackslashThatWouldReadAsAnEscape) {
    EXPECT_EQ(printable("\\r \\n \\x41 \\0 \\u{41}"), "\\\\r \\\\n \\\\x41 \\\\0 \\\\u{41}");
    EXPECT_EQ(printable("\\\\"), "\\\\\\");
    EXPECT_EQ(our_words("\\r\\n"), "\\r\\n") << "escaped before";
    EXPECT_EQ(our_words("a\x1b"), "a\\x1B");
}

TEST(Escape, GivesDifferentTextForDifferentOctets) {
    const std::string alphabet("\\rn0\r\n\0"s);
    std::set<std::string> seen;
    std::size_t count = 0;
    for (const char a : alphabet)
        for (const char b : alphabet)
            for (const char c : alphabet)
                for (const char d : alphabet) {
                    seen.insert(printable(std::string{a, b, c, d}));
                    ++count;
                }
    EXPECT_EQ(seen.size(), count);
}

TEST(Escape, CutsLongTextBetweenCharactersAndSaysSo) {
    EXPECT_EQ(printable("abcdef", 6), "abcdef");
    EXPECT_EQ(printable("abcdef", 4), "abcd [... 2 more octets]");
    EXPECT_EQ(printable("a€€", 3), "a [... 6 more octets]");
}

TEST(Escape, KeepsXmlWellFormed) {
    EXPECT_EQ(xml_text("<a> & \"b\"\n]]>"), "&lt;a&gt; &amp; &quot;b&quot;\n]]&gt;");
    EXPECT_EQ(xml_attribute("a\nb\t"), "a&#10;b\\t");
    EXPECT_EQ(xml_text("\x01\xff"), "\\x01\\xFF");
    EXPECT_EQ(xml_text("a\n"), "a\n");
    EXPECT_EQ(xml_text("\n\na"), "\n\na");
}

TEST(Escape, GivesOnlyWhatXmlAllowsWhateverComes) {
    std::mt19937 random(4711);
    for (int round = 0; round < 2000; ++round) {
        std::string octets(random() % 40, '\0');
        for (char& c : octets)
            c = static_cast<char>(random() % 3 == 0 ? 0xC0 + random() % 0x40 : random() % 0x100);
        const std::string text = xml_text(printable(octets));
        EXPECT_EQ(text.find_first_of("<>\"\r\n\t\x1b"), std::string::npos);
        EXPECT_EQ(our_words(text), text) << "valid UTF-8 without controls";
    }
}
