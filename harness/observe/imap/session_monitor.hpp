#pragma once

#include "harness/observe/imap/report.hpp"
#include "harness/observe/imap/session_state.hpp"
#include "harness/rfc/finding.hpp"
#include "harness/wire/imap/response.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace mailspec::observe::imap {

/// What must stay true of one IMAP connection, whatever the client does on it.
///
/// Told what went out and what came back, in the order in which it did; gives findings, never an opinion where the
/// texts leave it open or where it can't be told how the server read the client. No I/O, no clock.
class session_monitor {
public:
    explicit session_monitor(scenario_view& of) : state_(of, of.new_session()) {}

    /// Octets of the client, cut anywhere.
    void sent(std::string_view octets);
    /// TLS began.
    void secured() { state_.commands.secured(); }
    void received(const wire::imap::response& r, std::vector<rfc::finding>& found);
    /// Whose mailboxes these are, where what was sent does not show it: after AUTHENTICATE.
    void logged_in_as(std::string_view user);
    /// It is watched from its midst on: what was said before is not known.
    void joined();
    /// Something was said that is not known. Nothing is concluded from the answers to the commands in progress, nor
    /// from what was known of the mailbox and the capabilities.
    void doubt();
    /// The server closed the connection.
    void closed(std::uint64_t at, std::vector<rfc::finding>& found);

private:
    void greeted(const wire::imap::response& r, report& report);
    void untagged(const wire::imap::response& r, report& report);
    void completed(const wire::imap::response& r, report& report);

    session_state state_;
};

} // namespace mailspec::observe::imap
