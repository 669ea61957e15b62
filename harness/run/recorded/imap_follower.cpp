#include "harness/run/recorded/imap_follower.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/run/dialogue.hpp"
#include "harness/run/words.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/imap/literal_header.hpp"

#include <algorithm>

namespace mailspec::run::recorded {
namespace {

namespace req = rfc::req;

using wire::imap::response_form;
using wire::imap::response_kind;

constexpr std::string_view line_end = "\r\n";
/// Nobody writes down a literal that is longer.
constexpr std::uint64_t longest_literal = 64u << 20;

/// A blank at its end may be anybody's, in a text that people wrote.
std::string_view without_last_blanks(std::string_view words) {
    return words.substr(0, words.find_last_not_of(" \t") + 1);
}

/// In what is no text for people, "..." stands for something: "* 4 FETCH (...)", "[PERMANENTFLAGS (...)]".
bool is_shortened(std::string_view words) {
    const auto dots = std::min({words.find("..."), words.find(". . ."), words.size()});
    const bool is_status =
        is_command(words.substr(std::min<std::size_t>(words.find(' '), words.size())).substr(0, 3), " OK") ||
        words.find(" NO ") != words.npos || words.find(" BAD ") != words.npos || words.starts_with("+") ||
        words.starts_with("* BYE ") || words.starts_with("* PREAUTH ");
    return dots < (is_status ? std::min(words.find(']'), words.size()) : words.size()) &&
           (!is_status || words.find('[') < dots);
}

/// Does a client say that once the server has greeted?
bool opens_session(std::string_view words) {
    take_until(words, " "); // the tag
    const auto verb = take_until(words, " ");
    return is_command(verb, "LOGIN") || is_command(verb, "AUTHENTICATE") || is_command(verb, "STARTTLS") ||
           is_command(verb, "CAPABILITY");
}

/// The tag of a completion; empty for any other line.
std::string_view completed_tag(std::string_view words) {
    const auto tag = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(tag.size() + 1, words.size()));
    words = words.substr(0, words.find(' '));
    const bool is_status = is_command(words, "OK") || is_command(words, "NO") || is_command(words, "BAD");
    return is_status && tag != "*" && tag != "+" ? tag : std::string_view();
}

/// "* STATUS <my folder> (MESSAGES 3)": what stands in the brackets is nobody else's business.
bool is_redacted(std::string_view words) {
    const auto closes = words.rfind('>');
    if (closes == std::string_view::npos)
        return false;
    for (auto at = words.find('<', 1); at < closes; at = words.find('<', at + 1))
        if ((words[at - 1] == ' ' || words[at - 1] == '(') && wire::is_letter(words[at + 1]))
            return true;
    return false;
}

} // namespace

imap_follower::imap_follower(together& of, begun from, std::size_t session)
    : follower(of, from, wire::protocol::imap, session), monitor_(of.imap) {
    if (from == begun::midway)
        monitor_.joined();
}

void imap_follower::doubt() { monitor_.doubt(); }

bool imap_follower::begins_anew(const line& said) const {
    const bool ok = said.octets.starts_with("* OK"), preauth = said.octets.starts_with("* PREAUTH");
    // Where people tell of two connections, nothing need stand between them.
    const bool perhaps = is_written_by_people() && rests_;
    return (said_bye_ && (ok || preauth)) || (perhaps && (preauth || (ok && opens_session(of_.next))));
}

bool imap_follower::is_folded(const line& said, std::string_view from) const {
    const std::string_view words = said.octets;
    if (words.starts_with(' ') || words.starts_with('\t'))
        return true;
    const bool begins = words.starts_with('*') || words.starts_with('+') || !completed_tag(words).empty() ||
                        tags_.contains(words.substr(0, words.find(' ')));
    return !begins && !wire::imap::literal_header_at_end(from);
}

bool imap_follower::skip_folded(std::span<const line>& said, std::string_view from) const {
    const auto before = said.size();
    while (!said.empty() && is_folded(said.front(), from))
        said = said.subspan(1);
    return said.size() != before;
}

void imap_follower::closed(const line& said) {
    begin_frame();
    add(said, {});
    if (is_exact())
        monitor_.closed(frame_at(), found_);
    tell();
}

void imap_follower::send_line(const line& said, std::string_view words) {
    const auto tag = words.substr(0, words.find(' '));
    tags_.emplace(tag);
    if (tag.size() < words.size()) // else it goes on with a command
        last_tag_ = tag;
    rests_ = false;
    monitor_.sent(words);
    if (said.is != line::form::open)
        monitor_.sent(line_end);
    const auto masks = words.find("[masked]");
    const bool more_masks =
        masks != std::string_view::npos && words.find("[masked]", masks + 1) != std::string_view::npos;
    if (said.is == line::form::doubtful || said.is == line::form::cut || more_masks)
        doubt();
    if (const auto header = wire::imap::literal_header_at_end(words); header && said.is == line::form::whole)
        due_ = due{header->octets, !header->plus};
}

void imap_follower::sent(std::span<const line> said) {
    while (!said.empty()) {
        if (due_) {
            said = send_literal(said);
            continue;
        }
        const auto& one = said.front();
        send_line(one, is_written_by_people() ? without_last_blanks(one.octets) : std::string_view(one.octets));
        said = said.subspan(1);
    }
}

void imap_follower::fill_in(std::uint64_t octets) {
    const std::string some(4096, 'x');
    if (octets > longest_literal)
        monitor_.sent("\n"); // nobody knows how that is read
    for (; octets > 0 && octets <= longest_literal; octets -= std::min<std::uint64_t>(octets, some.size()))
        monitor_.sent(std::string_view(some).substr(0, std::min<std::uint64_t>(octets, some.size())));
}

/// Where the lines do not come to the length announced, the literal is taken for whole all the same, to go on behind.
std::span<const line> imap_follower::send_literal(std::span<const line> said) {
    const auto octets = due_->octets;
    due_.reset();
    std::string literal;
    std::size_t used = 0;
    bool known = true;
    while (used < said.size() && literal.size() < octets && known) {
        const auto& one = said[used++];
        known = one.is == line::form::whole || one.is == line::form::open;
        literal += one.octets;
        if (one.is != line::form::open)
            literal += line_end;
    }
    const bool whole = known && literal.size() >= octets;
    const auto rest = whole ? literal.substr(octets) : std::string();
    const bool goes_on = rest.empty() || rest == line_end || rest.front() == ' ' || rest.front() == ')' || is_exact();
    if (!whole || !goes_on) {
        fill_in(octets);
        monitor_.sent(line_end);
        doubt();
        // What is cut ends there; of a shortened one it is not known.
        return known && used < said.size() ? said.subspan(said.size()) : said.subspan(used);
    }
    monitor_.sent(std::string_view(literal).substr(0, octets));
    if (rest.empty())
        return said.subspan(used); // its command goes on in the next line
    line behind = said[used - 1];
    send_line(behind, std::string_view(rest).substr(0, rest.size() - (behind.is == line::form::open ? 0 : 2)));
    return said.subspan(used);
}

bool imap_follower::is_completion(std::string_view words) const {
    const auto tag = completed_tag(words);
    return !tag.empty() && tags_.contains(tag);
}

bool imap_follower::completes_unknown(std::span<const line> said) const {
    return std::any_of(said.begin(), said.end(), [&](const line& one) {
        const auto tag = completed_tag(one.octets);
        return !tag.empty() && !tags_.contains(tag);
    });
}

bool imap_follower::take_literal(std::uint64_t octets, std::span<const line>& said, std::string& rest) {
    auto ahead = said;
    std::uint64_t left = octets;
    bool ends = false;
    while (left > 0 && !ahead.empty()) {
        const auto& one = ahead.front();
        if (one.is != line::form::whole || (!is_exact() && is_completion(one.octets)))
            return false;
        const auto size = one.octets.size() + line_end.size();
        ends = size > left;
        rest = ends ? (one.octets + std::string(line_end)).substr(left) : std::string();
        left -= std::min<std::uint64_t>(left, size);
        ahead = ahead.subspan(1);
    }
    if (left > 0 || (ends && rest.size() < line_end.size()) || (!ends && ahead.empty()))
        return false;
    if (!ends)
        rest = ahead.front().octets + std::string(line_end);
    if (!is_exact() && std::string_view(")] >").find(rest.front()) == std::string_view::npos)
        return false;
    // Only now is it known that these lines belong to it.
    const auto count = said.size() - ahead.size() + (ends ? 0 : 1);
    for (const auto& one : said.first(count))
        add(one, one.octets + std::string(line_end));
    said = said.subspan(count);
    rest.resize(rest.size() - line_end.size());
    return true;
}

bool imap_follower::take_response(std::span<const line>& said) {
    const auto& first = said.front();
    said = said.subspan(1);
    begin_frame();
    std::string words = first.octets;
    if (is_written_by_people()) {
        words = without_last_blanks(words);
        words.erase(0, std::min(words.find_first_not_of(" \t"), words.size()));
        if (words == "+")
            words += ' ';
    }
    const bool has_end = words.ends_with('\n'); // a lone one ended it, as mailspec shows
    add(first, words + std::string(has_end ? "" : line_end));
    const bool folded = is_written_by_people() && skip_folded(said, words);
    if (first.is != line::form::whole || folded ||
        (is_written_by_people() && (is_shortened(words) || is_redacted(words))))
        return false;
    for (;;) {
        const auto header = wire::imap::literal_header_at_end(words);
        if (!header || !wire::imap::may_hold_literal(
                           std::string_view(frame_).substr(0, frame_.size() - line_end.size() - header->size)))
            return true;
        if (!take_literal(header->octets, said, words))
            return false;
    }
}

/// A response that was shortened ends with its closing parenthesis, or where the next thing begins.
void imap_follower::skip_response(std::span<const line>& said) const {
    const auto begins = [&](const line& one) {
        return one.octets.starts_with("* ") || one.octets.starts_with("+ ") || is_completion(one.octets);
    };
    while (!said.empty() && !is_completion(said.front().octets)) {
        const bool closes = said.front().octets.starts_with(')') || said.front().is == line::form::cut;
        said = said.subspan(1);
        if (closes && (said.empty() || begins(said.front())))
            return;
    }
}

void imap_follower::received(std::span<const line>& said) {
    // What its answers tell belongs to a command that nobody knows.
    if (!is_exact() && completes_unknown(said))
        doubt();
    while (!said.empty() && !begins_anew(said.front())) {
        const auto had_literal = wire::imap::literal_header_at_end(said.front().octets).has_value();
        const auto form = said.front().is;
        if (take_response(said)) {
            judge();
            continue;
        }
        doubt();
        if (had_literal && form != line::form::cut && form != line::form::open)
            skip_response(said);
    }
}

void imap_follower::judge() {
    auto& r = response_;
    wire::imap::parse(frame_, frame_at(), r, found_);
    monitor_.received(r, found_);
    said_bye_ = said_bye_ || r.kind == response_kind::bye;
    if (r.form == response_form::tagged)
        due_.reset();
    rests_ = r.form == response_form::tagged ? r.tag() == last_tag_ : rests_;
    if (!is_exact()) {
        // Perhaps the line of the client was left out, that with the password say.
        const auto before = found_.size();
        std::erase_if(found_, [&](const rfc::finding& f) {
            return f.broken == &req::imap_continuation_due ||
                   (f.broken == &req::imap_completion_tag && !tags_.contains(r.tag()));
        });
        if (found_.size() != before)
            doubt();
    }
    tell();
}

} // namespace mailspec::run::recorded
