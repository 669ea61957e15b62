#pragma once

#include <string_view>

namespace mailspec::match {

/// Do both name the same numbers, as "1:3" and "2,1,3" do? False where either is no sequence set.
/// Source: RFC 9051 section 9, sequence-set.
bool same_numbers(std::string_view a, std::string_view b);

} // namespace mailspec::match
