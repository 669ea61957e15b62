#pragma once

#include "harness/observe/imap/scenario_view.hpp"
#include "harness/observe/maildrop_memory.hpp"
#include "harness/rfc/finding.hpp"
#include "harness/run/finding_log.hpp"
#include "harness/run/recorded/line.hpp"
#include "harness/run/recorded/recording.hpp"
#include "harness/wire/protocol.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailspec::run::recorded {

/// What the sessions of one part share.
struct together {
    recording::writer by;
    finding_log& findings;
    observe::imap::scenario_view imap{};
    observe::maildrop_memory maildrops{};
    std::string_view next{}; ///< what the client says behind the lines that are received now; empty: it is not known
};

/// Follows one connection through a recording: puts lines together to what was sent and what came, and has readers and
/// monitors look at it.
///
/// What a recorded text cannot show accuses nobody: where something is doubtful, the monitors are told that they do
/// not know it.
class follower {
public:
    /// Is the connection recorded from its greeting on?
    enum class begun { greeting, midway };

    follower(together& of, begun from, wire::protocol spoken, std::size_t session)
        : of_(of), from_(from), spoken_(spoken), session_(session) {}
    virtual ~follower() = default;
    follower(const follower&) = delete;
    follower& operator=(const follower&) = delete;

    /// Lines of one side in a row; those of the server are taken off the front, up to one that begins anew.
    virtual void sent(std::span<const line> said) = 0;
    virtual void received(std::span<const line>& said) = 0;
    /// TLS is in place.
    virtual void secured() {}
    /// That line notes that octets came for which nobody had asked.
    virtual void unasked(const line&, std::string_view) {}
    /// That line notes that the server closed the connection.
    virtual void closed(const line&) {}
    /// Is that line of the server the greeting of another connection?
    virtual bool begins_anew(const line& said) const = 0;

protected:
    /// Must the text hold whatever went over the connection?
    bool is_exact() const { return of_.by == recording::writer::mailspec && from_ == begun::greeting; }
    bool is_written_by_people() const { return of_.by == recording::writer::people; }
    /// Is a blank in front of it that is perhaps the writer's?
    bool is_shifted(std::string_view words) const {
        return is_written_by_people() && (words.starts_with(' ') || words.starts_with('\t'));
    }

    /// Begins one response, which holds no line yet.
    void begin_frame();
    void add(const line& said, std::string_view octets);
    std::uint64_t frame_at() const { return at_ - frame_.size(); }
    /// Takes down what was found in the frame, but for what such a text cannot show.
    void tell();
    /// Has the monitor look at octets for which nobody had asked.
    template <typename Monitor> void watch_unasked(Monitor& by, const line& said, std::string_view octets) {
        begin_frame();
        add(said, std::string(octets) + "\r\n");
        if (is_exact())
            by.left(frame_, frame_at(), found_);
        tell();
    }

    together& of_;
    begun from_;
    wire::protocol spoken_;
    std::size_t session_;
    std::string frame_;
    std::uint64_t at_ = 0; ///< octets so far
    std::vector<rfc::finding> found_;

private:
    std::vector<std::pair<std::uint64_t, std::size_t>> places_; ///< of the frame: where each line begins, its index
};

std::unique_ptr<follower> make_follower(together& of, follower::begun from, wire::protocol spoken, std::size_t session);

} // namespace mailspec::run::recorded
