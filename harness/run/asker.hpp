#pragma once

#include "harness/run/io.hpp"

namespace mailspec::run {

/// What a session obeys: it asks for I/O, one action at a time, and does none itself.
///
/// Takes    Start with resume({}); do what it asks, then resume() with how it went, until it asks for
///          action::kind::finished.
class asker {
public:
    virtual ~asker() = default;
    virtual const action& resume(event e) = 0;
};

} // namespace mailspec::run
