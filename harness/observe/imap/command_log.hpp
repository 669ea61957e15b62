#pragma once

#include "harness/observe/imap/command.hpp"
#include "harness/observe/imap/scenario_view.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::observe::imap {

/// Which commands are in progress: reads what the client sends as a server must, cut anywhere.
///
/// Where it can't be told how a server reads the octets (a lone LF, NUL, a line without a tag), it is lost from then
/// on: any command may be in progress. Allocates nothing per command once it is warm.
class command_log {
public:
    /// Tells the scenario which session may change mailboxes.
    command_log(scenario_view& of, std::uint32_t session) : scenario_(of), session_(session) {}

    void sent(std::string_view octets);
    /// TLS began: of a line that was not ended before it the server knows nothing.
    void secured() { partial_.reset(); }
    /// A continuation request came. Gives false where none was due.
    bool continued();
    /// The command in progress with that tag, or null. Life: until the next call.
    command* find(std::string_view tag);
    void complete(const command& done);

    /// Those whose completion is due, oldest first; the last may not be sent whole.
    std::span<const command> in_progress() const { return {commands_.data(), count_}; }
    bool lost() const { return lost_; }
    /// From now on those in progress count as commands that are not known.
    void doubt();
    /// A non-synchronising literal went out that is larger than what the server said to take, and is not answered yet.
    bool exceeds() const { return exceeds_; }
    /// Non-synchronising literals of up to so many octets are understood by the server.
    void allow_literals(std::uint64_t most) { most_literal_ = most; }

private:
    std::size_t take(std::string_view octets);
    void take_line(std::string_view line);
    void begin(std::string_view line);
    void end_line(command& c, std::string_view line);
    bool take_more(std::string_view line);
    void lose();
    command* open();

    scenario_view& scenario_;
    std::uint32_t session_;
    std::vector<command> commands_; ///< pooled: the first count_ are in progress
    std::size_t count_ = 0;
    std::unique_ptr<std::string> partial_; ///< a line not yet ended, if any
    std::uint64_t most_literal_ = 0;
    bool lost_ = false;
    bool exceeds_ = false;
};

} // namespace mailspec::observe::imap
