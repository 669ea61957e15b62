#pragma once

#include "harness/match/variables.hpp"
#include "harness/run/demands.hpp"
#include "harness/run/dialogue.hpp"
#include "harness/run/facts.hpp"
#include "harness/run/guard.hpp"
#include "harness/run/line.hpp"
#include "harness/run/script.hpp"
#include "harness/run/stage.hpp"
#include "harness/run/target.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/verdict/record.hpp"
#include "harness/wire/buffer.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailspec::run {

/// One end of one connection: its state and the dialogue over it.
struct party {
    std::unique_ptr<dialogue> talk;
    const scenario::session* plays = nullptr; ///< null: a helper of the harness
    std::unique_ptr<guard> guarded;           ///< where mail that is to be kept is within reach
    bool greeted = false;                     ///< SMTP: EHLO was answered
    bool tls_due = false; ///< STARTTLS is demanded, and put off so that the greeting can be judged first
    line over;
    std::string mailbox; ///< the scratch mailbox it has selected
};

/// A scratch mailbox of this scenario.
struct scratch {
    std::string role;
    std::string name; ///< everything whose name begins with it is ours
    bool removed = false;
};

/// An expectation that did not hold; thrown by steps, caught by <poll> or where the scenario ends.
struct missed {
    struct one {
        verdict::failure what;
        std::uint64_t transcript = 0; ///< number of the entry it is about
    };
    std::vector<one> all;
};

/// The answer to a question so far: asked again (in <repeat>), the alternative written last counts.
struct answered {
    verdict::answer what;
    std::size_t rank = 0; ///< which of the alternatives it was
};

class told;

/// The session of the innermost <effect> that goes on, and who keeps what it is told.
struct acting {
    const party* who = nullptr;
    told* hears = nullptr;
};

/// Everything that the scripts of one scenario share while it is played.
struct play {
    struct settings {
        stage::settings io;
        wire::limits limits;
        std::string token; ///< unique to this scenario
    };
    play(const scenario::scenario& s, const target& t, facts& k, settings with)
        : on(with.io),
          what(s),
          against(t),
          known(k),
          how(std::move(with)),
          needs(read_demands(s)),
          kept(find_kept(needs, against)) {}

    play(const play&) = delete;
    play& operator=(const play&) = delete;

    /// A party for a connection that is not yet made.
    party& add(const endpoint& door, std::string_view role, std::string name);

    /// Appends what the text at that line of the scenario stands for now; throws `abandoned` where it stands for
    /// nothing.
    void expand(const match::text& text, const scenario::position& at, match::outgoing& into) const;

    // What every command needs comes first, close together.
    stage on;
    match::outgoing out;                         ///< reused for each command
    std::vector<std::unique_ptr<party>> parties; ///< first the scenario's sessions, in order, then helpers
    run::acting acting;
    match::variables bound;

    const scenario::scenario& what;
    const target& against;
    facts& known;
    settings how;
    demands needs;
    kept_account kept;
    std::vector<scratch> scratches;
    std::vector<missed::one> failures;
    std::vector<answered> answers;
};

} // namespace mailspec::run
