#include "tools/mailspec/scenarios.hpp"

#include "tools/mailspec/files.hpp"

#include "harness/scenario/bundled.hpp"
#include "reports/escape.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <sstream>

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

sources bundled_sources() {
    sources found;
    for (const auto& file : scenario::bundled()) {
        if (file.path.ends_with(ending))
            found.push_back(
                {without_ending(file.path), "scenarios/" + std::string(file.path), std::string(file.octets), {}});
    }
    std::ranges::sort(found, {}, &scenario_source::id);
    return found;
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

/// A message file must lie below the folder of its scenario.
scenario::message_source messages_of(const scenario_source& s) {
    if (s.folder.empty())
        return scenario::bundled_messages();
    return [folder = s.folder](std::string_view path) -> std::optional<std::string> {
        auto octets = read_file(folder + "/" + std::string(path));
        if (std::holds_alternative<fault>(octets))
            return std::nullopt;
        return std::move(std::get<contents>(octets).octets);
    };
}

/// Sorts; the same file named twice counts once, the same id in two files is a fault.
std::optional<fault> put_in_order(sources& found) {
    std::ranges::stable_sort(found, {}, &scenario_source::id);
    const auto same = [](const auto& a, const auto& b) {
        return a.id == b.id && std::filesystem::absolute(a.file).lexically_normal() ==
                                   std::filesystem::absolute(b.file).lexically_normal();
    };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
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

loaded load_all(const std::vector<scenario_source>& files) {
    loaded all;
    for (const auto& s : files) {
        auto one = scenario::load(s.id, s.file, s.xml, messages_of(s));
        if (auto* error = std::get_if<scenario::load_error>(&one))
            all.errors.push_back(std::move(*error));
        else
            all.scenarios.push_back(
                std::make_shared<const scenario::scenario>(std::move(std::get<scenario::scenario>(one))));
    }
    return all;
}

std::vector<run::scenario_ptr> bundled_scenarios() { return load_all(bundled_sources()).scenarios; }

std::string printable(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find_first_of("\t\n", at), text.size());
        out += reports::our_words(std::string_view(text).substr(at, end - at));
        if (end < text.size())
            out += text[end];
        at = end + 1;
    }
    return out;
}

namespace {

/// Leaves only what these ids name, so that the rest need not be loaded; all of it where one of them names nothing, so
/// that it can be said what was meant.
void narrow(sources& found, const std::vector<std::string>& ids) {
    const auto named = [](const auto& id) {
        return [&id](const scenario_source& s) { return run::id_matches(s.id, id); };
    };
    if (ids.empty() || !std::ranges::all_of(ids, [&](const auto& id) { return std::ranges::any_of(found, named(id)); }))
        return;
    std::erase_if(found, [&](const scenario_source& s) {
        return std::ranges::none_of(ids, [&](const auto& id) { return named(id)(s); });
    });
}

/// What may be chosen from, loaded: of the bundled scenarios those that `ids` name, which cannot be wrong; else
/// everything. Says on `err` what is wrong and then gives nothing.
std::optional<std::vector<run::scenario_ptr>> load_chosen(const scenario_choice& which,
                                                          const std::vector<std::string>& ids, std::ostream& err) {
    auto found = find_sources(which.from);
    if (const auto* why = std::get_if<fault>(&found)) {
        err << "mailspec: " << *why << "\n";
        return std::nullopt;
    }
    if (which.from.empty() && which.tags.empty())
        narrow(std::get<sources>(found), ids);
    auto all = load_all(std::get<sources>(found));
    for (const auto& error : all.errors)
        err << printable(error.show());
    if (!all.errors.empty()) {
        err << "mailspec: " << all.errors.size() << " of " << std::get<sources>(found).size()
            << " scenario files cannot be used; nothing was sent\n";
        return std::nullopt;
    }
    return std::move(all.scenarios);
}

std::optional<run::plan> select(const std::vector<run::scenario_ptr>& from, const scenario_choice& which,
                                std::ostream& err) {
    auto plan = run::select(from, {which.ids, which.tags, which.protocols, which.excluded});
    if (const auto* why = std::get_if<fault>(&plan)) {
        err << "mailspec: " << *why << "\n";
        return std::nullopt;
    }
    return std::move(std::get<run::plan>(plan));
}

std::vector<std::string> words_of(std::string_view text) {
    std::istringstream in{std::string(text)};
    return {std::istream_iterator<std::string>(in), {}};
}

/// Facts lie in a folder of their own, which need not be said.
void add_folder_of_facts(std::string& id, const std::vector<run::scenario_ptr>& all) {
    static constexpr std::string_view folder = "facts/";
    const bool is_whole = id.starts_with(folder) || id.starts_with("tag:") ||
                          std::ranges::any_of(all, [&](const auto& s) { return run::id_matches(s->id, id); });
    const auto lies_there = [](const auto& s) { return s->id.starts_with(folder); };
    if (!is_whole && std::ranges::any_of(all, lies_there))
        id.insert(0, folder);
}

} // namespace

std::optional<run::plan> choose(const scenario_choice& which, std::ostream& err) {
    const auto all = load_chosen(which, which.ids, err);
    return all ? select(*all, which, err) : std::nullopt;
}

std::optional<run::plan> choose_outlines(const scenario_choice& which, std::ostream& err) {
    if (!which.from.empty())
        return choose(which, err);
    std::vector<run::scenario_ptr> all;
    for (const auto& each : scenario::bundled_outlines()) {
        auto s = std::make_shared<scenario::scenario>();
        s->id = each.id;
        s->title = each.title;
        s->tags = words_of(each.tags);
        for (const auto& name : words_of(each.protocols))
            s->sessions.emplace_back().protocol = wire::protocol_of(name).value();
        all.push_back(std::move(s));
    }
    return select(all, which, err);
}

std::optional<run::plan> choose_facts(const scenario_choice& which, std::ostream& err) {
    auto all = load_chosen(which, {}, err);
    if (!all)
        return std::nullopt;
    std::erase_if(*all, [](const auto& s) { return s->questions.empty(); });
    auto wanted = which;
    for (auto& id : wanted.ids)
        add_folder_of_facts(id, *all);
    for (auto& id : wanted.excluded)
        add_folder_of_facts(id, *all);
    return select(*all, wanted, err);
}

} // namespace mailspec::tools
