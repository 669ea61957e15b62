#include "harness/wire/pop3/reply.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::wire::pop3 {
namespace {

namespace req = rfc::req;

constexpr std::size_t longest_first_line = 512; ///< RFC 2449 section 4, line end included

/// Writes findings for one reply.
class reporter {
public:
    reporter(std::string_view frame, std::uint64_t at, std::vector<rfc::finding>& to)
        : frame_(frame), at_(at), to_(&to) {}
    void operator()(const rfc::requirement& broken, const char* where, std::string detail) const {
        to_->push_back({&broken, at_ + static_cast<std::size_t>(where - frame_.data()), std::move(detail)});
    }

private:
    std::string_view frame_;
    std::uint64_t at_;
    std::vector<rfc::finding>* to_;
};

/// The first line without its line end; `rest` is what follows it.
std::string_view first_line(std::string_view frame, std::string_view& rest, const reporter& report) {
    const auto feed = frame.find('\n');
    const auto end = feed == std::string_view::npos ? frame.size() : feed;
    rest = frame.substr(std::min(end + 1, frame.size()));
    auto line = frame.substr(0, end);
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    } else {
        report(req::pop3_syntax_crlf, frame.data() + end, "the response ends in a line feed without carriage return");
    }
    return line;
}

/// resp-code = "[" resp-level *("/" resp-level) "]", without the brackets.
bool is_response_code(std::string_view inside) {
    if (inside.empty() || inside.front() == '/' || inside.back() == '/' || inside.find("//") != inside.npos) {
        return false;
    }
    return std::all_of(inside.begin(), inside.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
}

/// What only looks like one stays text: who does not announce RESP-CODES may begin it as he likes.
void read_code(reply& out) {
    const auto close = out.text.starts_with('[') ? out.text.find(']') : std::string_view::npos;
    if (close == std::string_view::npos || !is_response_code(out.text.substr(1, close - 1)))
        return;
    out.code = out.text.substr(1, close - 1);
    out.text.remove_prefix(close + 1);
    if (out.text.starts_with(' ')) {
        out.text.remove_prefix(1);
    }
}

/// Text after "+OK" or "-ERR". The greeting alone (first octet of a connection) needs no space before it.
void read_text(std::string_view after, std::uint64_t at, reply& out, const reporter& report) {
    if (after.starts_with(' ')) {
        after.remove_prefix(1);
    } else if (!after.empty() && at > 0) {
        report(req::pop3_syntax_single_line, after.data(), "no space between status indicator and text");
    }
    out.text = after;
    read_code(out);
    if (const auto nul = after.find('\0'); nul != std::string_view::npos) {
        report(req::pop3_syntax_text, after.data() + nul, "the text holds a NUL octet");
    }
}

bool is_base64(std::string_view s) {
    const auto pad = std::min(s.find('='), s.size());
    return s.size() % 4 == 0 && s.size() - pad <= 2 && s.find_first_not_of('=', pad) == std::string_view::npos &&
           std::all_of(s.begin(), s.begin() + static_cast<std::ptrdiff_t>(pad),
                       [](char c) { return is_letter_or_digit(c) || c == '+' || c == '/'; });
}

void read_challenge(std::string_view line, reply& out, const reporter& report) {
    out.what = status::continuation;
    out.text = line.substr(std::min<std::size_t>(2, line.size()));
    if (line.size() < 2) {
        report(req::pop3_syntax_challenge, line.data(), "\"+\" without the single space after it");
    } else if (!is_base64(out.text)) {
        report(req::pop3_syntax_challenge_base64, out.text.data(), "the challenge is not base64");
    }
}

void read_status(std::string_view line, std::uint64_t at, reply& out, const reporter& report) {
    if (line == "+" || line.starts_with("+ ")) {
        return read_challenge(line, out, report);
    }
    if (line.size() + 2 > longest_first_line) {
        report(req::pop3_syntax_line_length, line.data() + longest_first_line - 2,
               "the first line of the response has " + std::to_string(line.size() + 2) + " octets");
    }
    const auto indicator = [&](std::string_view word, status meaning) {
        if (!starts_with_ci(line, word)) {
            return false;
        }
        out.what = meaning;
        if (!line.starts_with(word)) {
            report(req::pop3_syntax_status_upper_case, line.data(), "the status indicator is not in upper case");
        }
        read_text(line.substr(word.size()), at, out, report);
        return true;
    };
    if (!indicator("+OK", status::ok) && !indicator("-ERR", status::err)) {
        out.text = line;
        report(req::pop3_syntax_status, line.data(), "the response begins with neither \"+OK\" nor \"-ERR\"");
    }
}

/// What is to be said of a payload, once for each kind: how often, and where first.
struct departure {
    std::size_t times = 0;
    const char* first = nullptr;
    void note(const char* where) { first = times++ == 0 ? where : first; }
    std::string often() const { return times == 1 ? "" : " (" + std::to_string(times) + " such lines)"; }
};

/// What is wrong with a payload as a whole.
void report_payload(std::string_view raw, const departure& lone_feeds, const departure& unstuffed_dots,
                    const reporter& report) {
    if (lone_feeds.times > 0) {
        report(req::pop3_syntax_payload_crlf, lone_feeds.first,
               "a payload line ends in a line feed without carriage return" + lone_feeds.often());
    }
    if (unstuffed_dots.times > 0) {
        report(req::pop3_syntax_dot_stuffing, unstuffed_dots.first,
               "a payload line begins with a single \".\"" + unstuffed_dots.often());
    }
    if (const auto nul = raw.find('\0'); nul != std::string_view::npos) {
        report(req::pop3_syntax_payload_octets, raw.data() + nul, "the payload holds a NUL octet");
    }
}

/// Takes the payload with its final dot line. One pass; copies only from the first stuffed line on.
void read_payload(std::string_view raw, reply& out, const reporter& report) {
    departure lone_feeds, unstuffed_dots;
    std::size_t copied = 0; ///< octets of raw that are in out.unstuffed
    std::size_t line = 0;
    bool ended = false;
    while (line < raw.size() && !ended) {
        const auto feed = raw.find('\n', line);
        const auto next = feed == std::string_view::npos ? raw.size() : feed + 1;
        const auto octets = raw.substr(line, next - line);
        if (!octets.ends_with("\r\n"))
            lone_feeds.note(octets.data() + octets.size() - 1);
        if (octets.front() == '.') {
            ended = next == raw.size() && (octets == ".\r\n" || octets == ".\n");
            if (!ended) {
                if (octets.size() < 2 || octets[1] != '.')
                    unstuffed_dots.note(octets.data());
                out.unstuffed.append(raw, copied, line - copied);
                copied = line + 1;
            }
        }
        line = ended ? line : next;
    }
    if (copied > 0) {
        out.unstuffed.reserve(64); // beyond any small-string storage, so that the view survives a move
        out.unstuffed.append(raw, copied, line - copied);
        out.payload = out.unstuffed;
    } else {
        out.payload = raw.substr(0, line);
    }
    report_payload(raw, lone_feeds, unstuffed_dots, report);
}

} // namespace

void parse(std::string_view frame, std::uint64_t at, frame_reader::shape shape, reply& out,
           std::vector<rfc::finding>& findings) {
    out.what = status::malformed;
    out.code = out.text = out.payload = {};
    out.unstuffed.clear();
    out.at = at;
    const reporter report(frame, at, findings);
    std::string_view rest;
    const auto line = first_line(frame, rest, report);
    read_status(line, at, out, report);
    out.multi_line = out.what == status::ok && shape == frame_reader::shape::multi_line_if_ok;
    if (out.multi_line) {
        read_payload(rest, out, report);
    }
}

bool answers_multi_line(std::string_view command_line) {
    const auto end = command_line.find_last_not_of(" \t\r\n");
    command_line = command_line.substr(0, end == std::string_view::npos ? 0 : end + 1);
    const auto space = command_line.find(' ');
    const auto keyword = command_line.substr(0, space);
    const auto is = [&](std::string_view name) { return same_ci(keyword, name); };
    if (is("RETR") || is("TOP") || is("CAPA")) {
        return true;
    }
    return space == std::string_view::npos && (is("LIST") || is("UIDL") || is("LANG"));
}

std::vector<capability> capabilities(std::string_view payload) {
    std::vector<capability> all;
    while (!payload.empty()) {
        const auto feed = std::min(payload.find('\n'), payload.size());
        auto line = payload.substr(0, feed);
        payload.remove_prefix(std::min(feed + 1, payload.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        const auto space = std::min(line.find(' '), line.size());
        if (!line.empty()) {
            all.push_back({line.substr(0, space), line.substr(std::min(space + 1, line.size()))});
        }
    }
    return all;
}

} // namespace mailspec::wire::pop3
