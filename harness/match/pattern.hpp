#pragma once

#include "harness/match/syntax_error.hpp"
#include "harness/match/variables.hpp"
#include "harness/wire/protocol.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailspec::match {

/// How strict one pattern is: the attributes of <S>.
struct strictness {
    enum class order { free, kept } order = order::free;            ///< items inside lists (FETCH items, flags)
    enum class extra { allowed, forbidden } extra = extra::allowed; ///< items beyond those named
    enum class letters { any_case, same_case } letters = letters::any_case;
    enum class words { free, compared } words = words::free; ///< human-readable status text
};

/// One <S>: what one response must look like. Compiled once at load, immutable, shared between runs.
class pattern {
public:
    /// What the pattern describes, known from its first octets.
    enum class role { untagged, continuation, completion, payload };

    static std::variant<pattern, syntax_error> compile(wire::protocol p, std::string_view source, strictness s);

    role describes() const;
    const std::string& source() const;
    /// Names it compares or captures, with where in the source they stand; kind suffix not included.
    struct name_use {
        std::string name;
        std::size_t at;
        bool capturing; ///< plain `${name}`: binds when not bound; false inside functions and offsets
    };
    const std::vector<name_use>& names() const;

    struct compiled; ///< protocol-specific, defined by the matchers
    const compiled& inner() const { return *inner_; }

private:
    std::shared_ptr<const compiled> inner_;
};

} // namespace mailspec::match
