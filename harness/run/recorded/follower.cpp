#include "harness/run/recorded/follower.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/run/recorded/imap_follower.hpp"
#include "harness/run/recorded/pop3_follower.hpp"
#include "harness/run/recorded/smtp_follower.hpp"

#include <algorithm>

namespace mailspec::run::recorded {
namespace {

namespace req = rfc::req;

/// How lines ended is not to be seen in a text.
bool is_about_line_ends(const rfc::requirement& r) {
    const rfc::requirement* all[] = {&req::imap_syntax_crlf, &req::pop3_syntax_crlf, &req::pop3_syntax_payload_crlf,
                                     &req::smtp_syntax_crlf};
    return std::find(std::begin(all), std::end(all), &r) != std::end(all);
}

/// Nor is a blank at the end of a line.
bool is_about_last_blank(const rfc::requirement& r) {
    const rfc::requirement* all[] = {&req::imap_syntax_text, &req::imap_syntax_continuation, &req::imap_syntax_space,
                                     &req::smtp_syntax_bare_code, &req::pop3_syntax_challenge};
    return std::find(std::begin(all), std::end(all), &r) != std::end(all);
}

} // namespace

void follower::begin_frame() {
    frame_.clear();
    places_.clear();
    found_.clear();
}

void follower::add(const line& said, std::string_view octets) {
    places_.emplace_back(at_, said.index);
    frame_ += octets;
    at_ += octets.size();
}

void follower::tell() {
    std::string_view words = frame_;
    words.remove_suffix(words.ends_with("\r\n") ? 2 : 0);
    const auto end = frame_at() + words.size();
    for (const auto& each : found_) {
        const auto at_end = each.at >= end || words.size() <= 1;
        if (is_written_by_people() &&
            (is_about_line_ends(*each.broken) || (at_end && is_about_last_blank(*each.broken))))
            continue;
        auto place = places_.begin();
        for (auto next = places_.begin(); next != places_.end() && next->first <= each.at; ++next)
            place = next;
        of_.findings.add(std::span(&each, 1), {place->second, session_, spoken_, finding_log::stage::steps});
    }
    found_.clear();
}

std::unique_ptr<follower> make_follower(together& of, follower::begun from, wire::protocol spoken,
                                        std::size_t session) {
    if (spoken == wire::protocol::imap)
        return std::make_unique<imap_follower>(of, from, session);
    if (spoken == wire::protocol::pop3)
        return std::make_unique<pop3_follower>(of, from, session);
    return std::make_unique<smtp_follower>(of, from, spoken, session);
}

} // namespace mailspec::run::recorded
