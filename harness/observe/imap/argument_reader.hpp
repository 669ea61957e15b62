#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailspec::observe::imap {

/// Reads the arguments of a command word by word, as a server does.
///
/// Life     of the octets given.
class argument_reader {
public:
    explicit argument_reader(std::string_view arguments) : rest_(arguments) {}

    struct token {
        enum class kind : std::uint8_t { atom, string, open, close, end, malformed } what = kind::end;
        std::string_view raw; ///< of an atom with what stands in its brackets; of a string its content as it came
        bool escaped = false; ///< a quoted string with a backslash inside
        std::string text() const;
    };
    token next();
    /// An atom or a string, or nothing.
    std::optional<std::string> astring();
    /// What is not read yet.
    std::string_view rest() const { return rest_; }

private:
    token quoted();
    token literal();
    token atom();
    std::string_view rest_;
};

} // namespace mailspec::observe::imap
