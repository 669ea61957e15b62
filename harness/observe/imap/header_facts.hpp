#pragma once

#include "harness/wire/mail/header.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace mailspec::observe::imap {

/// The fields of a header that every reader reads alike; nothing where one could say that it ends elsewhere, or where
/// it is too long to be looked into. Life: views of the header.
std::optional<std::vector<wire::mail::field>> plain_fields(std::string_view header);

/// The only field of that name.
struct single_field {
    enum class found { none, once, more } how = found::none;
    std::string_view value;
};
single_field only_field(const std::vector<wire::mail::field>& all, std::string_view name);

/// Does the header say that this is a multipart? One that is told as one part cannot be read as such, for want of a
/// boundary say: no text tells then what of its body that part has.
bool says_multipart(const std::vector<wire::mail::field>& all);

} // namespace mailspec::observe::imap
