#include "harness/match/ascii.hpp"
#include "harness/match/pattern_reader.hpp"

namespace mailspec::match {

namespace {

/// Status text is free unless it holds data: a `${...}`, or a number at its start as in "+OK 2 320".
bool counts(const pieces& text, const strictness& s) {
    if (text.empty())
        return false;
    const bool numbers = text.front().what == piece::form::octets && is_digit(text.front().octets.front());
    return numbers || has_values(text) || s.words == strictness::words::compared;
}

bool fits_code(std::string_view code) {
    if (code.size() != 3 || code[0] < '2' || code[0] > '5')
        return false;
    return (is_digit(code[1]) || code[1] == 'x') && (is_digit(code[2]) || code[2] == 'x');
}

/// One number of an enhanced code, or '*' as -1; nothing where neither stands.
std::optional<int> enhanced_part(std::string_view& text) {
    if (text.starts_with('*')) {
        text.remove_prefix(1);
        return -1;
    }
    int value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && digits < 3 && is_digit(text[digits]); ++digits)
        value = value * 10 + (text[digits] - '0');
    if (digits == 0)
        return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

/// Takes "5.7.*" from the front of `text` if it stands there.
bool take_enhanced(std::string_view& text, std::array<int, 3>& out) {
    std::string_view rest = text;
    std::array<int, 3> found{};
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0 && !rest.starts_with('.'))
            return false;
        if (i > 0)
            rest.remove_prefix(1);
        const auto part = enhanced_part(rest);
        if (!part || (i == 0 && *part != 2 && *part != 4 && *part != 5))
            return false;
        found[i] = *part;
    }
    if (!rest.empty() && rest.front() != ' ')
        return false;
    text = rest;
    out = found;
    return true;
}

} // namespace

std::variant<pop3_shape, syntax_error> compile_pop3(std::string_view source, const strictness& s, pattern::role& what) {
    pattern_reader in(source);
    pop3_shape shape;
    using status = pop3_shape::status;
    const auto begins = [&](std::string_view word) {
        return same_letters(source.substr(0, word.size()), word) &&
               (source.size() == word.size() || source[word.size()] == ' ');
    };
    what = pattern::role::completion;
    if (begins("+OK") || begins("-ERR")) {
        shape.what = begins("+OK") ? status::ok : status::err;
        in.advance(begins("+OK") ? 3 : 4);
        in.skip_space();
        const std::size_t close = in.peek() == '[' ? source.find(']', in.at()) : in.at();
        if (close == std::string_view::npos)
            return syntax_error{in.at(), "this [ is never closed by ]"};
        if (close > in.at()) {
            shape.code = source.substr(in.at() + 1, close - in.at() - 1);
            in.advance(close + 1 - in.at());
            in.skip_space();
        }
    } else if (begins("+")) {
        what = pattern::role::continuation;
        shape.what = status::continuation;
        in.advance(1);
        in.skip_space();
    } else {
        what = pattern::role::payload;
        shape.what = status::payload;
    }
    shape.text = in.line();
    if (in.error())
        return *in.error();
    const bool data = shape.what == status::continuation || shape.what == status::payload;
    shape.text_counts = data ? shape.what == status::payload || !shape.text.empty() : counts(shape.text, s);
    shape.whole_payload =
        shape.what == status::payload && shape.text.size() == 1 && shape.text.front().what == piece::form::value;
    return shape;
}

std::variant<smtp_shape, syntax_error> compile_smtp(std::string_view source, const strictness& s, pattern::role& what) {
    pattern_reader in(source);
    smtp_shape shape;
    const std::string_view code = source.substr(0, 3);
    if (!fits_code(code) || (source.size() > 3 && source[3] != ' ' && source[3] != '-'))
        return syntax_error{0, "an SMTP reply begins with its code, as in 250, 2xx, 25x or 250-STARTTLS"};
    std::copy(code.begin(), code.end(), shape.code.begin());
    shape.some_line = source.size() > 3 && source[3] == '-';
    what = shape.some_line  ? pattern::role::payload
           : code[0] == '3' ? pattern::role::continuation
                            : pattern::role::completion;
    in.advance(std::min<std::size_t>(4, source.size()));
    in.skip_space();
    std::string_view rest = in.rest();
    if (!shape.some_line && take_enhanced(rest, shape.enhanced))
        in.advance(in.rest().size() - rest.size());
    in.skip_space();
    shape.text = in.line();
    if (in.error())
        return *in.error();
    if (shape.some_line && shape.text.empty())
        return syntax_error{4,
                            "a keyword must follow " + std::string(code) + "-; without one write " + std::string(code)};
    shape.text_counts = shape.some_line || (code == "334" && !shape.text.empty()) || counts(shape.text, s);
    return shape;
}

std::variant<sieve_shape, syntax_error> compile_sieve(std::string_view source, const strictness&, pattern::role& what) {
    pattern_reader in(source);
    sieve_shape shape;
    shape.values.what = value_pattern::form::list;
    const std::string_view word = in.plain_word();
    what = pattern::role::payload;
    for (const std::string_view status : {"OK", "NO", "BYE"}) {
        if (same_letters(word, status)) {
            shape.name = status;
            what = pattern::role::completion;
            in.advance(word.size());
        }
    }
    in.skip_space();
    if (!shape.name.empty() && in.peek() == '(') {
        shape.code = in.value(pattern_reader::inside::line);
        shape.code->rule.extra = further_items::allowed;
    }
    shape.values.children = in.values(pattern_reader::inside::line);
    shape.values.rule.extra = further_items::allowed;
    if (!in.error() && in.peek() == ')')
        in.fail(in.at(), "this ) closes nothing");
    if (!in.error() && shape.name.empty() && shape.values.children.empty())
        in.fail(0, "an answer of a ManageSieve server is OK, NO, BYE or a line of strings");
    if (in.error())
        return *in.error();
    return shape;
}

} // namespace mailspec::match
