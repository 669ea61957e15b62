#pragma once

#include "harness/wire/imap/checker.hpp"

namespace mailspec::wire::imap {

/// Holds a parsed response against the grammar of what it is about, one function for each subject; all of them
/// read on after a departure.
void check(const response& r, reporter& report);

void check_code(checker& c, const node& code);
/// Takes the first capability, or null.
void check_capabilities(checker& c, const node* first, std::size_t end);

void check_fetch(checker& c, const node& items);
/// Takes the section with its name in front: BODY[...], BINARY[...], BINARY.SIZE[...].
void check_section(checker& c, const node& section);
void check_envelope(checker& c, const node& envelope);
/// Whether extension data may stand there: BODYSTRUCTURE may have them, BODY may not.
enum class body_form { extensible, not_extensible };
void check_body(checker& c, const node& body, body_form form);

/// Each takes the first argument of the response, or null, and where the response's data end.
void check_list(checker& c, const node* first, std::size_t end);
void check_namespace(checker& c, const node* first, std::size_t end);
void check_status_data(checker& c, const node* first, std::size_t end);
void check_id(checker& c, const node* first, std::size_t end);
void check_search(checker& c, const rfc::requirement& rule, const node* first);
void check_esearch(checker& c, const node* first, std::size_t end);
void check_thread(checker& c, const node* first);
void check_vanished(checker& c, const node* first, std::size_t end);
void check_quota(checker& c, const node* first, std::size_t end);
void check_quotaroot(checker& c, const node* first, std::size_t end);
void check_acl(checker& c, const node* first, std::size_t end);
void check_listrights(checker& c, const node* first, std::size_t end);
void check_myrights(checker& c, const node* first, std::size_t end);
void check_metadata(checker& c, const node* first, std::size_t end);
void check_language(checker& c, const node* first, std::size_t end);
void check_comparator(checker& c, const node* first, std::size_t end);

} // namespace mailspec::wire::imap
