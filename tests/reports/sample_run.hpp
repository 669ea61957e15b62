#pragma once

#include "harness/verdict/record.hpp"

namespace mailspec::tests {

/// A run with each outcome, a hostile server and fixed times; what the golden files show.
verdict::run_record sample_run();

/// Requirements of its own, so that the golden files do not change with the catalogue.
const rfc::requirement& a_must();
const rfc::requirement& a_should();

} // namespace mailspec::tests
