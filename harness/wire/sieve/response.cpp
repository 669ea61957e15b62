#include "harness/wire/sieve/response.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace mailspec::wire::sieve {
namespace {

namespace req = rfc::req;
using imap::node;
using imap::value_kind;

constexpr std::size_t longest_quoted = 1024; ///< RFC 5804 section 4, quoted
constexpr std::size_t longest_atom = 1024;   ///< the same, atom
constexpr int deepest_list = 64;
constexpr std::size_t most_values = 100000; ///< of one response; what follows is one more
constexpr std::size_t most_findings = 64;   ///< of one response

bool equal_ci(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return (x >= 'a' && x <= 'z' ? x - 'a' + 'A' : x) == y; });
}

/// ATOM-CHAR: any CHAR except "(", ")", "{", SP, CTL, DQUOTE and "\".
bool atom_char(char c) { return c > ' ' && c < 0x7f && c != '(' && c != ')' && c != '{' && c != '"' && c != '\\'; }

/// Reads one frame from its front.
class parser {
public:
    parser(std::string_view frame, std::uint64_t at, response& out, std::vector<rfc::finding>& findings)
        : frame_(frame), end_(frame.size()), at_(at), out_(out), findings_(findings) {}

    void parse() {
        drop_line_end();
        out_.values.nodes.push_back({value_kind::list, false, 0, static_cast<std::uint32_t>(frame_.size()), 0, 0});
        if (at_end() || front() == '"' || front() == '{') {
            return data();
        }
        const auto word = frame_.substr(0, std::min(frame_.find_first_of(" ()\"{\r\n"), end_));
        const auto kind = equal_ci(word, "OK")    ? response_kind::ok
                          : equal_ci(word, "NO")  ? response_kind::no
                          : equal_ci(word, "BYE") ? response_kind::bye
                                                  : response_kind::data;
        out_.kind = kind;
        if (kind == response_kind::data) {
            return data();
        }
        pos_ = word.size();
        status();
    }

private:
    bool at_end() const { return pos_ >= end_; }
    char front() const { return frame_[pos_]; }
    void report(const rfc::requirement& broken, std::size_t where, std::string detail) {
        if (reported_++ < most_findings) {
            findings_.push_back({&broken, at_ + where, std::move(detail)});
        }
    }

    void drop_line_end() {
        if (frame_.ends_with("\r\n")) {
            end_ -= 2;
            return;
        }
        end_ -= frame_.ends_with('\n') ? 1 : 0;
        report(req::sieve_syntax_crlf, end_, "the response ends in a line feed without carriage return");
    }

    /// [SP "(" resp-code ")"] [SP string]
    void status() {
        std::size_t last = 0;
        if (space(req::sieve_syntax_status) && !at_end() && front() == '(') {
            last = value(0, last, 0);
            check_code(out_.values.nodes[last]);
            space(req::sieve_syntax_status);
        }
        if (at_end()) {
            return;
        }
        const auto begin = pos_;
        last = value(0, last, 0);
        check_text(last, begin);
        if (!at_end()) {
            report(req::sieve_syntax_status, pos_, "something follows the text");
            pos_ = std::min(frame_.find_first_not_of(' ', pos_), end_);
            rest(last, req::sieve_syntax_status);
        }
    }

    /// string [SP (string / "ACTIVE")]
    void data() {
        if (at_end()) {
            report(req::sieve_syntax_data, pos_, "the line is empty");
            return;
        }
        const auto last = value(0, 0, 0);
        if (!is_string(last)) {
            report(req::sieve_syntax_data, 0, "the line is neither OK, NO or BYE nor does it begin with a string");
        }
        space(req::sieve_syntax_data);
        rest(last, req::sieve_syntax_data);
        std::size_t count = 0;
        for (auto i = out_.values.nodes[0].child; i != 0; i = out_.values.nodes[i].next) {
            ++count;
        }
        if (count > 2) {
            report(req::sieve_syntax_data, out_.values.nodes.back().at, "more than two values on one line");
        }
    }

    void rest(std::size_t last, const rfc::requirement& rule) {
        while (!at_end()) {
            last = value(0, last, 0);
            space(rule);
        }
    }

    bool is_string(std::size_t index) const {
        const auto kind = out_.values.nodes[index].kind;
        return index != 0 && (kind == value_kind::quoted || kind == value_kind::literal);
    }

    /// Takes one space; reports its absence, a second one and one at the end.
    bool space(const rfc::requirement& rule) {
        if (at_end()) {
            return false;
        }
        const auto begin = pos_;
        while (!at_end() && front() == ' ') {
            ++pos_;
        }
        if (pos_ - begin != 1 || at_end()) {
            report(rule, begin,
                   pos_ == begin ? "a space is missing"
                   : at_end()    ? "a space at the end of the line"
                                 : "more than one space");
        }
        return true;
    }

    void check_text(std::size_t index, std::size_t begin) {
        if (!is_string(index)) {
            return report(req::sieve_syntax_status, begin, "the text is not a string");
        }
        const auto& text = out_.values.nodes[index];
        if (const auto bad = not_utf8(out_.values.raw(text))) {
            report(req::sieve_syntax_text_utf8, text.at + *bad, "the text is not UTF-8");
        }
    }

    void check_code(const node& code) {
        const auto* const name = out_.values.child(code);
        if (name == nullptr || name->kind != value_kind::atom) {
            return report(req::sieve_syntax_response_code, code.at, "the response code does not begin with an atom");
        }
        if (out_.values.raw(*name).starts_with('/')) {
            report(req::sieve_syntax_response_code_solidus, name->at, "the response code begins with \"/\"");
        }
    }

    static std::optional<std::size_t> not_utf8(std::string_view s) {
        for (std::size_t i = 0; i < s.size();) {
            const auto size = imap::utf8_character(s.substr(i));
            if (size == 0) {
                return i;
            }
            i += size;
        }
        return std::nullopt;
    }

    /// Adds a node behind `last`, or as the first child of `parent` where last is 0; gives its index.
    std::size_t add(std::size_t parent, std::size_t last, node made) {
        auto& nodes = out_.values.nodes;
        nodes.push_back(made);
        const auto index = nodes.size() - 1;
        (last == 0 ? nodes[parent].child : nodes[last].next) = static_cast<std::uint32_t>(index);
        return index;
    }
    static node make(value_kind kind, std::size_t at, std::size_t size) {
        return {kind, false, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(size), 0, 0};
    }

    /// Reads one value, at least one octet of it; not to be called at the end.
    std::size_t value(std::size_t parent, std::size_t last, int depth) {
        if (depth == deepest_list || out_.values.nodes.size() == most_values) {
            truncated_ = true;
            const auto begin = std::exchange(pos_, end_);
            return add(parent, last, make(value_kind::atom, begin, end_ - begin));
        }
        switch (front()) {
        case '"': return quoted(parent, last);
        case '(': return list(parent, last, depth);
        case '{':
            if (const auto made = literal(parent, last)) {
                return *made;
            }
            [[fallthrough]];
        default: return atom(parent, last);
        }
    }

    std::size_t quoted(std::size_t parent, std::size_t last) {
        const auto begin = ++pos_;
        bool escaped = false, closed = false;
        for (; !at_end() && !closed; ++pos_) {
            closed = front() == '"';
            if (front() == '\\') {
                escaped = true;
                pos_ += pos_ + 1 < end_ ? 1 : 0;
                if (front() != '"' && front() != '\\') {
                    report(req::sieve_syntax_quoted, pos_, "a backslash before neither quote nor backslash");
                }
            }
        }
        auto made = make(value_kind::quoted, begin, pos_ - begin - (closed ? 1 : 0));
        made.escaped = escaped;
        check_quoted(frame_.substr(begin, made.size), begin, closed);
        return add(parent, last, made);
    }

    void check_quoted(std::string_view content, std::size_t begin, bool closed) {
        if (!closed) {
            report(req::sieve_syntax_quoted, end_, "the quoted string does not end");
        }
        if (content.size() > longest_quoted) {
            report(req::sieve_syntax_quoted, begin + longest_quoted,
                   "the quoted string has " + std::to_string(content.size()) + " octets");
        }
        if (const auto bad = content.find_first_of(std::string_view("\0\r", 2)); bad != std::string_view::npos) {
            report(req::sieve_syntax_quoted, begin + bad, "the quoted string holds NUL or CR");
        }
        if (const auto bad = not_utf8(content)) {
            report(req::sieve_syntax_quoted, begin + *bad, "the quoted string is not UTF-8");
        }
    }

    std::optional<std::size_t> literal(std::size_t parent, std::size_t last) {
        const auto close = frame_.find('}', pos_);
        if (close == std::string_view::npos) {
            return std::nullopt;
        }
        auto digits = frame_.substr(pos_ + 1, close - pos_ - 1);
        const bool plus = digits.ends_with('+');
        digits.remove_suffix(plus ? 1 : 0);
        std::uint64_t size = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), size);
        auto begin = close + 1;
        begin += begin < frame_.size() && frame_[begin] == '\r' ? 1 : 0;
        if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || begin >= end_ ||
            frame_[begin] != '\n' || size > end_ - begin - 1) {
            return std::nullopt;
        }
        if (plus) {
            report(req::sieve_syntax_literal, close - 1, "the server sent a literal with \"+\"");
        }
        check_number(digits, pos_ + 1);
        pos_ = begin + 1 + static_cast<std::size_t>(size);
        return add(parent, last, make(value_kind::literal, begin + 1, static_cast<std::size_t>(size)));
    }

    void check_number(std::string_view digits, std::size_t where) {
        if (digits.size() > 1 && digits.front() == '0') {
            report(req::sieve_syntax_number, where, "a number with a leading zero");
        }
    }

    std::size_t list(std::size_t parent, std::size_t last, int depth) {
        const auto begin = ++pos_;
        const auto made = add(parent, last, make(value_kind::list, begin, 0));
        std::size_t inner = 0;
        while (!at_end() && front() != ')') {
            if (front() == ' ') {
                ++pos_;
                continue;
            }
            inner = value(made, inner, depth + 1);
        }
        out_.values.nodes[made].size = static_cast<std::uint32_t>(pos_ - begin);
        if (!at_end()) {
            ++pos_;
        } else if (!truncated_) {
            report(req::sieve_syntax_response_code, pos_, "a parenthesis does not close");
        }
        return made;
    }

    std::size_t atom(std::size_t parent, std::size_t last) {
        const auto begin = pos_++;
        const auto stop = std::min(frame_.find_first_of(" ()\"", pos_), end_);
        pos_ = stop;
        const auto content = frame_.substr(begin, pos_ - begin);
        const auto bad = std::find_if_not(content.begin(), content.end(), atom_char);
        if (bad != content.end()) {
            report(req::sieve_syntax_atom, begin + static_cast<std::size_t>(bad - content.begin()),
                   "an octet that no atom may hold");
        } else if (content.size() > longest_atom) {
            report(req::sieve_syntax_atom, begin + longest_atom, "an atom of more than 1024 octets");
        }
        return add(parent, last, make(value_kind::atom, begin, content.size()));
    }

    std::string_view frame_;
    std::size_t end_;     ///< of what stands before the line end
    std::size_t pos_ = 0; ///< in frame_
    std::uint64_t at_;
    response& out_;
    std::vector<rfc::finding>& findings_;
    std::size_t reported_ = 0;
    bool truncated_ = false; ///< the rest became one value
};

} // namespace

const imap::node* response::code() const {
    const auto* const first = values.child(values.root());
    return kind != response_kind::data && first != nullptr && first->kind == value_kind::list ? first : nullptr;
}

const imap::node* response::text() const {
    if (kind == response_kind::data) {
        return nullptr;
    }
    const auto* const after_code = code() != nullptr ? values.next(*code()) : values.child(values.root());
    return after_code;
}

void parse(std::string_view frame, std::uint64_t at, response& out, std::vector<rfc::finding>& findings) {
    out.kind = response_kind::data;
    out.at = at;
    out.values.nodes.clear();
    out.values.rebase(frame);
    parser(frame, at, out, findings).parse();
}

} // namespace mailspec::wire::sieve
