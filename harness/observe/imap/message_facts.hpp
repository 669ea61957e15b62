#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace mailspec::observe::imap {

/// What is known of a message that must never change, texts as digests; zero: not known.
struct message_facts {
    struct octets {
        std::uint64_t size = 0;
        std::uint64_t digest = 0; ///< zero: not known
        explicit operator bool() const { return digest != 0; }
        bool operator==(const octets&) const = default;
    };

    std::uint64_t date = 0;           ///< INTERNALDATE in seconds, digested
    std::uint64_t size = 0;           ///< RFC822.SIZE plus one
    std::uint64_t envelope = 0;       ///< ENVELOPE
    std::uint64_t structure = 0;      ///< BODYSTRUCTURE
    std::uint64_t body_structure = 0; ///< BODY, without the extension data
    octets header, text;              ///< BODY[HEADER], BODY[TEXT]
    octets whole_header, whole_text;  ///< BODY[], cut at the first empty line
    std::int64_t day = 0;             ///< that INTERNALDATE shows; valid with date

    static constexpr std::size_t envelope_fields = 10;

    // As the message has them, and as ENVELOPE and BODYSTRUCTURE do.
    std::array<std::uint64_t, envelope_fields> own_envelope{}, told_envelope{}; ///< in the order of ENVELOPE
    std::uint64_t own_octets = 0;                                               ///< of the body, plus one
    std::uint64_t told_octets = 0; ///< plus one: of the only part, where there is just one
    std::string told_shape;
};

} // namespace mailspec::observe::imap
