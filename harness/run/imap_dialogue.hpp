#pragma once

#include "harness/observe/imap/session_monitor.hpp"
#include "harness/observe/numbering.hpp"
#include "harness/run/dialogue.hpp"
#include "harness/wire/imap/frame_reader.hpp"

#include <string>
#include <vector>

namespace mailspec::run {

/// IMAP: tags, synchronising literals, untagged responses kept until they are judged.
class imap_dialogue final : public dialogue {
public:
    imap_dialogue(stage& on, line& over, wire::limits most)
        : dialogue(on, over, most), reader_(most), monitor_(on.imap_view()) {}

    script<> greet() override;
    void begin(exchange& x, match::outgoing& into) override;
    void end(exchange& x, std::size_t begun, match::outgoing& into) override;
    script<> say(exchange& x, const match::outgoing& out) override;
    script<> hear(exchange& x) override;
    match::answer answer() override;
    void release() override;
    success succeeded() override;
    std::string_view decisive() override;
    std::string challenge() override;
    void gather() override;
    void note_closed() override;
    std::uint32_t number_now(std::uint32_t n) const override { return numbering_.now(n); }

    /// The harness itself has logged in as that user.
    void logged_in_as(std::string_view user) { monitor_.logged_in_as(user); }

    /// The untagged responses of the answer held.
    std::span<const wire::imap::response> untagged();

    /// More untagged responses than that in one answer are not read on.
    static constexpr std::size_t most_responses = 50000;
    /// More completions than that with tags of other commands are not kept: a pipeline has few.
    static constexpr std::size_t most_early = 100;

private:
    enum class arrival { nothing, untagged, continuation, completion, other_completion };
    /// The next whole response that has come, if any.
    arrival next(const exchange& x);
    arrival sort(const exchange& x, wire::frame f);
    /// What is sent is told to the monitor too.
    stage::insisting send(std::string_view octets);
    /// Gives up on an answer that has become too long.
    void refuse_too_much(wire::frame f);
    void learn(const wire::imap::response& r, wire::frame f);
    void note_state(std::string_view asked);
    bool take_early(const exchange& x);
    bool is_tag_of(const exchange& x, std::string_view tag) const;
    wire::imap::response& next_untagged();
    arrival sort_decisive(const exchange& x, wire::imap::response& r, wire::frame f);

    struct early {
        std::string octets;
        std::uint64_t at;
    };

    // What every command needs comes first, close together.
    wire::imap::frame_reader reader_;
    std::uint32_t last_tag_ = 0;
    std::uint32_t open_tag_ = 0; ///< of the command that waits for its next line
    enum class held { nothing, completion, continuation } holds_ = held::nothing;
    bool raw_line_open_ = false;
    bool secured_ = false; ///< as the monitor knows
    std::size_t count_ = 0;
    wire::frame decisive_frame_;
    wire::imap::response decisive_; ///< completion or continuation
    observe::imap::session_monitor monitor_;
    observe::numbering numbering_;
    std::vector<early> early_;
    std::string decisive_octets_; ///< where it came before its turn

    std::vector<wire::imap::response> untagged_; ///< pooled: the first count_ are the answer's
    std::vector<wire::frame> frames_;
    std::string raw_tag_; ///< the first word of raw octets: what their answer is tagged with
};

} // namespace mailspec::run
