#pragma once

#include "harness/scenario/scenario.hpp"

#include <string>
#include <string_view>

namespace mailspec::run {

/// What a `${...}` of a command becomes in its sketch; sketches are all upper case.
constexpr char own_mailbox = '\1', path_of_role = '\2', address_of_role = '\3', unknown = '\4', random_word = '\5',
               domain_of_role = '\6', secret_of_role = '\7';
constexpr std::string_view every_mark = "\1\2\3\4\5\6\7";

/// The octets of a command as far as its text tells them, a mark for each `${...}`.
std::string sketch(const scenario::command& of);

} // namespace mailspec::run
