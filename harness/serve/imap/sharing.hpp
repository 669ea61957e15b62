#pragma once

#include "harness/serve/imap/conversation.hpp"

#include <set>
#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// Names of other users' mailboxes begin with it, then comes the user: "user/bob/Work". Wildcards do not match it.
constexpr std::string_view others_prefix = "user/";

/// Every right that there is, and those that others can be granted (RFC 4314 section 2.1): no others make or delete
/// mailboxes here.
constexpr std::string_view all_rights = "lrswipkxtea", rights_of_others = "lrswitea";

/// The mailbox that the user calls so, his own or another's; null where there is none, or none that he may know of.
mailbox* find_mailbox(const conversation& c, std::string_view name);

/// What the user calls that mailbox.
std::string name_of(const conversation& c, const mailbox& box);

/// Whether the user has all of these rights on that mailbox.
bool may(const conversation& c, const mailbox& box, std::string_view rights);

/// Whether the user has one of them.
bool may_some(const conversation& c, const mailbox& box, std::string_view rights);

/// Whether the user may change anything in it but its flags of his own, so that it is not read-only to him
/// (RFC 4314 section 5.2).
bool may_change(const conversation& c, const mailbox& box);

/// Whether the user may set and clear that flag there.
bool may_flag(const conversation& c, const mailbox& box, std::string_view flag);

/// Whether APPENDUID and COPYUID may tell of that mailbox: not where the user may not look into it (RFC 4315 section
/// 3).
bool tells_uids(const conversation& c, const mailbox& box);

/// The names that LIST has below others_prefix: mailboxes that the user may look up, and the users whose they are.
std::set<std::string> names_of_others(const conversation& c);

} // namespace mailspec::serve::imap
