#pragma once

#include "reports/coverage.hpp"

namespace mailspec::tests {

/// A requirement of each state, one of them claimed and not shown; two RFCs that state the same.
reports::coverage sample_coverage();

} // namespace mailspec::tests
