#pragma once

#include "harness/match/pattern.hpp"
#include "harness/match/variables.hpp"
#include "harness/rfc/requirement.hpp"
#include "harness/wire/imap/response.hpp"
#include "harness/wire/pop3/reply.hpp"
#include "harness/wire/sieve/response.hpp"
#include "harness/wire/smtp/reply.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace mailspec::match {

/// Everything that came back for one command, parsed.
struct imap_answer {
    std::span<const wire::imap::response> untagged;     ///< in the order they came
    const wire::imap::response* completion = nullptr;   ///< the tagged response; null while it is outstanding
    const wire::imap::response* continuation = nullptr; ///< "+", where the command asked for one
};
struct pop3_answer {
    const wire::pop3::reply* reply;
};
struct smtp_answer {
    const wire::smtp::reply* reply;
};
struct sieve_answer {
    std::span<const wire::sieve::response> lines;
}; ///< the last one is OK, NO or BYE
using answer = std::variant<imap_answer, pop3_answer, smtp_answer, sieve_answer>;

/// One line of what a scenario expects of an answer.
struct expectation {
    enum class kind { must, never, may } what = kind::must;
    pattern shape;
    std::uint32_t line = 0;                   ///< in the scenario file
    const rfc::requirement* proves = nullptr; ///< what it is evidence of; null: as its step
};

/// All that one block of <S>, <never> and <may> says of one answer.
struct expectations {
    std::vector<expectation> all;
    enum class order { free, kept } order = order::free;            ///< of the untagged responses or payload lines
    enum class extra { allowed, forbidden } extra = extra::allowed; ///< responses or lines beyond those named
};

/// One expectation that did not hold.
struct miss {
    std::uint32_t line = 0;                   ///< in the scenario file
    std::string expected;                     ///< the pattern, with bound names filled in
    std::string came;                         ///< octets of the nearest response, raw; empty: nothing came near
    std::string why;                          ///< "FLAGS lacks \Seen"; one clause, server octets escaped
    const rfc::requirement* proves = nullptr; ///< of the expectation
};

/// Gives the number that message n, as numbered when the command went out, has now; 0: expunged.
/// What `#1` in a pattern means.
using number_now = std::function<std::uint32_t(std::uint32_t)>;

/// Does the answer fulfil the expectations? Binds captures when it does; else binds nothing and says each miss,
/// with the nearest response that came. Without a <S> that describes the completion, it must be a success (OK,
/// +OK, 2xx; 3xx where a continuation was asked for).
std::vector<miss> judge(const expectations& wanted, const answer& got, variables& bound, const number_now& number);

} // namespace mailspec::match
