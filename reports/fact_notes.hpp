#pragma once

#include "reports/facts.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mailspec::reports {

/// The notes below a table of facts, numbered from 1: first the requirements that an answer breaks, then why there is
/// no answer; the same note once.
struct fact_notes {
    explicit fact_notes(const facts& of);

    /// The number of the note that a cell needs; 0: none.
    std::size_t number(const fact_cell& cell) const;

    std::vector<const rfc::requirement*> broken;
    std::vector<std::string> reasons; ///< "unsupported: the server does not announce BINARY"
};

/// "[SHOULD] id: title"
std::string headline(const rfc::requirement& broken);
/// `RFC 3501 section 6.4.5: "The \Seen flag ..."`
std::string quotation(const rfc::citation& source);

} // namespace mailspec::reports
