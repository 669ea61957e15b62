#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/imap/value.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace mailspec::wire::imap {

enum class response_form : std::uint8_t {
    tagged,       ///< tag SP status
    untagged,     ///< "*" SP ...
    continuation, ///< "+" ...
    malformed     ///< none of these; a finding says so
};

/// What a response is about (RFC 3501 and 9051 section 7, and the extensions named beside each).
enum class response_kind : std::uint8_t {
    ok,
    no,
    bad,
    bye,
    preauth, // status
    capability,
    enabled,
    id,
    list,
    lsub,
    xlist,
    namespace_,
    status,
    search,
    esearch,
    flags,
    exists,
    recent,
    expunge,
    vanished,
    fetch,
    sort,
    thread, // RFC 5256
    quota,
    quotaroot, // RFC 9208
    acl,
    listrights,
    myrights, // RFC 4314
    metadata, // RFC 5464
    language,
    comparator, // RFC 5255
    other
};

/// One server response, parsed. Reused: parse() overwrites it without allocating once it is warm.
///
/// Children of values.root(), by kind:
///   status      [code] text          (either may be missing)
///   list, lsub  attribute list, delimiter, mailbox, [extended data list]
///   exists, recent, expunge          none: the number is in `number`
///   fetch       one list of item names and values, alternating
///   others      the arguments after the response's name, in order, as generic values
struct response {
    response_form form = response_form::malformed;
    response_kind kind = response_kind::other;
    std::uint64_t at = 0;                     ///< of the first octet, from the start of the connection
    std::uint32_t number = 0;                 ///< message number or count in front of the name
    std::uint32_t tag_at = 0, tag_size = 0;   ///< tagged only: in the frame
    std::uint32_t name_at = 0, name_size = 0; ///< "OK", "FETCH" as it came
    tree values;

    std::string_view tag() const { return values.frame().substr(tag_at, tag_size); }
    std::string_view name() const { return values.frame().substr(name_at, name_size); }
    bool is_status() const { return kind <= response_kind::preauth; }
    const node* code() const; ///< the status response's code, or null
    const node* text() const; ///< the status response's or continuation's text, or null
};

/// Parses one frame: complete syntax of RFC 3501, RFC 9051 and the extensions of response_kind.
///
/// Lenient in reading, loud in reporting: each departure from the grammar becomes a finding with its
/// offset in the connection, and reading goes on; unknown data is kept as a generic tree.
/// Takes one whole frame, line end included. Never throws on input; no allocation once `out` is warm.
void parse(std::string_view frame, std::uint64_t at, response& out, std::vector<rfc::finding>& findings);

} // namespace mailspec::wire::imap
