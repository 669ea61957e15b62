#pragma once

#include <string>

namespace mailspec::serve {

/// Twenty letters and digits that nobody can guess.
std::string random_secret();

} // namespace mailspec::serve
