#pragma once

#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// A mailbox name with wildcards: "*" for anything, "%" for anything without "/".
///
/// Source   RFC 3501 section 6.3.8. INBOX matches in any case.
/// Takes time of name times pattern at most, whatever the pattern.
class name_pattern {
public:
    explicit name_pattern(std::string pattern);
    bool matches(std::string_view name) const;

private:
    std::string pattern_;
    std::string in_capitals_;
};

} // namespace mailspec::serve::imap
