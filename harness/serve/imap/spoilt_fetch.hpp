#pragma once

#include "harness/serve/imap/fetch_item.hpp"
#include "harness/serve/mischief.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace mailspec::serve::imap {

/// What stands in ENVELOPE, BODY and BODYSTRUCTURE goes out as the mischief has it. Takes where these responses begin.
void spoil_structures(std::string& out, std::size_t begun, const mischief& breaches);

/// Another section than the one asked for is given under its name: the text of a part for its header.
void spoil(fetch_item& item, const mischief& breaches);

/// The breaches of these two.
std::span<const rfc::requirement* const> fetch_mischief();

} // namespace mailspec::serve::imap
