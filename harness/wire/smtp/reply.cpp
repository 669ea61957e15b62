#include "harness/wire/smtp/reply.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/smtp/ehlo.hpp"
#include "harness/wire/utf8.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace mailspec::wire::smtp {
namespace {

namespace req = rfc::req;

constexpr std::size_t longest_line = 512; ///< RFC 5321 section 4.5.3.1.5, line end included
constexpr std::size_t most_findings = 64; ///< of one reply

/// Reads the lines of one reply, one after the other.
class reader {
public:
    reader(std::string_view frame, std::uint64_t at, context c, reply& out, std::vector<rfc::finding>& findings)
        : frame_(frame), at_(at), context_(c), out_(out), findings_(findings) {}

    void read() {
        std::size_t from = 0;
        do {
            const auto feed = std::min(frame_.find('\n', from), frame_.size());
            read_line(frame_.substr(from, feed - from));
            from = feed + 1;
        } while (from < frame_.size());
        out_.code = code_.value_or(0);
        out_.enhanced = context_ == context::other ? read_enhanced(out_.text()) : enhanced_code{};
        check_texts();
    }

private:
    void report(const rfc::requirement& broken, std::size_t in_frame, std::string detail) {
        if (reported_++ < most_findings) {
            findings_.push_back({&broken, at_ + in_frame, std::move(detail)});
        }
    }
    std::size_t offset(std::string_view part) const { return static_cast<std::size_t>(part.data() - frame_.data()); }

    void read_line(std::string_view line) {
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        } else {
            report(req::smtp_syntax_crlf, offset(line) + line.size(), "a line feed without carriage return");
        }
        const auto begin = offset(line);
        const auto code = read_code(line);
        // AUTH's challenges may be longer: RFC 4954 section 4.
        if (line.size() + 2 > longest_line && code != 334) {
            report(req::smtp_syntax_line_length, begin + longest_line - 2,
                   "the line has " + std::to_string(line.size() + 2) + " octets");
        }
        out_.lines.push_back({code ? after_code(line) : line, at_ + begin});
        check_octets(out_.lines.back().text);
    }

    std::optional<int> read_code(std::string_view line) {
        const auto begin = offset(line);
        if (line.size() < 3 || !is_digit(line[0]) || !is_digit(line[1]) || !is_digit(line[2])) {
            report(req::smtp_syntax_reply_code, begin, "the line does not begin with a reply code of three digits");
            return code_ = std::nullopt;
        }
        const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        if (line[0] < '2' || line[0] > '5') {
            report(req::smtp_syntax_first_digit, begin, "the reply code's first digit is none of 2, 3, 4, 5");
        } else if (line[1] > '5') {
            report(req::smtp_syntax_reply_code, begin + 1, "the reply code's second digit is above 5");
        }
        if (!out_.lines.empty() && code_ && *code_ != code) {
            report(req::smtp_syntax_same_code, begin,
                   "the line has code " + std::to_string(code) + " after " + std::to_string(*code_));
        }
        code_ = code;
        return code_;
    }

    std::string_view after_code(std::string_view line) {
        line.remove_prefix(3);
        if (line.empty()) {
            report(req::smtp_syntax_bare_code, offset(line), "no space after the reply code");
        } else if (line.front() == ' ' || line.front() == '-') {
            line.remove_prefix(1);
        } else {
            report(req::smtp_syntax_reply_line, offset(line), "neither space nor \"-\" after the reply code");
        }
        return line;
    }

    bool is_ehlo_answer() const { return context_ == context::ehlo && out_.code == 250; }

    /// textstring = 1*(%d09 / %d32-126); UTF-8 passes too, for it may have been agreed on (RFC 6531).
    void check_octets(std::string_view text) {
        const bool ehlo_greeting = context_ == context::ehlo && out_.lines.size() == 1; // may hold control characters
        for (std::size_t i = 0; i < text.size();) {
            const auto octet = static_cast<unsigned char>(text[i]);
            const bool control = (octet < 0x20 && octet != '\t') || octet == 0x7f;
            const auto size = control ? 0 : utf8_character(text.substr(i));
            if (size == 0 && (!control || !ehlo_greeting || octet == '\r')) {
                return report(req::smtp_syntax_text, offset(text) + i,
                              control ? "the text holds a control character"
                                      : "the text is neither printable ASCII nor UTF-8");
            }
            i += std::max<std::size_t>(size, 1);
        }
    }

    void check_texts() {
        if (is_ehlo_answer()) {
            check_ehlo();
        } else if (context_ == context::greeting && out_.code == 220) {
            check_with(check_greeting(out_.lines.front().text), out_.lines.front(), req::smtp_syntax_greeting);
        }
    }

    void check_with(const ehlo_fault& fault, const reply_line& line, const rfc::requirement& rule) {
        if (!fault.why.empty()) {
            report(rule, offset(line.text) + fault.at, std::string(fault.why));
        }
    }

    void check_ehlo() {
        check_with(check_ehlo_domain(out_.lines.front().text), out_.lines.front(), req::smtp_syntax_ehlo_domain);
        for (std::size_t i = 1; i < out_.lines.size(); ++i) {
            check_with(check_ehlo_line(out_.lines[i].text), out_.lines[i], req::smtp_syntax_ehlo_line);
        }
    }

    std::string_view frame_;
    std::uint64_t at_;
    context context_;
    reply& out_;
    std::vector<rfc::finding>& findings_;
    std::size_t reported_ = 0;
    std::optional<int> code_; ///< of the line before
};

} // namespace

void parse(std::string_view frame, std::uint64_t at, context c, reply& out, std::vector<rfc::finding>& findings) {
    out.lines.clear();
    out.at = at;
    reader(frame, at, c, out, findings).read();
}

enhanced_code read_enhanced(std::string_view text) {
    int parts[3] = {};
    std::size_t at = 0;
    for (int& part : parts) {
        if (&part != parts && (at >= text.size() || text[at++] != '.')) {
            return {};
        }
        const auto begin = at;
        for (; at < text.size() && is_digit(text[at]) && at - begin < 3; ++at) {
            part = part * 10 + (text[at] - '0');
        }
        if (at == begin || (&part == parts && at - begin != 1)) {
            return {};
        }
    }
    if (at < text.size() && text[at] != ' ') {
        return {};
    }
    return {parts[0], parts[1], parts[2]};
}

std::vector<ehlo_keyword> ehlo_keywords(const reply& answer) {
    std::vector<ehlo_keyword> all;
    if (!answer.positive()) {
        return all;
    }
    for (std::size_t i = 1; i < answer.lines.size(); ++i) {
        const auto text = answer.lines[i].text;
        const auto space = std::min(text.find(' '), text.size());
        all.push_back({text.substr(0, space), text.substr(std::min(space + 1, text.size()))});
    }
    return all;
}

} // namespace mailspec::wire::smtp
