#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailspec::wire::mail {

/// Octets out of a message: a view of it, or made anew where lines had to be left out or an encoding undone.
class excerpt {
public:
    static excerpt view(std::string_view of_message) {
        excerpt e;
        e.view_ = of_message;
        return e;
    }
    static excerpt made(std::string octets) {
        excerpt e;
        e.own_ = std::move(octets);
        return e;
    }
    /// Life: as this excerpt, and as the message.
    std::string_view octets() const { return own_ ? std::string_view(*own_) : view_; }

private:
    std::string_view view_;
    std::optional<std::string> own_;
};

/// What BODY[section] is: octets exactly as in the message; nothing where there is no such part.
///
/// Source   RFC 9051 section 6.4.5.1.
/// Takes    what stands between the brackets: "", "1.2.MIME", "HEADER", "HEADER.FIELDS (TO CC)", "TEXT".
///          Quoted field names are taken, literals are not.
std::optional<excerpt> section(std::string_view message, std::string_view spec);

/// What BINARY[section] is.
struct binary {
    enum class result { found, no_such_part, unknown_encoding } what = result::no_such_part;
    excerpt content;
};

/// Takes part numbers only ("", "1.2"). Text parts come with CRLF line ends, as RFC 9051 section 7.5.2 demands.
binary decoded(std::string_view message, std::string_view spec);

} // namespace mailspec::wire::mail
