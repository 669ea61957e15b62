#pragma once

#include "harness/verdict/record.hpp"

namespace mailspec::tests {

/// A run with each outcome, a hostile server and fixed times; what the golden files show.
verdict::run_record sample_run();

/// The same, compared with a baseline: something of it is known, new, better, and unsupported now.
verdict::run_record sample_run_against_baseline();

/// That run where everything that a server says, and every name that is not ours, is the attack.
verdict::run_record under_attack(verdict::run_record run, const std::string& attack);

/// Requirements of its own, so that the golden files do not change with the catalogue.
const rfc::requirement& a_must();
const rfc::requirement& a_should();

} // namespace mailspec::tests
