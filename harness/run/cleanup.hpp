#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

namespace mailspec::run {

/// Removes the scenario's scratch mailboxes, over a session that still works or a fresh one, and says goodbye on every
/// connection. What cannot be removed is noted in the transcript; never throws for what the server does.
script<> clean_up(play& of);

} // namespace mailspec::run
