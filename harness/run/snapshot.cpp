#include "harness/run/snapshot.hpp"

#include "harness/run/words.hpp"
#include "harness/wire/imap/views.hpp"
#include "harness/wire/mail/dates.hpp"

#include <algorithm>

namespace mailspec::run {

const snapshot::place* snapshot::find(std::string_view role, std::string_view name) const {
    const auto found =
        std::find_if(places.begin(), places.end(), [&](const place& p) { return p.role == role && p.name == name; });
    return found == places.end() ? nullptr : &*found;
}

snapshot::place& snapshot::at(std::string_view role, std::string_view name) {
    for (auto& each : places)
        if (each.role == role && each.name == name)
            return each;
    auto& made = places.emplace_back();
    made.role = role;
    made.name = name;
    return made;
}

std::set<std::string_view> ids_in(const snapshot::place* was) {
    std::set<std::string_view> out;
    for (std::size_t i = 0; was && i < was->messages.size(); ++i)
        out.insert(was->messages[i].id);
    return out;
}

bool same_date(const snapshot::message& a, const snapshot::message& b) {
    if (a.date == b.date)
        return true;
    const auto first = wire::mail::parse_internal_date(a.date), second = wire::mail::parse_internal_date(b.date);
    return first && second && first->seconds == second->seconds;
}

std::vector<std::string> flag_set(std::string_view flags) {
    std::vector<std::string> out;
    while (!flags.empty()) {
        const auto end = std::min(flags.find(' '), flags.size());
        if (end > 0)
            out.push_back(lower(flags.substr(0, end)));
        flags.remove_prefix(std::min(end + 1, flags.size()));
    }
    std::erase(out, "\\recent");
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> flag_set(const wire::imap::response& told) {
    std::string flags;
    for (const auto& flag : wire::imap::flags_of(told))
        flags += told.values.text(flag) + ' ';
    return flag_set(flags);
}

std::string show_flags(const std::vector<std::string>& set) {
    std::string out = "(";
    for (auto flag : set) {
        if (flag.size() > 1 && flag[0] == '\\' && flag[1] >= 'a' && flag[1] <= 'z')
            flag[1] = static_cast<char>(flag[1] - 'a' + 'A');
        out += (out.size() > 1 ? " " : "") + flag;
    }
    return out + ')';
}

} // namespace mailspec::run
