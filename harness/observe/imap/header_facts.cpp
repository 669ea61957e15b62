#include "harness/observe/imap/header_facts.hpp"

#include <algorithm>

namespace mailspec::observe::imap {
namespace {

constexpr std::size_t longest_header = 16u << 10;

} // namespace

std::optional<std::vector<wire::mail::field>> plain_fields(std::string_view header) {
    if (header.size() > longest_header || !header.ends_with("\r\n"))
        return std::nullopt;
    auto all = wire::mail::fields(header);
    std::size_t size = 0;
    for (const auto& each : all)
        size += each.octets.size();
    return size + 2 == header.size() ? std::optional(std::move(all)) : std::nullopt;
}

single_field only_field(const std::vector<wire::mail::field>& all, std::string_view name) {
    single_field out;
    for (const auto& each : all) {
        if (!wire::mail::same_name(each.name, name))
            continue;
        out.how = out.how == single_field::found::none ? single_field::found::once : single_field::found::more;
        out.value = each.value;
    }
    return out;
}

bool says_multipart(const std::vector<wire::mail::field>& all) {
    constexpr std::string_view multipart = "multipart/";
    return std::ranges::any_of(all, [&](const auto& each) {
        const auto start = std::min(each.value.find_first_not_of(" \t\r\n"), each.value.size());
        return wire::mail::same_name(each.name, "Content-Type") &&
               wire::mail::same_name(each.value.substr(start, multipart.size()), multipart);
    });
}

} // namespace mailspec::observe::imap
