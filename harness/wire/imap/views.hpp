#pragma once

#include "harness/wire/imap/node_range.hpp"
#include "harness/wire/imap/response.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailspec::wire::imap {

// What a response says, without its grammar: nothing here reports; what is missing or malformed is null or
// nothing. Nodes and views live as long as the response is not parsed into again and its octets stay.

/// The values of a response's root, in order.
node_range arguments(const response& r);
/// The argument at that place, or null.
const node* argument(const response& r, std::size_t index);
/// The value behind the key in a list of alternating keys and values, or null. Keys are compared without case.
const node* value_of(const tree& t, const node* first_key, std::string_view key);
/// True when one of the siblings means these octets, without regard to case.
bool contains_ci(const tree& t, const node* first, std::string_view octets);
/// The number that an atom is, or nothing.
std::optional<std::uint64_t> number_of(const tree& t, const node* n);

/// FETCH: the value of "FLAGS", "UID", "BODY[]", "BODY[HEADER.FIELDS (TO)]<0>" ..., or null.
const node* find_fetch_item(const response& r, std::string_view name);
/// The flags of FETCH, of FLAGS, or of the code PERMANENTFLAGS; empty when the response has none.
node_range flags_of(const response& r);

/// LIST, LSUB, XLIST.
struct list_view {
    node_range attributes;
    const node* delimiter = nullptr; ///< a quoted character or NIL
    const node* mailbox = nullptr;
    const node* extended = nullptr; ///< list of extended data, or null
};
std::optional<list_view> list_of(const response& r);
bool has_attribute(const response& r, std::string_view attribute);

/// STATUS: the mailbox, or null.
const node* status_mailbox(const response& r);
/// STATUS: a number such as "UIDNEXT", or nothing.
std::optional<std::uint64_t> status_item(const response& r, std::string_view name);

/// The capabilities of CAPABILITY, ENABLED, or of the code CAPABILITY; empty when the response has none.
node_range capabilities_of(const response& r);

/// ESEARCH: the value of "ALL", "COUNT", ... or null.
const node* find_esearch_item(const response& r, std::string_view name);

/// The code's name as it came: "UIDNEXT"; empty when there is no code.
std::string_view code_name(const response& r);
bool has_code(const response& r, std::string_view name);
/// The code's argument at that place, the name not counted, or null.
const node* code_argument(const response& r, std::size_t index);
/// The number behind a code of that name: UIDNEXT, UIDVALIDITY, UNSEEN, HIGHESTMODSEQ; else nothing.
std::optional<std::uint64_t> code_number(const response& r, std::string_view name);

/// The code APPENDUID.
struct appenduid_view {
    std::uint32_t uidvalidity = 0;
    std::string_view uids; ///< one, or a set after MULTIAPPEND
};
std::optional<appenduid_view> appenduid_of(const response& r);

/// The code COPYUID.
struct copyuid_view {
    std::uint32_t uidvalidity = 0;
    std::string_view from, to; ///< UID sets of equal length
};
std::optional<copyuid_view> copyuid_of(const response& r);

/// VANISHED.
struct vanished_view {
    enum class when { now, earlier } told = when::now;
    std::string_view uids;
};
std::optional<vanished_view> vanished_of(const response& r);

} // namespace mailspec::wire::imap
