#include "tools/mailspec/scenarios.hpp"

#include "tools/mailspec/files.hpp"

#include <algorithm>
#include <filesystem>

namespace mailspec::tools {
namespace {

constexpr std::string_view ending = ".xml";

using sources = std::vector<scenario_source>;
using fault = std::string;

std::string without_ending(std::string_view path) { return std::string(path.substr(0, path.size() - ending.size())); }

/// Folders beside the scenarios that hold XML of another kind.
bool is_other_data(std::string_view below) {
    return below.starts_with("requirements/") || below.starts_with("targets/");
}

std::variant<scenario_source, fault> read_source(std::string file, std::string folder, std::string id) {
    auto xml = read_file(file);
    if (auto* why = std::get_if<fault>(&xml))
        return std::move(*why);
    return scenario_source{std::move(id), std::move(file), std::move(std::get<contents>(xml).octets),
                           std::move(folder)};
}

std::optional<fault> add_folder(std::string folder, sources& to) {
    while (folder.size() > 1 && folder.ends_with('/'))
        folder.pop_back();
    const auto files = files_below(folder, std::string(ending));
    if (const auto* why = std::get_if<fault>(&files))
        return *why;
    for (const auto& file : std::get<std::vector<std::string>>(files)) {
        const auto below = std::string_view(file).substr(folder.size() + 1);
        if (is_other_data(below))
            continue;
        auto source = read_source(file, folder, without_ending(below));
        if (auto* why = std::get_if<fault>(&source))
            return *why;
        to.push_back(std::move(std::get<scenario_source>(source)));
    }
    return std::nullopt;
}

/// The id that the root element claims; a single file does not tell which folder its path is meant from.
std::string_view claimed_id(std::string_view xml) {
    const auto root = xml.find("<scenario");
    const auto end = xml.find('>', root);
    if (root == std::string_view::npos || end == std::string_view::npos)
        return {};
    const auto tag = xml.substr(root, end - root);
    for (const std::string_view opening : {" id=\"", "\nid=\"", "\tid=\"", " id='"}) {
        if (const auto at = tag.find(opening); at != std::string_view::npos) {
            const auto value = tag.substr(at + opening.size());
            return value.substr(0, value.find(opening.back()));
        }
    }
    return {};
}

std::optional<fault> add_file(const std::string& file, sources& to) {
    auto source = read_source(file, {}, {});
    if (auto* why = std::get_if<fault>(&source))
        return *why;
    auto& s = std::get<scenario_source>(source);
    const auto whole = std::filesystem::absolute(file).lexically_normal().string();
    const auto id = claimed_id(s.xml);
    const auto tail = "/" + std::string(id) + std::string(ending);
    s.id = !id.empty() && whole.ends_with(tail) ? std::string(id) : std::filesystem::path(file).stem().string();
    s.folder = whole.substr(0, whole.size() - std::min(whole.size(), s.id.size() + ending.size() + 1));
    to.push_back(std::move(s));
    return std::nullopt;
}

/// Sorts; the same file named twice counts once, the same id in two files is a fault.
std::optional<fault> put_in_order(sources& found) {
    std::ranges::stable_sort(found, {}, &scenario_source::id);
    const auto again = std::ranges::unique(found, [](const auto& a, const auto& b) {
        return a.id == b.id && std::filesystem::absolute(a.file).lexically_normal() ==
                                   std::filesystem::absolute(b.file).lexically_normal();
    });
    found.erase(again.begin(), again.end());
    const auto twin = std::ranges::adjacent_find(found, {}, &scenario_source::id);
    if (twin == found.end())
        return std::nullopt;
    return "two files have the id " + twin->id + ": " + twin->file + " and " + std::next(twin)->file;
}

} // namespace

std::variant<sources, fault> find_sources(const std::vector<std::string>& from) {
    sources found;
    if (from.empty())
        return bundled_sources();
    for (const auto& path : from) {
        if (auto why = is_folder(path) ? add_folder(path, found) : add_file(path, found))
            return *why;
    }
    if (auto why = put_in_order(found))
        return *why;
    return found;
}

} // namespace mailspec::tools
