#pragma once

#include "harness/observe/imap/session_monitor.hpp"
#include "harness/run/recorded/follower.hpp"
#include "harness/wire/imap/response.hpp"

#include <optional>
#include <set>

namespace mailspec::run::recorded {

/// IMAP: a literal must be as long as it was announced, else it was shortened and nothing is known of it.
class imap_follower final : public follower {
public:
    imap_follower(together& of, begun from, std::size_t session);

    void sent(std::span<const line> said) override;
    void received(std::span<const line>& said) override;
    void closed(const line& said) override;
    void secured() override { monitor_.secured(); }
    bool begins_anew(const line& said) const override;

private:
    struct due {
        std::uint64_t octets = 0;
        bool synchronising = false;
    };
    void send_line(const line& said, std::string_view words);
    std::span<const line> send_literal(std::span<const line> said);
    void fill_in(std::uint64_t octets);
    /// Takes the lines of one response off the front. Gives false where it is not known whole.
    bool take_response(std::span<const line>& said);
    bool take_literal(std::uint64_t octets, std::span<const line>& said, std::string& rest);
    /// Does that line go on from the one before, though S: stands in front of it again? It is indented deeper, or
    /// begins as no response does.
    bool is_folded(const line& said, std::string_view from) const;
    /// Leaves such lines. Gives whether there were any.
    bool skip_folded(std::span<const line>& said, std::string_view from) const;
    /// Leaves the rest of a response that was shortened.
    void skip_response(std::span<const line>& said) const;
    bool is_completion(std::string_view words) const;
    /// Is a command completed there that is not written down?
    bool completes_unknown(std::span<const line> said) const;
    void judge();
    void doubt();

    observe::imap::session_monitor monitor_;
    wire::imap::response response_;
    std::optional<due> due_; ///< the literal that the last line of the client announces
    std::set<std::string, std::less<>> tags_;
    std::string last_tag_;
    bool rests_ = false; ///< its last command is answered, and nothing was said since
    bool said_bye_ = false;
};

} // namespace mailspec::run::recorded
