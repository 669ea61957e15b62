#include "tools/mailspec/arguments.hpp"

#include "tools/mailspec/subcommands.hpp"

#include "harness/match/near_name.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace mailspec::tools {
namespace {

constexpr int bad_usage = 2;

std::vector<std::string> subcommand_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(sub->get_name());
    return names;
}

std::string suggestion(const std::string& wrong, const std::vector<std::string>& names) {
    const std::vector<std::string_view> known(names.begin(), names.end());
    return match::did_you_mean(wrong, known);
}

/// The first word is always the subcommand or an option of mailspec itself.
std::string unknown_subcommand(const CLI::App& app, const std::vector<std::string>& words) {
    const auto names = subcommand_names(app);
    if (words.empty() || words[0].starts_with("-") || std::ranges::find(names, words[0]) != names.end())
        return {};
    return "there is no subcommand '" + words[0] + "'" + suggestion(words[0], names);
}

std::string unknown_option(const CLI::App& app, const std::vector<std::string>& words) {
    std::vector<std::string> known;
    for (const auto* sub : app.get_subcommands())
        for (const auto* option : sub->get_options())
            for (const auto& name : option->get_lnames())
                known.push_back("--" + name);
    for (const auto& word : words) {
        const std::string name = word.substr(0, word.find('='));
        if (word.starts_with("--") && std::ranges::find(known, name) == known.end())
            return "there is no option " + name + suggestion(name, known);
    }
    return {};
}

told refused(const std::string& sentence, const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    const std::string help = "mailspec " + (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help";
    return {"mailspec: " + sentence + "\nsee " + help + "\n", bad_usage};
}

arguments chosen(const CLI::App& app, everything& all) {
    if (app.got_subcommand("audit"))
        return std::move(all.audit);
    if (app.got_subcommand("ask"))
        return std::move(all.ask);
    if (app.got_subcommand("list"))
        return std::move(all.list);
    if (app.got_subcommand("show"))
        return std::move(all.show);
    if (app.got_subcommand("lint"))
        return std::move(all.lint);
    if (app.got_subcommand("clean"))
        return std::move(all.clean);
    if (app.got_subcommand("serve"))
        return std::move(all.serve);
    if (app.got_subcommand("requirements"))
        return std::move(all.requirements);
    if (app.got_subcommand("providers"))
        return providers_arguments{};
    return std::move(all.run);
}

} // namespace

std::optional<std::chrono::milliseconds> parse_duration(const std::string& text) {
    static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 4> units{
        {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}}};
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto* unit =
        std::ranges::find(units, std::string_view(end, text.data() + text.size()), &decltype(units)::value_type::first);
    if (error != std::errc{} || unit == units.end() || number == 0 || number > 1'000'000)
        return std::nullopt;
    return std::chrono::milliseconds(std::uint64_t{number} * unit->second);
}

arguments parse(const std::vector<std::string>& words) {
    everything all;
    CLI::App app("Replays mail dialogues written as XML transcripts against IMAP, POP3, SMTP, submission and LMTP\n"
                 "servers, and judges their answers by what the RFCs say.",
                 "mailspec");
    describe(app, all);
    if (words.empty())
        return told{app.help(), bad_usage};
    if (const auto fault = unknown_subcommand(app, words); !fault.empty())
        return refused(fault, app);
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
        const auto sub = app.get_subcommands();
        return told{sub.empty() ? app.help() : sub.front()->help("mailspec"), 0};
    } catch (const CLI::CallForVersion& version) {
        return told{std::string(version.what()) + "\n", 0};
    } catch (const CLI::ExtrasError& e) {
        const auto fault = unknown_option(app, words);
        return refused(fault.empty() ? e.what() : fault, app);
    } catch (const CLI::ParseError& e) {
        return refused(e.what(), app);
    }
    return chosen(app, all);
}

} // namespace mailspec::tools
