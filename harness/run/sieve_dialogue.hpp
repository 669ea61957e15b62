#pragma once

#include "harness/run/dialogue.hpp"
#include "harness/wire/sieve/response.hpp"

#include <vector>

namespace mailspec::run {

/// ManageSieve: lines until OK, NO or BYE; a lone string during AUTHENTICATE is a challenge.
class sieve_dialogue final : public dialogue {
public:
    sieve_dialogue(stage& on, line& over, wire::limits most) : dialogue(on, over, most), reader_(most) {}

    script<> greet() override;
    void begin(exchange& x, match::outgoing& into) override;
    script<> hear(exchange& x) override;
    match::answer answer() override;
    void release() override;
    success succeeded() override;
    std::string_view decisive() override;
    std::string challenge() override;

private:
    void learn();

    wire::sieve::frame_reader reader_;
    std::vector<wire::sieve::response> lines_; ///< pooled: the first count_ are the answer's
    std::vector<wire::frame> frames_;
    std::size_t count_ = 0;
};

} // namespace mailspec::run
