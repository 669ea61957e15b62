#include "harness/observe/imap/command_log.hpp"

#include "harness/wire/imap/octets.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace mailspec::observe::imap {
namespace {

using wire::imap::octet_class;

/// More octets of one command than that are not kept.
constexpr std::size_t most_arguments = 1024;
/// Longer lines are read differently by different servers.
constexpr std::size_t longest_line = 8192;

/// Whoever sends these may remove messages or change flags from then on; EXAMINE may not.
constexpr command_set changes_mailboxes(command_kind::select, command_kind::delete_, command_kind::rename,
                                        command_kind::other);

struct literal {
    std::uint64_t size;
    bool synchronising;
};

/// The literal that a line ends by, if any.
std::optional<literal> literal_of(std::string_view line) {
    if (!line.ends_with('}'))
        return std::nullopt;
    const auto brace = line.rfind('{');
    if (brace == std::string_view::npos)
        return std::nullopt;
    auto count = line.substr(brace + 1, line.size() - brace - 2);
    const bool plus = count.ends_with('+');
    count.remove_suffix(plus ? 1 : 0);
    literal l{0, !plus};
    const auto [end, failed] = std::from_chars(count.data(), count.data() + count.size(), l.size);
    if (failed != std::errc() || end != count.data() + count.size())
        return std::nullopt;
    return l;
}

void keep(command& c, std::string_view octets) {
    const auto room = most_arguments - c.arguments.size();
    c.cut = c.cut || octets.size() > room;
    c.arguments.append(octets.substr(0, room));
}

bool takes_lines(const command& c) {
    return c.is_whole() && (c.what == command_kind::idle || c.what == command_kind::authenticate);
}

} // namespace

command* command_log::open() {
    return count_ > 0 && !commands_[count_ - 1].is_whole() ? &commands_[count_ - 1] : nullptr;
}

void command_log::sent(std::string_view octets) {
    while (!octets.empty() && !lost_)
        octets.remove_prefix(take(octets));
}

std::size_t command_log::take(std::string_view octets) {
    auto* current = open();
    if (current && current->state == command::sending::announced) {
        lose();
        return 0;
    }
    if (current && current->state == command::sending::literal) {
        const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(current->literal_left, octets.size()));
        keep(*current, octets.substr(0, some));
        current->literal_left -= some;
        if (current->literal_left == 0)
            current->state = command::sending::text;
        return some;
    }
    const auto end = octets.find('\n');
    if (end == std::string_view::npos || partial_) {
        if (!partial_)
            partial_ = std::make_unique<std::string>();
        partial_->append(octets.substr(0, end == std::string_view::npos ? end : end + 1));
        if (partial_->size() > longest_line)
            lose();
    }
    if (end == std::string_view::npos)
        return octets.size();
    take_line(partial_ ? std::string_view(*partial_) : octets.substr(0, end + 1));
    partial_.reset();
    return end + 1;
}

void command_log::take_line(std::string_view line) {
    const bool odd = !line.ends_with("\r\n") || line.size() > longest_line ||
                     line.find('\0') != std::string_view::npos || line.find('\r') + 2 != line.size();
    if (odd) {
        lose();
        return;
    }
    line.remove_suffix(2);
    if (auto* current = open())
        end_line(*current, line);
    else if (!take_more(line))
        begin(line);
}

/// Whatever the server made of it, it may be more than this session has to do with.
void command_log::lose() {
    lost_ = true;
    scenario_.note_writer(0);
}

/// IDLE and AUTHENTICATE go on in lines without a tag.
bool command_log::take_more(std::string_view line) {
    if (count_ == 0 || line.find(' ') != std::string_view::npos)
        return false;
    auto& last = commands_[count_ - 1];
    if (!takes_lines(last))
        return false;
    ++last.lines_more;
    return true;
}

void command_log::begin(std::string_view line) {
    const auto end = line.find(' ');
    const auto tag = line.substr(0, end);
    if (end == std::string_view::npos || tag.empty() || tag.size() > command::longest_tag ||
        !wire::imap::all(tag, octet_class::astring) || tag.find('+') != std::string_view::npos) {
        lose();
        return;
    }
    line.remove_prefix(end + 1);
    if (count_ == commands_.size())
        commands_.emplace_back();
    for (std::size_t i = 0; i < count_; ++i)
        commands_[i].accompanied = true;
    auto& c = commands_[count_++];
    c.accompanied = count_ > 1;
    c.tag_size = static_cast<std::uint8_t>(tag.size());
    std::copy(tag.begin(), tag.end(), c.tag_octets.begin());
    c.continuations = c.lines_more = 0;
    c.arguments.clear();
    c.cut = false;
    c.what = take_command(line);
    c.sent_at = scenario_.tick();
    if (changes_mailboxes.has(c.what))
        scenario_.note_writer(session_);
    if (c.what == command_kind::delete_ || c.what == command_kind::rename)
        scenario_.forget_names();
    end_line(c, line);
}

void command_log::end_line(command& c, std::string_view line) {
    keep(c, line);
    const auto more = literal_of(line);
    c.state = !more                 ? command::sending::whole
              : more->synchronising ? command::sending::announced
                                    : command::sending::literal;
    if (!more)
        return;
    keep(c, "\r\n");
    c.literal_left = more->size;
    if (!more->synchronising && more->size > most_literal_) {
        exceeds_ = most_literal_ > 0;
        lose();
    }
    if (c.state == command::sending::literal && more->size == 0)
        c.state = command::sending::text;
}

bool command_log::continued() {
    if (lost_)
        return true;
    if (auto* current = open(); current && current->state == command::sending::announced) {
        current->state = current->literal_left > 0 ? command::sending::literal : command::sending::text;
        return true;
    }
    bool unknown = false;
    for (std::size_t i = 0; i < count_; ++i) {
        auto& c = commands_[i];
        unknown = unknown || c.what == command_kind::other;
        const auto most = c.what == command_kind::idle ? 1 : c.lines_more + 1;
        if (takes_lines(c) && c.continuations < most) {
            ++c.continuations;
            return true;
        }
    }
    return unknown;
}

void command_log::doubt() {
    constexpr command_set with_more_lines(command_kind::idle, command_kind::authenticate);
    for (std::size_t i = 0; i < count_; ++i)
        if (!with_more_lines.has(commands_[i].what))
            commands_[i].what = command_kind::other;
}

command* command_log::find(std::string_view tag) {
    for (std::size_t i = 0; i < count_; ++i)
        if (commands_[i].tag() == tag)
            return &commands_[i];
    return nullptr;
}

/// A command refused before all of it was sent ends there: what is sent of it nonetheless is read as something else.
void command_log::complete(const command& done) {
    exceeds_ = false;
    const auto at = commands_.begin() + (&done - commands_.data());
    if (done.state == command::sending::text || done.state == command::sending::literal)
        lose();
    std::rotate(at, at + 1, commands_.begin() + static_cast<std::ptrdiff_t>(count_));
    --count_;
}

} // namespace mailspec::observe::imap
