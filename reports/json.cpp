#include "reports/json.hpp"

#include <fmt/format.h>

namespace mailspec::reports {

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
            continue;
        }
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

std::string json_list(const std::vector<std::string>& items, std::string_view indent) {
    std::string out = "[";
    for (std::size_t i = 0; i < items.size(); ++i)
        out += fmt::format("{}\n{}  {}", i == 0 ? "" : ",", indent, items[i]);
    return out + (items.empty() ? "]" : fmt::format("\n{}]", indent));
}

namespace {

std::string joined(const json_members& members, std::string_view before, std::string_view between) {
    std::string out = "{";
    for (const auto& [name, value] : members)
        if (!value.empty())
            out += fmt::format("{}{}: {}", out.size() == 1 ? before : between, json_string(name), value);
    return out;
}

} // namespace

std::string json_object(const json_members& members, std::string_view indent) {
    return joined(members, fmt::format("\n{}  ", indent), fmt::format(",\n{}  ", indent)) +
           fmt::format("\n{}}}", indent);
}

std::string json_object(const json_members& members) { return joined(members, "", ", ") + "}"; }

} // namespace mailspec::reports
