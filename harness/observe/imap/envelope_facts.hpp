#pragma once

#include "harness/observe/imap/digest.hpp"
#include "harness/observe/imap/message_facts.hpp"
#include "harness/wire/imap/value.hpp"

#include <cstdint>
#include <string_view>

namespace mailspec::observe::imap {

enum class letters : std::uint8_t { as_they_are, without_case };

/// Adds what a value means: an atom, a quoted string and a literal of the same octets are the same, NIL is not "NIL".
void add_values(const wire::imap::tree& t, const wire::imap::node& n, letters how, digest& into);

/// Does the item of a FETCH response tell nothing: NIL, no octets, a date that is none?
bool is_empty(const wire::imap::tree& t, std::string_view item, const wire::imap::node& value);

/// Takes down what ENVELOPE says of fields that every reader reads alike.
void note_envelope(const wire::imap::tree& t, const wire::imap::node& envelope, message_facts& into);
/// Takes down the same fields of a message's header, where they stand once and in plain ASCII, and the size of the body
/// behind it; nothing where readers may differ on where the header ends.
void note_header(std::string_view header, std::size_t body, message_facts& into);
/// The field of which ENVELOPE says something else than the header; empty: none is known to differ.
std::string_view differing_field(const message_facts& of);
/// Takes down what BODY or BODYSTRUCTURE says: the size of a message that is one part, and how it is built of parts.
void note_structure(const wire::imap::tree& t, const wire::imap::node& body, message_facts& into);

} // namespace mailspec::observe::imap
