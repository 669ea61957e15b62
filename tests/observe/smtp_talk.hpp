#pragma once

#include "harness/observe/smtp_session.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::observe {

/// Plays a dialogue to an SMTP monitor: "C: " lines are sent, "S: " lines are what the server says, "D:" is a whole
/// message, "TLS" a handshake, "X: " lines are sent raw, "L: " octets are left over. Gives the ids of what it finds.
class smtp_talk {
public:
    explicit smtp_talk(smtp_session::kind what = smtp_session::kind::smtp) : watched_(what) {}

    std::set<std::string> operator()(std::string_view dialogue);
    const std::vector<rfc::finding>& found() const { return found_; }

private:
    void play(std::string_view line);
    void server(std::string_view line);

    smtp_session watched_;
    std::vector<rfc::finding> found_;
    std::string partly_; ///< a reply that has begun
    std::uint64_t at_ = 0;
};

} // namespace mailspec::observe
