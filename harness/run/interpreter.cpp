#include "harness/run/interpreter.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/cleanup.hpp"
#include "harness/run/conclude.hpp"
#include "harness/run/play.hpp"
#include "harness/run/setup.hpp"
#include "harness/run/steps.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>
#include <utility>

namespace mailspec::run {
namespace {

const action nothing_more;

play::settings settings_of(const interpreter::settings& how, const verdict::masker& secrets) {
    play::settings s;
    s.io.timeout = how.timeout;
    s.io.transcript = how.transcript;
    s.io.spare = secrets.empty() ? 0 : secrets.longest();
    s.limits = how.limits;
    s.token = how.token;
    return s;
}

} // namespace

struct interpreter::state {
    state(const scenario::scenario& what, const target& against, facts& known, const verdict::masker& s,
          const settings& h)
        : playing(what, against, known, settings_of(h, s)),
          patience(std::min(h.timeout, h.cleanup)),
          secrets(s),
          whole(run()) {}

    script<> run() {
        try {
            co_await perform();
        } catch (const abandoned& a) {
            because = a;
        } catch (missed& m) {
            std::move(m.all.begin(), m.all.end(), std::back_inserter(playing.failures));
        } catch (const std::exception& e) {
            because = abandoned{verdict::outcome::broken, std::string("mailspec failed: ") + e.what()};
        }
        note_place();
        playing.on.enter(finding_log::stage::cleaning_up);
        playing.on.set_timeout(patience);
        try {
            co_await clean_up(playing);
        } catch (const std::exception& e) {
            because = abandoned{verdict::outcome::broken, std::string("mailspec failed to clean up: ") + e.what()};
            note_place();
        }
    }

    void note_place() {
        if (because)
            because->at = static_cast<std::uint32_t>(playing.on.transcript().last());
    }

    script<> perform() {
        if (const auto why = why_unsupported(playing.what, playing.needs, playing.against))
            throw abandoned{verdict::outcome::unsupported, *why};
        co_await set_up(playing);
        playing.on.enter(finding_log::stage::steps);
        co_await do_steps(playing, playing.what.steps);
    }

    play playing;
    bool begun = false;
    std::chrono::milliseconds patience; ///< with the cleaning up
    const verdict::masker& secrets;
    std::optional<abandoned> because;
    script<> whole;
};

interpreter::interpreter(const scenario::scenario& what, const target& against, facts& known,
                         const verdict::masker& secrets, settings how)
    : state_(std::make_unique<state>(what, against, known, secrets, std::move(how))) {}

interpreter::~interpreter() = default;

const action& interpreter::resume(event e) {
    auto& s = *state_;
    s.playing.on.resume(std::move(e));
    if (!std::exchange(s.begun, true))
        s.whole.start();
    return s.playing.on.waits() ? s.playing.on.wanted() : nothing_more;
}

verdict::scenario_record interpreter::take_record() {
    return conclude(state_->playing, state_->because, state_->secrets);
}

} // namespace mailspec::run
