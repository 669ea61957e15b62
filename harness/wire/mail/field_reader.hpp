#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::wire::mail {

/// One attribute of a structured field, continuations joined (RFC 2231); the name ends in "*" where the value
/// told its character set, and the value is UTF-8 then, as RFC 9051 section 7.5.2 wants it.
struct parameter {
    std::string name;
    std::string value;
};

/// A Content-Type (RFC 2045 section 5); type empty: the field is malformed.
struct media {
    std::string type;
    std::string subtype;
    std::vector<parameter> parameters;
};

/// A Content-Disposition (RFC 2183); kind empty: the field is malformed.
struct disposition {
    std::string kind;
    std::vector<parameter> parameters;
};

/// One entry of an address list, groups laid flat as ENVELOPE has them (RFC 9051 section 7.5.2).
struct address {
    enum class kind : std::uint8_t { mailbox, group_start, group_end } what = kind::mailbox;
    std::string name;  ///< display name or group name, unquoted; encoded words as they stand
    std::string local; ///< mailbox only, unquoted
    std::string host;  ///< mailbox only; empty where the message has none
    std::string route; ///< "@a.test,@b.test" (RFC 5322 section 4.4, obs-route); mostly empty
};

/// A point in time as a message writes it.
struct date {
    std::int64_t seconds = 0; ///< since 1970-01-01 UTC
    int zone_minutes = 0;
};

enum class encoding : std::uint8_t { identity, base64, quoted_printable, uuencode, unknown };

/// Reads what stands in the fields and bodies of messages; the work is GMime's.
///
/// GMime and GLib take 1.4 ms to be loaded into a program, so they sit in a module of their own that the first
/// call of get() loads.
class field_reader {
public:
    /// Throws std::runtime_error with a sentence where the module is not to be found.
    static const field_reader& get();

    virtual media content_type(const std::string& value) const = 0;
    virtual disposition content_disposition(const std::string& value) const = 0;
    virtual std::vector<address> addresses(const std::string& value) const = 0;
    virtual encoding transfer_encoding(const std::string& value) const = 0;
    /// Takes any encoding but unknown.
    virtual std::string decode(encoding how, std::string_view octets) const = 0;
    /// RFC 5322 section 3.3, also the obsolete forms.
    virtual std::optional<date> read_date(const std::string& value) const = 0;
    /// Encoded words (RFC 2047) decoded, in UTF-8: for SEARCH.
    virtual std::string decode_words(const std::string& value) const = 0;
    /// 32 small hexadecimal digits.
    virtual std::string md5(std::string_view octets) const = 0;

protected:
    ~field_reader() = default;
};

} // namespace mailspec::wire::mail

extern "C" {
/// What the module exports.
using mailspec_field_reader_function = const mailspec::wire::mail::field_reader*();
}
