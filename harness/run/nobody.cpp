#include "harness/run/nobody.hpp"

#include "harness/run/words.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

bool is_plain(std::string_view s) {
    return std::all_of(s.begin(), s.end(), [](char c) {
        return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
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

bool asks_to_relay(std::string_view path, std::string_view token) {
    return path.starts_with('<') && path.ends_with('>') && !token.empty() && path.find(token) != path.npos &&
           upper(path).find("EXAMPLE.INVALID") != std::string::npos;
}

} // namespace mailspec::run
