#pragma once

#include "harness/run/io.hpp"
#include "harness/wire/buffer.hpp"

#include <cstddef>

namespace mailspec::run {

/// What a session obeys: it asks for I/O, one action at a time, and does none itself.
///
/// Takes    Start with resume({}); do what it asks, then resume() with how it went, until it asks for
///          action::kind::finished.
class asker {
public:
    virtual ~asker() = default;
    virtual const action& resume(event e) = 0;
    /// Where a receive or listen puts the octets of that line: prepare() and commit().
    virtual wire::buffer& input(std::size_t line) = 0;
};

} // namespace mailspec::run
