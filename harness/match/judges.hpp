#pragma once

#include "harness/match/comparison.hpp"
#include "harness/match/judge.hpp"

#include <optional>
#include <span>

namespace mailspec::match {

std::vector<miss> judge_imap(const expectations& wanted, const imap_answer& got, variables& bound,
                             const number_now& number);
std::vector<miss> judge_pop3(const expectations& wanted, const wire::pop3::reply& got, variables& bound);
std::vector<miss> judge_smtp(const expectations& wanted, const wire::smtp::reply& got, variables& bound);
std::vector<miss> judge_sieve(const expectations& wanted, const sieve_answer& got, variables& bound);

/// Compares one whole response; binds captures, rolled back where it differs.
bool matches(const imap_shape& shape, const wire::imap::response& r, comparison& by);

/// The octets of a response for people, without its line end.
std::string octets_of(const wire::imap::tree& t);

/// What an expectation that failed says of itself.
miss missed(const expectation& e, const variables& bound, std::string came, std::string why);

template <class Shape> const Shape& shape_of(const expectation& e) { return std::get<Shape>(e.shape.inner().shape); }

} // namespace mailspec::match
