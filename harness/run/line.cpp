#include "harness/run/line.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

/// UID commands are named by two words.
bool is_uid(std::string_view word) {
    return word.size() == 3 && (word[0] | 0x20) == 'u' && (word[1] | 0x20) == 'i' && (word[2] | 0x20) == 'd';
}

} // namespace

std::string line::show() const {
    std::string out;
    if (!role.empty())
        out = role + "'s ";
    else
        out = "the ";
    out += display_name(door.protocol);
    out += " server at ";
    out += door.show();
    return out;
}

std::string line::answer() const { return asked == unasked_greeting ? "its greeting" : "its answer to " + asked; }

void name_command(std::string_view command, std::string& into) {
    auto end = command.find_first_of(" \r\n");
    if (end != std::string_view::npos && is_uid(command.substr(0, end)))
        end = command.find_first_of(" \r\n", end + 1);
    command = command.substr(0, std::min<std::size_t>(end, 24));
    into = command;
    for (char& c : into)
        if (c < ' ' || c >= 0x7f)
            c = '?';
    if (into.empty())
        into = "what was sent";
}

std::string show_time(std::chrono::milliseconds span) {
    const auto ms = span.count();
    if (ms % 1000 == 0)
        return std::to_string(ms / 1000) + " s";
    return std::to_string(ms) + " ms";
}

std::string_view display_name(wire::protocol p) {
    switch (p) {
    case wire::protocol::imap: return "IMAP";
    case wire::protocol::pop3: return "POP3";
    case wire::protocol::smtp: return "SMTP";
    case wire::protocol::submission: return "submission";
    case wire::protocol::lmtp: return "LMTP";
    case wire::protocol::managesieve: return "ManageSieve";
    }
    return "";
}

std::string quote(std::string_view octets, std::size_t most) {
    while (!octets.empty() && (octets.back() == '\r' || octets.back() == '\n'))
        octets.remove_suffix(1);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : octets.substr(0, most)) {
        const auto u = static_cast<unsigned char>(c);
        if (u >= 0x20 && u < 0x7f)
            out += c;
        else if (c == '\r')
            out += "\\r";
        else if (c == '\n')
            out += "\\n";
        else {
            out += "\\x";
            out += digits[u >> 4];
            out += digits[u & 15];
        }
    }
    if (octets.size() > most)
        out += "...";
    return out;
}

} // namespace mailspec::run
