#pragma once

#include "harness/scenario/scenario.hpp"

namespace mailspec::run {

/// Does it compare what a POP3 session says with the octets or sizes of the messages that it was to find?
bool compares_maildrop(const scenario::scenario& of);

} // namespace mailspec::run
