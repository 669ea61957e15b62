#include "harness/scenario/well_formed.hpp"

#include "harness/match/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace mailspec::scenario {

namespace {

constexpr std::size_t most_nested = 100; ///< elements; who reads them goes down by recursion

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name_start(char c) { return match::is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_name(char c) { return is_name_start(c) || match::is_digit(c) || c == '-' || c == '.' || c == ':'; }

/// Is `digits` ("65" or "x41") the number of a character that XML allows?
bool is_character_number(std::string_view digits) {
    const bool hex = digits.starts_with('x');
    digits.remove_prefix(hex ? 1 : 0);
    std::uint32_t value = 0;
    for (const char c : digits) {
        const char l = match::lower(c);
        const int digit = match::is_digit(c) ? c - '0' : hex && l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
        if (digit < 0 || value > 0x10ffff)
            return false;
        value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    const bool control = value < 0x20 && value != 9 && value != 10 && value != 13;
    return !digits.empty() && !control && value <= 0x10ffff && (value < 0xd800 || value >= 0xe000) && value != 0xfffe &&
           value != 0xffff;
}

class scanner {
public:
    explicit scanner(std::string_view xml) : xml_(xml) {}

    std::optional<xml_fault> run() {
        check_characters();
        if (rest().starts_with("\xef\xbb\xbf"))
            at_ += 3;
        if (!fault_ && rest().starts_with("<?xml") && at_ + 5 < xml_.size() && is_space(xml_[at_ + 5]))
            declaration();
        while (!fault_ && at_ < xml_.size())
            markup_or_text();
        if (!fault_ && !open_.empty())
            fail(open_.back().at, "the element <" + std::string(open_.back().name) + "> opened here is never closed");
        if (!fault_ && !rooted_)
            fail(xml_.size(), "the file holds no element");
        return std::move(fault_);
    }

private:
    struct element {
        std::string_view name;
        std::size_t at;
    };

    std::string_view rest() const { return xml_.substr(at_); }
    char peek() const { return at_ < xml_.size() ? xml_[at_] : '\0'; }
    void fail(std::size_t at, std::string message) {
        if (!fault_)
            fault_ = xml_fault{at, std::move(message)};
    }
    std::size_t line_of(std::size_t offset) const {
        return static_cast<std::size_t>(
                   std::count(xml_.begin(), xml_.begin() + static_cast<std::ptrdiff_t>(offset), '\n')) +
               1;
    }

    void check_characters() {
        for (std::size_t at = 0; at < xml_.size();) {
            const std::size_t n = xml_character(xml_.substr(at));
            if (n == 0)
                return fail(at, static_cast<unsigned char>(xml_[at]) < 0x80
                                    ? "a control character is not allowed in XML"
                                    : "this octet is not UTF-8");
            at += n;
        }
    }

    void declaration() {
        const std::size_t end = xml_.find("?>", at_);
        if (end == std::string_view::npos)
            return fail(at_, "the XML declaration is never closed by ?>");
        const std::string_view said = xml_.substr(at_, end - at_);
        const std::size_t encoding = said.find("encoding");
        const std::size_t quote = encoding == std::string_view::npos ? encoding : said.find_first_of("\"'", encoding);
        if (quote != std::string_view::npos) {
            const std::string_view name = said.substr(quote + 1, said.find(said[quote], quote + 1) - quote - 1);
            if (!match::same_letters(name, "UTF-8") && !match::same_letters(name, "US-ASCII"))
                fail(at_ + quote + 1, "a scenario is written in UTF-8");
        }
        at_ = end + 2;
    }

    void markup_or_text() {
        if (peek() != '<')
            return text();
        if (rest().starts_with("<!--"))
            return comment();
        if (rest().starts_with("<![CDATA[") && !open_.empty())
            return skip_past("]]>", "this CDATA section is never closed by ]]>");
        if (rest().starts_with("<!"))
            return fail(at_, "a scenario has no DOCTYPE");
        if (rest().starts_with("<?"))
            return skip_past("?>", "this processing instruction is never closed by ?>");
        if (rest().starts_with("</"))
            return end_tag();
        start_tag();
    }

    void skip_past(std::string_view end, std::string message) {
        const std::size_t found = xml_.find(end, at_);
        if (found == std::string_view::npos)
            return fail(at_, std::move(message));
        at_ = found + end.size();
    }

    void comment() {
        const std::size_t start = at_;
        const std::size_t dashes = xml_.find("--", at_ + 4);
        if (dashes == std::string_view::npos)
            return fail(start, "this comment is never closed by -->");
        if (xml_.substr(dashes, 3) != "-->")
            return fail(dashes, "a comment cannot hold --");
        at_ = dashes + 3;
    }

    void text() {
        for (; !fault_ && at_ < xml_.size() && peek() != '<'; ++at_) {
            if (open_.empty() && !is_space(peek()))
                return fail(at_, rooted_ ? "text after the end of the scenario" : "text before the scenario");
            if (rest().starts_with("]]>"))
                return fail(at_, "]]> must be written as ]]&gt; in text");
            if (peek() == '&')
                reference();
        }
    }

    void reference() {
        const std::size_t end = xml_.find(';', at_);
        const std::string_view name = xml_.substr(at_ + 1, std::min<std::size_t>(end, xml_.size()) - at_ - 1);
        constexpr std::array<std::string_view, 5> known = {"lt", "gt", "amp", "quot", "apos"};
        const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
        if (end != std::string_view::npos &&
            (is_known || (name.starts_with('#') && is_character_number(name.substr(1)))))
            return;
        const std::size_t stop =
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#");
        const std::string_view shown = name.substr(0, std::min<std::size_t>(stop, 20));
        fail(at_, stop == std::string_view::npos && end != std::string_view::npos
                      ? "unknown entity &" + std::string(shown) + ";; XML knows &lt; &gt; &amp; &quot; and &apos;"
                      : "a plain & must be written as &amp;");
    }

    std::string_view name() {
        const std::size_t start = at_;
        if (is_name_start(peek()))
            while (is_name(peek()))
                ++at_;
        return xml_.substr(start, at_ - start);
    }

    void skip_space() {
        while (is_space(peek()))
            ++at_;
    }

    void start_tag() {
        const std::size_t start = at_++;
        const std::string_view called = name();
        if (called.empty())
            return fail(start, "a plain < must be written as &lt;");
        if (open_.empty() && rooted_)
            return fail(start, "a file holds one scenario; <" + std::string(called) + "> is a second root element");
        rooted_ = true;
        std::vector<std::string_view> seen;
        for (;;) {
            const std::size_t gap = at_;
            skip_space();
            if (peek() == '>' || rest().starts_with("/>"))
                break;
            if (at_ >= xml_.size() || peek() == '<')
                return fail(start, "the tag <" + std::string(called) + " is never closed by >");
            if (gap == at_)
                return fail(at_, "a space is missing here");
            attribute(seen);
            if (fault_)
                return;
        }
        if (open_.size() == most_nested)
            return fail(start, "elements are nested too deeply here");
        if (peek() == '>')
            open_.push_back({called, start + 1});
        at_ += peek() == '>' ? 1 : 2;
    }

    void attribute(std::vector<std::string_view>& seen) {
        const std::size_t start = at_;
        const std::string_view called = name();
        if (called.empty())
            return fail(at_, "an attribute's name is missing here");
        if (std::find(seen.begin(), seen.end(), called) != seen.end())
            return fail(start, "the attribute " + std::string(called) + " is given twice");
        seen.push_back(called);
        skip_space();
        if (peek() != '=')
            return fail(start, "the attribute " + std::string(called) + " has no value");
        ++at_;
        skip_space();
        const char quote = peek();
        if (quote != '"' && quote != '\'')
            return fail(at_, "the value of " + std::string(called) + " must stand in quotes");
        const std::size_t open = at_++;
        for (; !fault_ && at_ < xml_.size() && peek() != quote; ++at_) {
            if (peek() == '<')
                return fail(at_, "a < in an attribute must be written as &lt;, or a quote is missing before it");
            if (peek() == '&')
                reference();
        }
        if (at_ >= xml_.size())
            return fail(open, "the value of " + std::string(called) + " is never closed by a quote");
        ++at_;
    }

    void end_tag() {
        const std::size_t start = at_;
        at_ += 2;
        const std::string_view called = name();
        skip_space();
        if (called.empty() || peek() != '>')
            return fail(start, "this end tag is never closed by >");
        if (open_.empty())
            return fail(start, "</" + std::string(called) + "> closes nothing");
        const element& last = open_.back();
        if (last.name != called)
            return fail(start, "</" + std::string(called) + "> stands here, but the element <" +
                                   std::string(last.name) + "> opened in line " + std::to_string(line_of(last.at)) +
                                   " is never closed");
        open_.pop_back();
        ++at_;
    }

    std::string_view xml_;
    std::size_t at_ = 0;
    std::vector<element> open_;
    bool rooted_ = false;
    std::optional<xml_fault> fault_;
};

} // namespace

std::size_t xml_character(std::string_view s) {
    const auto byte = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
    const auto more = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
    const unsigned a = byte(0), b = byte(1);
    if (a < 0x80)
        return a >= 0x20 || is_space(s[0]) ? 1 : 0;
    if (a >= 0xc2 && a < 0xe0)
        return more(1) ? 2 : 0;
    if (a >= 0xe0 && a < 0xf0) {
        const bool bad =
            (a == 0xe0 && b < 0xa0) || (a == 0xed && b >= 0xa0) || (a == 0xef && b == 0xbf && byte(2) >= 0xbe);
        return more(1) && more(2) && !bad ? 3 : 0;
    }
    const bool bad = (a == 0xf0 && b < 0x90) || (a == 0xf4 && b >= 0x90);
    return a >= 0xf0 && a < 0xf5 && more(1) && more(2) && more(3) && !bad ? 4 : 0;
}

std::optional<xml_fault> find_xml_fault(std::string_view xml) { return scanner(xml).run(); }

} // namespace mailspec::scenario
