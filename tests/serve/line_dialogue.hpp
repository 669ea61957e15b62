#pragma once

#include "harness/serve/session.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace mailspec::serve {

/// Plays the client of a session, and the loop between them.
class line_dialogue {
public:
    explicit line_dialogue(std::unique_ptr<session> served)
        : session_(std::move(served)), greeting_(session_->greeting()) {}

    const std::string& greeting() const { return greeting_; }

    /// Sends exactly these octets; gives all that is answered.
    std::string raw(std::string_view octets) {
        session_->receive(octets);
        auto answer = session_->take_output();
        while (session_->next() == session::action::resume) {
            session_->receive({});
            answer += session_->take_output();
        }
        return answer;
    }

    /// Sends one line.
    std::string say(std::string line) { return raw(line.append("\r\n")); }

    bool is_closed() const { return session_->next() == session::action::close; }
    bool wants_tls() const { return session_->next() == session::action::start_tls; }
    void tls_started() { session_->tls_started(); }

private:
    std::unique_ptr<session> session_;
    std::string greeting_;
};

/// A fixed time of day: Sun, 22 Nov 2026 23:04:12 +0000.
inline std::chrono::sys_seconds fixed_time() { return std::chrono::sys_seconds(std::chrono::seconds(1795388652)); }

inline session_options plain_options() {
    session_options o;
    o.starttls = session_options::tls::available;
    o.clock = fixed_time;
    return o;
}

} // namespace mailspec::serve
