#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::verdict {

/// Removes secrets from octets before anything keeps or shows them.
class masker {
public:
    /// A secret shorter than 3 octets is masked only as a whole word, lest it blacken everything; in base64 only where
    /// that is complete, padding and all, and decodes to the secret alone or as one of the fields of a SASL response.
    void add_secret(std::string_view secret);
    /// Gives the octets with each secret, plain, quoted with IMAP escapes, with octets as \xHH as in our sentences, or
    /// inside a base64 word (whatever its alignment: the word is decoded), replaced by "[masked]"; and so with the
    /// beginning of one in front of "...", where a sentence was cut.
    std::string mask(std::string_view octets) const;
    /// The same of octets that nobody cut: what they have in front of "..." is no beginning of anything.
    std::string mask_whole(std::string_view octets) const;
    bool empty() const { return secrets_.empty(); }
    /// Octets that the longest form of a secret takes: who cuts octets before masking them must drop so many more.
    std::size_t longest() const;

private:
    struct range {
        std::size_t begin, end;
    };
    static std::string replaced(std::string_view octets, std::vector<range> found);
    void find_plain(std::string_view octets, std::vector<range>& found) const;
    void find_encoded(std::string_view octets, std::vector<range>& found) const;
    void find_cut(std::string_view octets, std::vector<range>& found) const;
    bool hides_secret(std::string_view word, std::size_t padding) const;

    std::vector<std::string> secrets_;
    std::vector<std::string> forms_; ///< each secret, and its quoted and escaped forms where they differ
    std::size_t shortest_ = 0;       ///< of the secrets
};

} // namespace mailspec::verdict
