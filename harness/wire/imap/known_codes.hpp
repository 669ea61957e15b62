#pragma once

#include <string_view>

namespace mailspec::wire::imap {

/// How much is known about the response code of a name.
enum class code_kind {
    unknown,
    plain,         ///< a standard one without arguments, or whose arguments are not judged
    with_arguments ///< a standard one whose arguments are held against the grammar
};

/// Takes the name in any case.
code_kind kind_of_code(std::string_view name);

} // namespace mailspec::wire::imap
