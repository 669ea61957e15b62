#pragma once

#include <string_view>

namespace mailspec::wire::smtp {

/// What breaks the grammar of one EHLO line, and where in it; `why` is empty when nothing does.
struct ehlo_fault {
    std::size_t at = 0;
    std::string_view why;
};

/// Source: RFC 5321 section 4.1.1.1, ehlo-line = ehlo-keyword *( SP ehlo-param ).
ehlo_fault check_ehlo_line(std::string_view text);

/// Source: RFC 5321 section 4.1.1.1, Domain [ SP ehlo-greet ]; an address literal passes, as in the greeting.
ehlo_fault check_ehlo_domain(std::string_view text);

/// Source: RFC 5321 section 4.2, ( Domain / address-literal ) [ SP textstring ].
ehlo_fault check_greeting(std::string_view text);

} // namespace mailspec::wire::smtp
