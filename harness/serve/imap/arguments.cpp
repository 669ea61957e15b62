#include "harness/serve/imap/arguments.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mailspec::serve::imap {

namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_char(char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '-'; }
bool is_astring_char(char c) { return is_atom_char(c) || c == ']'; }
bool is_tag_char(char c) { return is_astring_char(c) && c != '+'; }
bool is_list_char(char c) { return is_astring_char(c) || c == '%' || c == '*'; }

} // namespace

bool same(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, upper, upper); }

std::string in_capitals(std::string_view s) {
    std::string out(s);
    std::ranges::transform(out, out.begin(), upper);
    return out;
}

bool is_atom_char(char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7f &&
           std::string_view("(){%*\"\\]").find(c) == std::string_view::npos;
}

void arguments::fail(std::string_view why) {
    if (failed())
        return;
    why_ = why;
    left_ = {};
}

bool arguments::done() {
    if (!failed() && !left_.empty())
        fail(left_ == " " ? "a space at the end" : "more than the command takes");
    return !failed();
}

bool arguments::take(char c) {
    if (!next_is(c))
        return false;
    left_.remove_prefix(1);
    return true;
}

void arguments::expect(char c) {
    if (!take(c))
        fail(c == ' ' ? "a space is missing" : std::string("'") + c + "' is missing");
}

std::string_view arguments::take_while(bool (*wanted)(char)) {
    auto end = std::ranges::find_if_not(left_, wanted);
    auto got = left_.substr(0, static_cast<std::size_t>(end - left_.begin()));
    left_.remove_prefix(got.size());
    return got;
}

std::string_view arguments::tag() {
    auto got = take_while(is_tag_char);
    if (got.empty())
        fail("no tag");
    return got;
}

std::string_view arguments::atom() {
    auto got = take_while(is_atom_char);
    if (got.empty())
        fail("an atom is missing");
    return got;
}

std::string_view arguments::name() {
    auto got = take_while(is_name_char);
    if (got.empty())
        fail("a name is missing");
    return got;
}

bool arguments::keyword(std::string_view word) {
    if (failed() || !same(left_.substr(0, word.size()), word))
        return false;
    if (left_.size() > word.size() && is_name_char(left_[word.size()]))
        return false;
    left_.remove_prefix(word.size());
    return true;
}

std::string arguments::quoted() {
    std::string out;
    expect('"');
    while (!failed()) {
        if (left_.empty() || left_[0] == '\r' || left_[0] == '\n' || left_[0] == '\0') {
            fail("a quoted string without its end");
            break;
        }
        if (take('"'))
            return out;
        if (take('\\') && !next_is('"') && !next_is('\\')) {
            fail("a backslash before neither quote nor backslash");
            break;
        }
        out += left_[0];
        left_.remove_prefix(1);
    }
    return {};
}

std::string_view arguments::literal() {
    take('~');
    expect('{');
    auto size = number();
    take('+');
    expect('}');
    take('\r');
    if (!take('\n'))
        fail("a literal without its line end");
    if (left_.size() < size)
        fail("a literal cut short");
    if (failed())
        return {};
    auto got = left_.substr(0, size);
    left_.remove_prefix(size);
    return got;
}

std::string arguments::string() {
    if (next_is('"'))
        return quoted();
    if (next_is('{')) {
        auto octets = literal();
        if (octets.find('\0') != octets.npos)
            fail("a NUL in a literal");
        return failed() ? std::string{} : std::string(octets);
    }
    fail("a string is missing");
    return {};
}

std::string arguments::astring() {
    if (next_is('"') || next_is('{'))
        return string();
    auto got = take_while(is_astring_char);
    if (got.empty())
        fail("a string or atom is missing");
    return std::string(got);
}

std::optional<std::string> arguments::nstring() {
    if (keyword("NIL"))
        return std::nullopt;
    return string();
}

std::string arguments::mailbox() {
    auto got = astring();
    return same(got, "INBOX") ? "INBOX" : got;
}

std::string arguments::list_mailbox() {
    if (next_is('"') || next_is('{'))
        return string();
    auto got = take_while(is_list_char);
    if (got.empty())
        fail("a mailbox pattern is missing");
    return std::string(got);
}

std::uint32_t arguments::number() {
    auto got = take_while(is_digit);
    std::uint32_t n = 0;
    if (got.empty())
        fail("a number is missing");
    else if (std::from_chars(got.data(), got.data() + got.size(), n).ec != std::errc{})
        fail("a number beyond 4294967295");
    return failed() ? 0 : n;
}

std::uint32_t arguments::nz_number() {
    bool zero_first = next_is('0');
    auto n = number();
    if (zero_first)
        fail("a number that starts with 0");
    return failed() ? 0 : n;
}

sequence_set arguments::set() {
    sequence_set out;
    do {
        auto low = take('*') ? sequence_set::star : nz_number();
        auto high = low;
        if (take(':'))
            high = take('*') ? sequence_set::star : nz_number();
        out.ranges.emplace_back(low, high);
    } while (take(','));
    return failed() ? sequence_set{} : out;
}

std::string arguments::flag() {
    static constexpr std::array<std::string_view, 5> system = {"\\Answered", "\\Deleted", "\\Draft", "\\Flagged",
                                                               "\\Seen"};
    if (!take('\\'))
        return std::string(atom());
    auto word = atom();
    for (auto known : system)
        if (same(known.substr(1), word))
            return std::string(known);
    fail(same(word, "Recent") ? "\\Recent is not the client's to set" : "a system flag that does not exist");
    return {};
}

std::set<std::string, std::less<>> arguments::flag_list() {
    std::set<std::string, std::less<>> out;
    expect('(');
    if (!take(')')) {
        do
            out.insert(flag());
        while (take(' '));
        expect(')');
    }
    return failed() ? decltype(out){} : out;
}

std::uint32_t arguments::digits(std::size_t least, std::size_t most) {
    std::uint32_t n = 0;
    std::size_t count = 0;
    for (; count < most && !left_.empty() && is_digit(left_[0]); ++count, left_.remove_prefix(1))
        n = n * 10 + static_cast<std::uint32_t>(left_[0] - '0');
    if (count < least)
        fail("digits of a date are missing");
    return n;
}

unsigned arguments::month() {
    static constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto word = left_.substr(0, 3);
    for (unsigned i = 0; i < names.size(); ++i) {
        if (!same(names[i], word))
            continue;
        left_.remove_prefix(3);
        return i + 1;
    }
    fail("no month");
    return 1;
}

std::chrono::sys_days arguments::date() {
    bool in_quotes = take('"');
    auto d = digits(1, 2);
    expect('-');
    auto m = month();
    expect('-');
    auto y = digits(4, 4);
    if (in_quotes)
        expect('"');
    std::chrono::year_month_day day{std::chrono::year{static_cast<int>(y)}, std::chrono::month{m}, std::chrono::day{d}};
    if (!failed() && !day.ok())
        fail("a day that does not exist");
    return failed() ? std::chrono::sys_days{} : std::chrono::sys_days{day};
}

date_time arguments::moment() {
    expect('"');
    take(' ');
    auto day = date();
    sp();
    auto h = digits(2, 2);
    expect(':');
    auto m = digits(2, 2);
    expect(':');
    auto s = digits(2, 2);
    sp();
    bool west = next_is('-');
    if (!take('+'))
        expect('-');
    auto zone = digits(4, 4);
    expect('"');
    if (!failed() && (h > 23 || m > 59 || s > 60 || zone % 100 > 59))
        fail("a time that does not exist");
    if (failed())
        return {};
    int minutes = static_cast<int>(zone / 100 * 60 + zone % 100) * (west ? -1 : 1);
    auto local = day + std::chrono::hours{h} + std::chrono::minutes{m} + std::chrono::seconds{s};
    return {local - std::chrono::minutes{minutes}, minutes};
}

} // namespace mailspec::serve::imap
