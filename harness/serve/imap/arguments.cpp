#include "harness/serve/imap/arguments.hpp"

#include "harness/serve/imap/normal_form.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/mail/utf7.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mailspec::serve::imap {

namespace {

bool is_name_char(char c) { return wire::is_letter_or_digit(c) || c == '.' || c == '-'; }
bool is_astring_char(char c) { return is_atom_char(c) || c == ']'; }
bool is_tag_char(char c) { return is_astring_char(c) && c != '+'; }
bool is_list_char(char c) { return is_astring_char(c) || c == '%' || c == '*'; }

} // namespace

bool same(std::string_view a, std::string_view b) { return wire::same_ci(a, b); }

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
    auto got = in_utf7(astring());
    return same(got, "INBOX") ? "INBOX" : got;
}

std::string arguments::in_utf7(std::string name) {
    if (!utf8_names_)
        return name;
    const auto normal = composed(name);
    auto encoded = wire::mail::utf7_encode(normal);
    if (normal != name)
        written_ = std::move(name);
    if (!encoded)
        fail("a mailbox name that is not UTF-8");
    return encoded.value_or(std::string{});
}

std::string arguments::list_mailbox() {
    if (next_is('"') || next_is('{'))
        return in_utf7(string());
    auto got = take_while(is_list_char);
    if (got.empty())
        fail("a mailbox pattern is missing");
    return in_utf7(std::string(got));
}

std::uint32_t arguments::number() {
    auto got = take_while(wire::is_digit);
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
    if (take('$')) {
        out.saved = true;
        return out;
    }
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

} // namespace mailspec::serve::imap
