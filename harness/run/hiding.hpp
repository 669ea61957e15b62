#pragma once

#include "harness/run/stage.hpp"

namespace mailspec::run {

/// Shows no line that is sent while it lives: digests and proofs are nobody's business.
class hiding {
public:
    explicit hiding(stage& on) : on_(on) { on_.show_sends(stage::showing::masked); }
    ~hiding() { on_.show_sends(stage::showing::all); }
    hiding(const hiding&) = delete;
    hiding& operator=(const hiding&) = delete;

private:
    stage& on_;
};

} // namespace mailspec::run
