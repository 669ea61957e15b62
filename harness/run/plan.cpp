#include "harness/run/plan.hpp"

#include "harness/wire/protocol.hpp"

#include <algorithm>
#include <optional>

namespace mailspec::run {
namespace {

bool is_glob(std::string_view s) { return s.find_first_of("*?") != std::string_view::npos; }

/// `*` stays within a folder, `**` goes across, `?` is one letter.
bool glob_matches(std::string_view text, std::string_view glob) {
    if (glob.empty())
        return text.empty();
    if (glob.starts_with("**")) {
        auto rest = glob.substr(2);
        if (rest.starts_with('/') && glob_matches(text, rest.substr(1)))
            return true;
        for (std::size_t i = 0; i <= text.size(); ++i)
            if (glob_matches(text.substr(i), rest))
                return true;
        return false;
    }
    if (glob.front() == '*') {
        for (std::size_t i = 0; i <= text.size(); ++i) {
            if (glob_matches(text.substr(i), glob.substr(1)))
                return true;
            if (i < text.size() && text[i] == '/')
                return false;
        }
        return false;
    }
    if (text.empty() || (glob.front() == '?' ? text.front() == '/' : glob.front() != text.front()))
        return false;
    return glob_matches(text.substr(1), glob.substr(1));
}

template <typename T, typename Is> bool any(const std::vector<T>& of, Is is) {
    return std::any_of(of.begin(), of.end(), is);
}

bool has_tag(const scenario::scenario& s, std::string_view tag) {
    return any(s.tags, [&](const std::string& t) { return t == tag; });
}

bool wanted(const scenario::scenario& s, const selection& by) {
    const auto is_out = [&](const std::string& out) {
        return out.starts_with("tag:") ? has_tag(s, std::string_view(out).substr(4)) : id_matches(s.id, out);
    };
    const auto speaks = [&](const std::string& p) {
        return any(s.sessions, [&](const auto& session) { return to_string(session.protocol) == p; });
    };
    return (by.ids.empty() || any(by.ids, [&](const auto& id) { return id_matches(s.id, id); })) &&
           (by.tags.empty() || any(by.tags, [&](const auto& tag) { return has_tag(s, tag); })) &&
           (by.protocols.empty() || any(by.protocols, speaks)) && !any(by.excluded, is_out);
}

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

/// The sentence about an id that matches nothing.
std::string nothing_like(std::span<const scenario_ptr> from, const std::string& id) {
    std::string out = "no scenario matches " + id;
    std::string_view nearest;
    std::size_t least = id.size() / 3 + 2;
    for (const auto& each : from)
        if (const auto d = distance(id, each->id); d < least) {
            least = d;
            nearest = each->id;
        }
    if (!nearest.empty() && !is_glob(id))
        out += "; did you mean " + std::string(nearest) + "?";
    return out;
}

std::optional<std::string> check_id(std::span<const scenario_ptr> from, const std::string& id) {
    if (std::none_of(from.begin(), from.end(), [&](const auto& s) { return id_matches(s->id, id); }))
        return nothing_like(from, id);
    return std::nullopt;
}

std::optional<std::string> check_tag(std::span<const scenario_ptr> from, const std::string& tag) {
    if (std::none_of(from.begin(), from.end(), [&](const auto& s) { return has_tag(*s, tag); }))
        return "no scenario is tagged " + tag;
    return std::nullopt;
}

std::optional<std::string> check(std::span<const scenario_ptr> from, const selection& by) {
    for (const auto& id : by.ids)
        if (auto why = check_id(from, id))
            return why;
    for (const auto& p : by.protocols)
        if (!wire::protocol_of(p))
            return "there is no protocol " + p + "; there are imap, pop3, smtp, submission, lmtp and managesieve";
    for (const auto& tag : by.tags)
        if (auto why = check_tag(from, tag))
            return why;
    for (const auto& out : by.excluded)
        if (auto why = out.starts_with("tag:") ? check_tag(from, out.substr(4)) : check_id(from, out))
            return why;
    return std::nullopt;
}

} // namespace

bool id_matches(std::string_view id, std::string_view wanted) {
    while (wanted.ends_with('/'))
        wanted.remove_suffix(1);
    if (wanted.ends_with(".xml"))
        wanted.remove_suffix(4);
    if (is_glob(wanted))
        return glob_matches(id, wanted);
    return id == wanted || (id.starts_with(wanted) && id.size() > wanted.size() && id[wanted.size()] == '/');
}

std::variant<plan, std::string> select(std::span<const scenario_ptr> from, const selection& by) {
    if (auto why = check(from, by))
        return *why;
    plan out;
    for (const auto& each : from)
        if (wanted(*each, by))
            out.scenarios.push_back(each);
    if (out.scenarios.empty())
        return std::string("nothing is selected");
    std::stable_sort(out.scenarios.begin(), out.scenarios.end(),
                     [](const auto& a, const auto& b) { return a->id < b->id; });
    return out;
}

} // namespace mailspec::run
