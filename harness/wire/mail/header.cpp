#include "harness/wire/mail/header.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::wire::mail {
namespace {

bool blank(char c) { return c == ' ' || c == '\t'; }

/// The line at the front, its end included.
std::string_view front_line(std::string_view s) {
    const auto feed = s.find('\n');
    return feed == std::string_view::npos ? s : s.substr(0, feed + 1);
}

std::string_view without_line_end(std::string_view line) {
    if (line.ends_with('\n')) {
        line.remove_suffix(1);
    }
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

/// The field at the front with its folded lines.
std::string_view front_field(std::string_view header) {
    auto size = front_line(header).size();
    while (size < header.size() && blank(header[size]) && !without_line_end(front_line(header.substr(size))).empty()) {
        size += front_line(header.substr(size)).size();
    }
    return header.substr(0, size);
}

} // namespace

bool same_name(std::string_view a, std::string_view b) { return same_ci(a, b); }

halves split(std::string_view message) {
    std::size_t at = 0;
    while (at < message.size()) {
        const auto line = front_line(message.substr(at));
        at += line.size();
        if (line == "\r\n" || line == "\n") {
            break;
        }
    }
    return {message.substr(0, at), message.substr(at)};
}

std::vector<field> fields(std::string_view header) {
    std::vector<field> all;
    while (!header.empty()) {
        const auto octets = front_field(header);
        header.remove_prefix(octets.size());
        const auto colon = octets.find(':');
        auto name = octets.substr(0, std::min(colon, octets.size()));
        while (!name.empty() && blank(name.back())) {
            name.remove_suffix(1);
        }
        const bool proper = colon != std::string_view::npos && !name.empty() &&
                            std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
        if (proper) {
            all.push_back({name, without_line_end(octets.substr(colon + 1)), octets});
        }
    }
    return all;
}

std::optional<std::string_view> find_field(std::string_view header, std::string_view name) {
    for (const auto& f : fields(header)) {
        if (same_name(f.name, name)) {
            return f.value;
        }
    }
    return std::nullopt;
}

std::string unfold(std::string_view value) {
    std::string out;
    out.reserve(value.size());
    for (const char c : value) {
        if (c != '\r' && c != '\n' && c != '\0' && !(out.empty() && blank(c))) {
            out += c;
        }
    }
    while (!out.empty() && blank(out.back())) {
        out.pop_back();
    }
    return out;
}

} // namespace mailspec::wire::mail
