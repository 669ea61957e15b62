#pragma once

#include "harness/rfc/requirement.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::reports {

/// What stands behind one requirement of the catalogue.
struct covered {
    const rfc::requirement* what = nullptr; ///< never null
    std::vector<std::string> proven_by;     ///< scenarios that prove it, ascending
    std::vector<std::string>
        answered_by;                     ///< scenarios that ask something of which an answer goes against it, ascending
    std::vector<std::string> watched_by; ///< "reader", "monitor", "observer": who finds it, whatever a scenario expects
    enum class breach { none, known } shown; ///< known: the built-in server can break it by its id, and is caught

    enum class state { proven, untestable, open };
    /// proven: somebody notices a breach, and a breach shows that; untestable: no black box can; open: the rest.
    state stands() const;
};

/// What a report of coverage is about.
struct coverage {
    std::vector<covered> requirements; ///< ascending by id
    std::vector<std::string> counted;  ///< the RFCs that are counted; empty: all
};

/// "proven", "untestable", "open"
std::string_view to_string(covered::state s);

/// Which IMAP a requirement binds: "rev1" where nothing but RFC 3501 states it, "rev2" where nothing but RFC 9051, else
/// "both", as with extensions; empty for other protocols.
std::string_view profile_of(const rfc::requirement& r);

/// "proven by imap/noop, the monitor; shown by the mischief imap.noop.succeeds", "because ...", "no scenario ...".
std::string reason_of(const covered& c);

/// How many there are.
struct coverage_count {
    std::size_t catalogued = 0, proven = 0, untestable = 0, open = 0;
    void add(covered::state s);
    std::size_t testable() const { return catalogued - untestable; }
    std::string share() const; ///< of the testable, "95 %"; "-" where none is
};

/// Orders RFCs by their number, and what is none behind them.
struct by_number {
    bool operator()(std::string_view a, std::string_view b) const;
};

/// Of each RFC, by level; a requirement that several RFCs state counts for each of them.
using coverage_counts = std::map<std::string_view, std::map<rfc::level, coverage_count>, by_number>;
coverage_counts counts_of(const coverage& all);

/// Each requirement once.
coverage_count total_of(const coverage& all);

/// Where a requirement stands: of each RFC and section that states it the first sentence, in the catalogue's order.
std::vector<const rfc::citation*> places_of(const rfc::requirement& r);

} // namespace mailspec::reports
