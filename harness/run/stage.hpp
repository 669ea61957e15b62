#pragma once

#include "harness/observe/imap/scenario_view.hpp"
#include "harness/observe/maildrop_memory.hpp"
#include "harness/run/finding_log.hpp"
#include "harness/run/io.hpp"
#include "harness/run/line.hpp"
#include "harness/run/transcript_log.hpp"

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <span>
#include <string_view>

namespace mailspec::run {

/// Where a scenario's scripts meet the world: they ask here for I/O and suspend; resume() carries on.
///
/// Everything sent and received passes by here, so the transcript and the findings are kept here too. Where the
/// world fails, send(), receive(), connect() and start_tls() throw `abandoned` with a sentence for people.
class stage {
public:
    struct settings {
        std::chrono::milliseconds timeout{10000};
        std::size_t transcript = 128u << 10;
        std::size_t spare = 0; ///< octets a secret may take
    };
    explicit stage(settings s) : settings_(s), transcript_(s.transcript, s.spare) {}

    /// Hands an event to the script that waits for it.
    void resume(event&& e);
    const action& wanted() const { return wanted_; }
    /// Does a script wait for what is wanted?
    bool waits() const { return static_cast<bool>(waiting_); }
    std::chrono::microseconds now() const { return last_.at; }
    trouble last_trouble() const { return last_.why; }
    std::chrono::milliseconds timeout() const { return settings_.timeout; }

    /// Any action, without judging how it went.
    struct asking {
        stage& on;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> h) const noexcept { on.waiting_ = h; }
        const event& await_resume() const noexcept { return on.last_; }
    };
    /// An action on a line that must go well.
    struct insisting : asking {
        line& of;
        void await_resume() const { on.settle(of); }
    };

    insisting connect(line& l);
    insisting start_tls(line& l);
    insisting send(line& l, std::string_view octets); ///< the octets must live until it is done
    insisting receive(line& l);                       ///< by the deadline of the line's answer
    asking listen(line& l, std::chrono::milliseconds within);
    asking close(line& l);

    /// The whole answer is due one operation timeout from now; what keeps flowing moves it on.
    void begin_answer(line& l);

    /// A piece of the dialogue for the transcript.
    void show_sent(line& l, std::string_view octets);
    void show_received(line& l, std::string_view octets);
    void note(const line& l, std::string_view words);
    void find(const line& l, std::span<const rfc::finding> found);

    /// While a login goes on, what is sent is shown as "[masked]".
    enum class showing { all, masked };
    void show_sends(showing s) { sends_ = s; }
    /// Findings from now on are attributed to that part of the scenario.
    void enter(finding_log::stage when) { when_ = when; }
    void set_timeout(std::chrono::milliseconds t) { settings_.timeout = t; }

    /// What the scenario's IMAP sessions learn together.
    observe::imap::scenario_view& imap_view() { return imap_; }
    const observe::imap::scenario_view& imap_view() const { return imap_; }

    const transcript_log& transcript() const { return transcript_; }
    /// What this scenario's POP3 sessions saw in the maildrops.
    observe::maildrop_memory& maildrops() { return maildrops_; }
    const finding_log& findings() const { return findings_; }

private:
    void settle(line& l);
    void want(action::kind what, line& l, std::chrono::milliseconds within);
    [[noreturn]] void fail(line& l) const;

    // What every command needs comes first, close together.
    std::coroutine_handle<> waiting_;
    action wanted_;
    event last_;
    settings settings_;
    showing sends_ = showing::all;
    finding_log::stage when_ = finding_log::stage::setting_up;
    observe::imap::scenario_view imap_;
    transcript_log transcript_;

    finding_log findings_;
    observe::maildrop_memory maildrops_;
};

/// Throws `abandoned` where that came because the run was interrupted.
void mind_interruption(const event& heard);

} // namespace mailspec::run
