#include "harness/wire/sieve/response.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/sieve/value_reader.hpp"

#include <algorithm>

namespace mailspec::wire::sieve {
namespace {

namespace req = rfc::req;
using imap::node;
using imap::value_kind;

/// Reads one frame: what kind of line it is, and whether its values may stand there.
class parser {
public:
    parser(std::string_view frame, std::uint64_t at, response& out, std::vector<rfc::finding>& findings)
        : frame_(frame), out_(out), in_(at, out.values, findings) {}

    void parse() {
        drop_line_end();
        if (in_.at_end() || in_.front() == '"' || in_.front() == '{') {
            return data();
        }
        const auto word = frame_.substr(0, std::min(frame_.find_first_of(" ()\"{\r\n"), in_.end()));
        const auto kind = same_ci(word, "OK")    ? response_kind::ok
                          : same_ci(word, "NO")  ? response_kind::no
                          : same_ci(word, "BYE") ? response_kind::bye
                                                 : response_kind::data;
        out_.kind = kind;
        if (kind == response_kind::data) {
            return data();
        }
        in_.skip(word.size());
        status();
    }

private:
    void drop_line_end() {
        if (frame_.ends_with("\r\n")) {
            return in_.shorten(2);
        }
        in_.shorten(frame_.ends_with('\n') ? 1 : 0);
        in_.report(req::sieve_syntax_crlf, in_.end(), "the response ends in a line feed without carriage return");
    }

    /// [SP "(" resp-code ")"] [SP string]
    void status() {
        std::size_t last = 0;
        if (space(req::sieve_syntax_status) && !in_.at_end() && in_.front() == '(') {
            last = in_.read(last);
            check_code(out_.values.nodes[last]);
            space(req::sieve_syntax_status);
        }
        if (in_.at_end()) {
            return;
        }
        const auto begin = in_.pos();
        last = in_.read(last);
        check_text(last, begin);
        if (!in_.at_end()) {
            in_.report(req::sieve_syntax_status, in_.pos(), "something follows the text");
            in_.skip_spaces();
            rest(last, req::sieve_syntax_status);
        }
    }

    /// string [SP (string / "ACTIVE")]
    void data() {
        if (in_.at_end()) {
            in_.report(req::sieve_syntax_data, in_.pos(), "the line is empty");
            return;
        }
        const auto last = in_.read(0);
        if (!is_string(last)) {
            in_.report(req::sieve_syntax_data, 0, "the line is neither OK, NO or BYE nor does it begin with a string");
        }
        space(req::sieve_syntax_data);
        rest(last, req::sieve_syntax_data);
        std::size_t count = 0;
        for (auto i = out_.values.nodes[0].child; i != 0; i = out_.values.nodes[i].next) {
            ++count;
        }
        if (count > 2) {
            in_.report(req::sieve_syntax_data, out_.values.nodes.back().at, "more than two values on one line");
        }
    }

    void rest(std::size_t last, const rfc::requirement& rule) {
        while (!in_.at_end()) {
            last = in_.read(last);
            space(rule);
        }
    }

    bool is_string(std::size_t index) const {
        const auto kind = out_.values.nodes[index].kind;
        return index != 0 && (kind == value_kind::quoted || kind == value_kind::literal);
    }

    /// Takes one space; reports its absence, a second one and one at the end.
    bool space(const rfc::requirement& rule) {
        if (in_.at_end()) {
            return false;
        }
        const auto begin = in_.pos();
        in_.skip_spaces();
        if (in_.pos() - begin != 1 || in_.at_end()) {
            in_.report(rule, begin,
                       in_.pos() == begin ? "a space is missing"
                       : in_.at_end()     ? "a space at the end of the line"
                                          : "more than one space");
        }
        return true;
    }

    void check_text(std::size_t index, std::size_t begin) {
        if (!is_string(index)) {
            return in_.report(req::sieve_syntax_status, begin, "the text is not a string");
        }
        const auto& text = out_.values.nodes[index];
        if (const auto bad = value_reader::not_utf8(out_.values.raw(text))) {
            in_.report(req::sieve_syntax_text_utf8, text.at + *bad, "the text is not UTF-8");
        }
    }

    void check_code(const node& code) {
        const auto* const name = out_.values.child(code);
        if (name == nullptr || name->kind != value_kind::atom) {
            return in_.report(req::sieve_syntax_response_code, code.at,
                              "the response code does not begin with an atom");
        }
        if (out_.values.raw(*name).starts_with('/')) {
            in_.report(req::sieve_syntax_response_code_solidus, name->at, "the response code begins with \"/\"");
        }
    }

    std::string_view frame_;
    response& out_;
    value_reader in_;
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
    out.values.nodes.push_back({value_kind::list, false, 0, static_cast<std::uint32_t>(frame.size()), 0, 0});
    parser(frame, at, out, findings).parse();
}

} // namespace mailspec::wire::sieve
