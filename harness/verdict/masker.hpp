#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::verdict {

/// Removes secrets from octets before anything keeps or shows them.
class masker {
public:
    /// A secret shorter than 3 octets is masked only as a whole word, lest it blacken everything.
    void add_secret(std::string_view secret);
    /// Gives the octets with each secret, plain, quoted with IMAP escapes or inside a base64 word (whatever its
    /// alignment: the word is decoded), replaced by "[masked]".
    std::string mask(std::string_view octets) const;
    bool empty() const { return secrets_.empty(); }

private:
    std::vector<std::string> secrets_;
};

} // namespace mailspec::verdict
