#include "harness/match/expression.hpp"

#include "harness/match/ascii.hpp"
#include "harness/match/functions.hpp"
#include "harness/match/near_name.hpp"
#include "harness/match/unescape.hpp"

#include <charconv>
#include <optional>

namespace mailspec::match {

namespace {

bool is_name_char(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.'; }

/// Recursive descent over one `${...}`; the first error ends it.
class reader {
public:
    reader(std::string_view source, std::size_t at) : source_(source), at_(at) {}

    std::variant<placeholder, syntax_error> read() {
        placeholder out;
        out.at = at_;
        at_ += 2;
        skip_space();
        if (source_.substr(at_).starts_with("...")) {
            out.form = placeholder::form::rest;
            at_ += 3;
        } else {
            out.value = argument(0);
            if (!error_ && out.value.is_plain_name() && out.value.name == "_")
                out.form = placeholder::form::any;
            if (!error_ && peek() == ':')
                out.wanted = kind_suffix();
        }
        skip_space();
        if (!error_ && peek() != '}')
            fail(at_, at_ >= source_.size() ? "this ${ is never closed by }" : "expected } here");
        if (error_) {
            if (at_ >= source_.size() && error_->message.starts_with("this ${"))
                error_->at = out.at;
            return *error_;
        }
        out.end = at_ + 1;
        return out;
    }

private:
    char peek() const { return at_ < source_.size() ? source_[at_] : '\0'; }
    void skip_space() {
        while (peek() == ' ')
            ++at_;
    }
    void fail(std::size_t at, std::string message) {
        if (!error_)
            error_ = syntax_error{at, std::move(message)};
    }

    kind kind_suffix() {
        const std::size_t start = ++at_;
        while (is_letter(peek()) || is_digit(peek()) || peek() == '-' || peek() == '_')
            ++at_;
        const std::string_view name = source_.substr(start, at_ - start);
        const auto found = kind_named(name);
        if (!found)
            fail(start, "unknown kind \"" + std::string(name) + "\"" + did_you_mean(name, kind_names()));
        return found.value_or(kind::any);
    }

    expression argument(int depth) {
        expression e;
        skip_space();
        e.at = at_;
        if (depth > 16)
            fail(at_, "functions are nested too deeply here");
        else if (peek() == '\'')
            e.constant = quoted_constant();
        else if (is_digit(peek()))
            e.constant = number();
        else
            named(e, depth);
        skip_space();
        return e;
    }

    std::string number() {
        const std::size_t start = at_;
        while (is_digit(peek()))
            ++at_;
        return std::string(source_.substr(start, at_ - start));
    }

    std::string quoted_constant() {
        const std::size_t start = at_++;
        std::string constant;
        while (at_ < source_.size() && peek() != '\'') {
            if (peek() != '\\') {
                constant += source_[at_++];
                continue;
            }
            auto octet = unescape(source_, at_);
            if (auto* error = std::get_if<syntax_error>(&octet)) {
                fail(error->at, std::move(error->message));
                return {};
            }
            constant += std::get<char>(octet);
        }
        if (at_ >= source_.size())
            fail(start, "this constant is never closed by '");
        ++at_;
        return constant;
    }

    /// Letters, digits, _ and .; a hyphen too where no number follows, which would be an offset.
    std::string_view name() {
        const std::size_t start = at_;
        while (is_name_char(peek()) ||
               (peek() == '-' && at_ > start && at_ + 1 < source_.size() && is_letter(source_[at_ + 1])))
            ++at_;
        return source_.substr(start, at_ - start);
    }

    void named(expression& e, int depth) {
        const std::size_t start = at_;
        while (is_name_char(peek()) || peek() == '-' || peek() == '+')
            ++at_;
        if (peek() == '(') {
            e.name = source_.substr(start, at_ - start);
            call(e, depth);
        } else {
            at_ = start;
            e.name = name();
            if (e.name.empty())
                fail(at_, at_ >= source_.size() ? "this ${ is never closed by }" : "expected a name here");
        }
        if (!error_ && (peek() == '+' || peek() == '-'))
            e.offset = offset();
    }

    long offset() {
        const std::size_t start = at_++;
        const std::string digits = number();
        long value = 0;
        if (digits.empty())
            fail(at_, "expected a number after the sign");
        else if (digits.size() > 10)
            fail(start, "this offset is too large");
        else
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return source_[start] == '-' ? -value : value;
    }

    void call(expression& e, int depth) {
        e.is_call = true;
        const function* f = function_named(e.name);
        if (!f)
            return fail(e.at, "unknown function " + e.name + "()" + did_you_mean(e.name, function_names()));
        ++at_;
        skip_space();
        while (!error_ && peek() != ')') {
            e.arguments.push_back(argument(depth + 1));
            if (peek() == ',')
                ++at_;
            else if (peek() != ')')
                fail(at_, at_ >= source_.size() ? "this ${ is never closed by }" : "expected , or ) here");
        }
        if (error_)
            return;
        ++at_;
        if (e.arguments.size() < f->least || e.arguments.size() > f->most)
            return fail(e.at, e.name + "() takes " + (f->least == f->most ? "" : "at least ") +
                                  std::to_string(f->least) + (f->least == 1 ? " argument" : " arguments") + ", not " +
                                  std::to_string(e.arguments.size()));
        check_arguments(e, *f);
    }

    void check_arguments(const expression& e, const function& f) {
        const expression& first = e.arguments.front();
        if (f.takes_role && (!first.is_plain_name() || !is_role(first.name)))
            return fail(first.at,
                        e.name + "() takes the name of an account first" + did_you_mean(first.name, role_names()));
        for (const expression& a : e.arguments) {
            const function* inner = a.is_call ? function_named(a.name) : nullptr;
            if (inner && inner->form != transport::none)
                return fail(a.at, a.name + "() can only stand alone in ${...}, not inside " + e.name + "()");
            if (a.is_plain_name() && a.name == "_")
                return fail(a.at, "_ stands for any value and cannot be an argument");
        }
    }

    std::string_view source_;
    std::size_t at_;
    std::optional<syntax_error> error_;
};

} // namespace

std::variant<placeholder, syntax_error> parse_placeholder(std::string_view source, std::size_t at) {
    return reader(source, at).read();
}

void collect_names(const expression& e, std::vector<std::pair<std::string, std::size_t>>& out) {
    if (!e.is_call) {
        if (!e.name.empty())
            out.emplace_back(e.name, e.at);
        return;
    }
    const function* f = function_named(e.name);
    const bool role_first = f && f->takes_role && !e.arguments.empty();
    if (role_first) {
        const expression& role = e.arguments.front();
        out.emplace_back(role.name + ".user", role.at);
        out.emplace_back(role.name + ".password", role.at);
    }
    for (std::size_t i = role_first ? 1 : 0; i < e.arguments.size(); ++i)
        collect_names(e.arguments[i], out);
}

} // namespace mailspec::match
