#include "harness/run/nobody.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

bool is_plain(std::string_view s) {
    return std::all_of(s.begin(), s.end(), [](char c) { return c == '-' || wire::is_letter_or_digit(c); });
}

} // namespace

bool is_nobody(std::string_view path, std::string_view token, std::string_view domain) {
    if (!path.starts_with('<') || !path.ends_with('>') || token.empty())
        return false;
    path = path.substr(1, path.size() - 2);
    const auto at = path.find('@');
    if (at == path.npos || path.substr(at + 1) != domain)
        return false;
    const auto local = path.substr(0, at);
    const auto found = local.find(token);
    return found != local.npos && is_plain(local.substr(0, found)) && is_plain(local.substr(found + token.size()));
}

} // namespace mailspec::run
