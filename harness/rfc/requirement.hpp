#pragma once

#include <span>
#include <string_view>

namespace mailspec::rfc {

/// How strongly a text demands something (RFC 2119, RFC 8174).
enum class level { must, must_not, should, should_not, may };

/// The words of the RFCs: "MUST NOT".
std::string_view to_string(level l);

/// One place that states a requirement.
struct citation {
    std::string_view rfc;      ///< number as text: "9051"
    std::string_view section;  ///< "6.4.5"
    std::string_view sentence; ///< quoted as it stands there, line breaks as spaces
};

/// One thing that an RFC demands of a server; the catalogue is scenarios/requirements/*.xml.
struct requirement {
    std::string_view id; ///< "imap.fetch.rfc822.sets-seen"; never changes
    level strength;
    std::string_view title;            ///< one short clause for people
    std::span<const citation> sources; ///< every place that states it; never empty
    std::string_view untestable;       ///< why no black box can test it; empty: it can be
};

} // namespace mailspec::rfc
