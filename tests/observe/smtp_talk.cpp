#include "tests/observe/smtp_talk.hpp"

#include <algorithm>

namespace mailspec::observe {

void smtp_talk::server(std::string_view line) {
    partly_.append(line).append("\r\n");
    if (line.size() > 3 && line[3] == '-')
        return;
    wire::smtp::reply r;
    std::vector<rfc::finding> of_syntax;
    wire::smtp::parse(partly_, at_, wire::smtp::context::other, r, of_syntax);
    watched_.took(r, found_);
    at_ += partly_.size();
    partly_.clear();
}

void smtp_talk::play(std::string_view line) {
    if (line.starts_with("C: "))
        watched_.sent(line.substr(3));
    else if (line.starts_with("S: "))
        server(line.substr(3));
    else if (line.starts_with("X: "))
        watched_.sent_raw(std::string(line.substr(3)) + "\r\n");
    else if (line.starts_with("L: "))
        watched_.left(line.substr(3), at_, found_);
    else if (line == "D:")
        watched_.sent_message();
    else if (line == "TLS")
        watched_.secured();
}

std::set<std::string> smtp_talk::operator()(std::string_view dialogue) {
    while (!dialogue.empty()) {
        const auto end = std::min(dialogue.find('\n'), dialogue.size());
        auto line = dialogue.substr(0, end);
        dialogue.remove_prefix(std::min(end + 1, dialogue.size()));
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        play(line);
    }
    std::set<std::string> ids;
    for (const auto& each : found_)
        ids.emplace(each.broken->id);
    return ids;
}

} // namespace mailspec::observe
