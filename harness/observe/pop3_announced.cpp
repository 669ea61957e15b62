#include "harness/observe/pop3_announced.hpp"

#include "harness/observe/words.hpp"
#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace mailspec::observe {

namespace req = rfc::req;

namespace {

bool is_printable(char c) { return c >= 0x21 && c <= 0x7e; }

/// capability = capa-tag *(SP param) CRLF, in which no tag holds a dot.
void check_syntax(std::string_view one, const report& to) {
    auto rest = one;
    const auto tag = take_until(rest, " ");
    if (tag.empty() || tag.find('.') != tag.npos || !std::all_of(tag.begin(), tag.end(), is_printable))
        return to(req::pop3_capa_line_syntax, "a line of CAPA does not begin with a capability");
    const bool spaced = one.find("  ") == one.npos && !one.ends_with(' ');
    if (!spaced)
        return to(req::pop3_capa_line_syntax, std::string(tag) + " in CAPA is followed by a space without parameter");
    if (!std::all_of(rest.begin(), rest.end(), [](char c) { return c == ' ' || is_printable(c); }))
        to(req::pop3_capa_line_syntax,
           "a parameter of " + std::string(tag) + " in CAPA is not made of printable characters");
}

const rfc::requirement& bound_of(std::string_view tag) {
    return tag == "EXPIRE" ? req::pop3_expire_smallest : req::pop3_login_delay_largest;
}

const rfc::requirement& token_of(std::string_view tag) {
    return tag == "EXPIRE" ? req::pop3_expire_user_token : req::pop3_login_delay_user_token;
}

const rfc::requirement& accuracy_of(std::string_view tag) {
    return tag == "EXPIRE" ? req::pop3_expire_accurate : req::pop3_login_delay_accurate;
}

} // namespace

std::optional<pop3_announced::policy> pop3_announced::read_policy(std::string_view arguments) {
    const auto value = take_until(arguments, " ");
    const auto days =
        is_word(value, "NEVER") ? std::numeric_limits<std::uint64_t>::max() : read_number<std::uint64_t>(value);
    if (!days)
        return std::nullopt;
    return policy{*days, is_word(arguments, "USER")};
}

void pop3_announced::take(std::string_view one, state now, const report& to) {
    check_syntax(one, to);
    auto arguments = one;
    const auto tag = take_until(arguments, " ");
    if (is_word(tag, "SASL"))
        return take_mechanisms(arguments, now, to);
    const auto found = read_policy(arguments);
    if (found && is_word(tag, "EXPIRE"))
        take_policy("EXPIRE", expire_, *found, now, to);
    else if (found && is_word(tag, "LOGIN-DELAY"))
        take_policy("LOGIN-DELAY", login_delay_, *found, now, to);
}

void pop3_announced::take_policy(std::string_view tag, std::optional<policy>& before, const policy& found, state now,
                                 const report& to) const {
    if (now == state::authorization) {
        before = found;
        return;
    }
    const auto name = std::string(tag);
    if (found.per_user)
        to(accuracy_of(tag), name + " says USER after login, as if the user were not known");
    if (!before || before->value == found.value)
        return;
    // EXPIRE is the smallest of all users' before login, LOGIN-DELAY the largest.
    if ((tag == "EXPIRE") == (before->value > found.value))
        to(bound_of(tag),
           name + (tag == "EXPIRE" ? " promises more" : " demands less") + " before login than after it");
    if (!before->per_user)
        to(token_of(tag), name + " is another after login and did not say USER before it");
}

void pop3_announced::take_mechanisms(std::string_view arguments, state now, const report& to) {
    std::set<std::string, std::less<>> listed;
    while (!arguments.empty())
        listed.emplace(take_until(arguments, " "));
    if (now == state::authorization)
        mechanisms_ = std::move(listed);
    else if (mechanisms_ && *mechanisms_ != listed)
        to(req::pop3_capa_same_arguments, "SASL lists other mechanisms after login than before it");
}

} // namespace mailspec::observe
