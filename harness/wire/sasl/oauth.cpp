#include "harness/wire/sasl/oauth.hpp"

#include "harness/wire/ascii.hpp"

#include <charconv>

namespace mailspec::wire::sasl {
namespace {

constexpr char separator = '\x01';

/// saslname: "," and "=" escaped (RFC 5801 section 4).
std::string escape_name(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == ',') {
            out += "=2C";
        } else if (c == '=') {
            out += "=3D";
        } else {
            out += c;
        }
    }
    return out;
}

std::optional<std::string> unescape_name(std::string_view name) {
    std::string out;
    while (!name.empty()) {
        std::size_t used = 1;
        if (name.starts_with("=2C") || name.starts_with("=3D")) {
            out += name[1] == '2' ? ',' : '=';
            used = 3;
        } else if (name.front() == '=') {
            return std::nullopt;
        } else {
            out += name.front();
        }
        name.remove_prefix(used);
    }
    return out;
}

/// "Bearer token", the scheme in any case (RFC 7628 section 3.1: as in the HTTP header).
bool read_authorization(std::string_view value, bearer& into) {
    constexpr std::string_view scheme = "bearer ";
    if (value.size() <= scheme.size() || !starts_with_ci(value, scheme)) {
        return false;
    }
    into.token = value.substr(scheme.size());
    return true;
}

bool read_pair(std::string_view pair, bearer& into) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) {
        return false;
    }
    const auto key = pair.substr(0, equals), value = pair.substr(equals + 1);
    if (key == "user") {
        into.user = value;
    } else if (key == "host") {
        into.host = value;
    } else if (key == "port") {
        const auto read = std::from_chars(value.data(), value.data() + value.size(), into.port);
        return read.ec == std::errc{} && read.ptr == value.data() + value.size();
    } else if (key == "auth") {
        return read_authorization(value, into);
    }
    return true;
}

/// Pairs, each ended by ^A, and one ^A more.
std::optional<bearer> read_pairs(std::string_view octets, bearer into) {
    while (octets != std::string_view(&separator, 1)) {
        const auto end = octets.find(separator);
        if (end == std::string_view::npos || !read_pair(octets.substr(0, end), into)) {
            return std::nullopt;
        }
        octets.remove_prefix(end + 1);
    }
    if (into.token.empty()) {
        return std::nullopt;
    }
    return into;
}

} // namespace

std::string write_oauthbearer(const bearer& b) {
    std::string out = "n,";
    out += b.user.empty() ? "" : "a=" + escape_name(b.user);
    out += ',';
    out += separator;
    if (!b.host.empty()) {
        out += "host=" + b.host + separator;
    }
    if (b.port != 0) {
        out += "port=" + std::to_string(b.port) + separator;
    }
    return out + "auth=Bearer " + b.token + separator + separator;
}

std::optional<bearer> read_oauthbearer(std::string_view octets) {
    const auto end = octets.find(separator);
    if (end == std::string_view::npos || !(octets.starts_with("n,") || octets.starts_with("y,")) ||
        octets[end - 1] != ',') {
        return std::nullopt;
    }
    bearer into;
    if (end > 3) {
        const auto name = octets.substr(2, end - 3);
        const auto user = name.starts_with("a=") ? unescape_name(name.substr(2)) : std::nullopt;
        if (!user) {
            return std::nullopt;
        }
        into.user = *user;
    }
    return read_pairs(octets.substr(end + 1), std::move(into));
}

std::string write_xoauth2(const bearer& b) {
    return "user=" + b.user + separator + "auth=Bearer " + b.token + separator + separator;
}

std::optional<bearer> read_xoauth2(std::string_view octets) {
    return octets.starts_with("user=") ? read_pairs(octets, {}) : std::nullopt;
}

} // namespace mailspec::wire::sasl
