#include "tests/observe/pop3_talk.hpp"

namespace mailspec::observe {

using shape = wire::pop3::frame_reader::shape;

void pop3_talk::reply(const std::string& octets, shape how) {
    wire::pop3::reply r;
    std::vector<rfc::finding> of_syntax;
    wire::pop3::parse(octets, at_, how, r, of_syntax);
    watched_.took(r, found_);
    at_ += octets.size();
}

void pop3_talk::server(std::string_view line) {
    const auto octets = std::string(line) + "\r\n";
    if (!partly_.empty()) {
        partly_ += octets;
        if (line == ".")
            reply(std::exchange(partly_, {}), shape::multi_line_if_ok);
        return;
    }
    if (asked_.empty())
        return watched_.left(octets, at_, found_);
    const auto command = asked_.front();
    asked_.erase(asked_.begin());
    if (line.starts_with("+OK") && wire::pop3::answers_multi_line(command))
        partly_ = octets;
    else
        reply(octets, shape::single_line);
}

std::set<std::string> pop3_talk::operator()(std::string_view dialogue) {
    while (!dialogue.empty()) {
        const auto end = std::min(dialogue.find('\n'), dialogue.size());
        auto line = dialogue.substr(0, end);
        dialogue.remove_prefix(std::min(end + 1, dialogue.size()));
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (line.starts_with("C: ")) {
            watched_.sent(line.substr(3));
            asked_.emplace_back(line.substr(3));
        } else if (line.starts_with("S: ")) {
            server(line.substr(3));
        }
    }
    std::set<std::string> ids;
    for (const auto& each : found_)
        ids.emplace(each.broken->id);
    return ids;
}

} // namespace mailspec::observe
