#pragma once

#include <optional>
#include <string_view>

namespace mailspec::verdict {

/// What one scenario came to; from best to worst in the order that decides the exit status.
enum class outcome {
    conforms,     ///< every expectation and invariant held
    unsupported,  ///< the server does not announce it, or safety forbids it
    deviates,     ///< a SHOULD was not followed
    inconclusive, ///< could not be judged: refused, timed out, set-up failed
    violates,     ///< a MUST was broken
    broken        ///< mailspec itself failed
};

std::string_view to_string(outcome o);

/// The outcome of that name, if there is one.
std::optional<outcome> outcome_called(std::string_view name);

} // namespace mailspec::verdict
