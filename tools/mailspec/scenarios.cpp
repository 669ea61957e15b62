#include "tools/mailspec/scenarios.hpp"

#include "tools/mailspec/files.hpp"

#include "harness/scenario/bundled.hpp"
#include "reports/escape.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

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

/// The bundled scenarios whose ids are wanted.
template <typename Wanted> sources bundled_sources(Wanted is_wanted) {
    sources found;
    for (const auto& file : scenario::bundled()) {
        if (!file.path.ends_with(ending))
            continue;
        if (auto id = without_ending(file.path); is_wanted(id))
            found.push_back({std::move(id), "scenarios/" + std::string(file.path), std::string(file.octets), {}});
    }
    std::ranges::sort(found, {}, &scenario_source::id);
    return found;
}

bool any(const std::string&) { return true; }

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
        return bundled_sources(any);
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

std::vector<run::scenario_ptr> bundled_scenarios() { return load_all(bundled_sources(any)).scenarios; }

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

/// Of the bundled scenarios only what these ids name, so that the rest need not be loaded; all of them where one names
/// nothing, so that it can be said what was meant.
sources bundled_named(const std::vector<std::string>& ids) {
    std::vector<bool> names_something(ids.size());
    auto found = bundled_sources([&](const std::string& id) {
        bool wanted = false;
        for (std::size_t i = 0; i < ids.size(); ++i)
            if (run::id_matches(id, ids[i]))
                wanted = names_something[i] = true;
        return wanted;
    });
    const bool all_do = !ids.empty() && std::ranges::find(names_something, false) == names_something.end();
    return all_do ? found : bundled_sources(any);
}

/// What may be chosen from, loaded: of the bundled scenarios those that `ids` name, which cannot be wrong, where
/// nothing else is to be looked up among all; else everything. Says on `err` what is wrong and then gives nothing.
std::optional<std::vector<run::scenario_ptr>> load_chosen(const scenario_choice& which,
                                                          const std::vector<std::string>& ids, std::ostream& err) {
    const bool ids_say_all = which.from.empty() && which.tags.empty() && which.excluded.empty();
    auto found = ids_say_all ? bundled_named(ids) : find_sources(which.from);
    if (const auto* why = std::get_if<fault>(&found)) {
        err << "mailspec: " << *why << "\n";
        return std::nullopt;
    }
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

/// Takes words with one space between.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
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

/// The sentence about an id that names scenarios, none of which asks.
std::optional<fault> asks_nothing(const std::string& id, const std::vector<run::scenario_ptr>& all) {
    const auto named =
        std::ranges::count_if(all, [&](const run::scenario_ptr& s) { return run::id_matches(s->id, id); });
    if (named == 0)
        return std::nullopt;
    return id + (named == 1 ? " is a scenario that asks" : " names scenarios that ask") + " nothing; mailspec run " +
           id + (named == 1 ? " plays it" : " plays them");
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
    const auto all = load_chosen(which, {}, err);
    if (!all)
        return std::nullopt;
    std::vector<run::scenario_ptr> asking;
    std::ranges::copy_if(*all, std::back_inserter(asking), [](const auto& s) { return !s->questions.empty(); });
    const auto asks = [&](const std::string& id) {
        return std::ranges::any_of(asking, [&](const auto& s) { return run::id_matches(s->id, id); });
    };
    auto wanted = which;
    for (auto& id : wanted.ids) {
        const auto as_given = id;
        add_folder_of_facts(id, asking);
        if (const auto why = asks(id) ? std::nullopt : asks_nothing(as_given, *all)) {
            err << "mailspec: " << *why << "\n";
            return std::nullopt;
        }
    }
    for (auto& id : wanted.excluded)
        add_folder_of_facts(id, asking);
    return select(asking, wanted, err);
}

} // namespace mailspec::tools
