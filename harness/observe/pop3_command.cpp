#include "harness/observe/pop3_command.hpp"

#include "harness/observe/words.hpp"

#include <algorithm>
#include <iterator>

namespace mailspec::observe {
namespace {

using verb = pop3_command::verb;

enum class takes { nothing, number, number_and_count, text };

struct shape {
    std::string_view keyword;
    verb what;
    takes arguments;
};

constexpr shape shapes[] = {
    {"RETR", verb::retr, takes::number},         {"DELE", verb::dele, takes::number},
    {"NOOP", verb::noop, takes::nothing},        {"STAT", verb::stat, takes::nothing},
    {"LIST", verb::list, takes::nothing},        {"LIST", verb::list_one, takes::number},
    {"UIDL", verb::uidl, takes::nothing},        {"UIDL", verb::uidl_one, takes::number},
    {"TOP", verb::top, takes::number_and_count}, {"RSET", verb::rset, takes::nothing},
    {"QUIT", verb::quit, takes::nothing},        {"CAPA", verb::capa, takes::nothing},
    {"USER", verb::user, takes::text},           {"PASS", verb::pass, takes::text},
    {"APOP", verb::apop, takes::text},           {"AUTH", verb::auth, takes::text},
    {"STLS", verb::stls, takes::nothing},
};

/// Reads what follows the keyword; false where it is not what the command takes.
bool read_arguments(std::string_view rest, takes wanted, std::uint32_t& number) {
    if (wanted == takes::nothing)
        return rest.empty();
    if (!rest.starts_with(' '))
        return false;
    rest.remove_prefix(1);
    if (wanted == takes::text)
        return !rest.empty() && rest.front() != ' ';
    const auto first = wanted == takes::number ? rest : take_until(rest, " ");
    const auto n = read_number<std::uint32_t>(first);
    number = n.value_or(0);
    return number != 0 && (wanted == takes::number || read_number<std::uint32_t>(rest));
}

} // namespace

pop3_command read_pop3_command(std::string_view line) {
    const auto keyword = line.substr(0, line.find(' '));
    for (const auto& each : shapes) {
        std::uint32_t number = 0;
        if (is_word(keyword, each.keyword) && read_arguments(line.substr(keyword.size()), each.arguments, number))
            return {each.what, number};
    }
    return {};
}

std::string_view name_of(verb v) {
    const auto known = std::find_if(std::begin(shapes), std::end(shapes), [&](const shape& s) { return s.what == v; });
    return known == std::end(shapes) ? "a command" : known->keyword;
}

} // namespace mailspec::observe
