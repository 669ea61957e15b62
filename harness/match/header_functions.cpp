#include "harness/match/header_functions.hpp"

#include "harness/match/ascii.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace mailspec::match {
namespace {

/// The header fields of a message, each with its folded lines.
std::vector<std::string_view> fields_of(std::string_view message) {
    std::vector<std::string_view> out;
    std::size_t begun = 0;
    for (std::size_t at = 0; at < message.size();) {
        const std::size_t end = std::min(message.find('\n', at), message.size() - 1) + 1;
        const auto line = message.substr(at, end - at);
        const bool folded = line.starts_with(' ') || line.starts_with('\t');
        if (!folded && at > begun)
            out.push_back(message.substr(begun, at - begun));
        begun = folded ? begun : at;
        if (line == "\r\n" || line == "\n")
            return out;
        at = end;
    }
    if (begun < message.size())
        out.push_back(message.substr(begun));
    return out;
}

/// Line ends become nothing, as unfolding has it (RFC 5322 section 2.2.3); white space around goes, too.
std::string unfolded(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != '\r' && c != '\n'; });
    constexpr std::string_view white = " \t";
    out.erase(0, std::min(out.find_first_not_of(white), out.size()));
    out.erase(out.find_last_not_of(white) + 1);
    return out;
}

bool is_named(std::string_view field, std::string_view name) {
    return field.size() > name.size() && field[name.size()] == ':' && same_letters(field.substr(0, name.size()), name);
}

/// A structured field body in words, without its comments; a semicolon is a word.
std::vector<std::string> words_of(std::string_view body) {
    std::vector<std::string> out(1);
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (c == '\\' && (quoted || depth > 0)) {
            if (depth == 0)
                out.back().append(body.substr(i, 2));
            ++i;
        } else if (!quoted && (c == '(' || (c == ')' && depth > 0))) {
            depth += c == '(' ? 1 : -1;
        } else if (depth > 0) {
            continue;
        } else if (!quoted && (c == ' ' || c == '\t' || c == ';')) {
            out.emplace_back();
            if (c == ';')
                out.insert(out.end() - 1, ";");
        } else {
            quoted = c == '"' ? !quoted : quoted;
            out.back() += c;
        }
    }
    std::erase(out, "");
    return out;
}

std::string clause_of(const std::vector<std::string>& words, std::string_view wanted) {
    constexpr std::array<std::string_view, 7> clauses{"from", "by", "via", "with", "id", "for", "tls"};
    std::string out, at;
    bool begun = false;
    for (const auto& word : words) {
        const auto word_lowered = wire::in_small_letters(word);
        if (word == ";")
            break;
        const bool host = begun && word_lowered == "tls"; // "from tls by ..."
        begun = !host && std::find(clauses.begin(), clauses.end(), word_lowered) != clauses.end();
        if (begun)
            at = word_lowered;
        else if (at == wanted)
            out.append(out.empty() ? "" : " ").append(word);
    }
    return out;
}

/// Of "Mon, 4 Mar 2024 09:28:00 +0000", whose first word may be missing.
std::string date_part_of(const std::vector<std::string>& words, std::string_view wanted) {
    const auto semicolon = std::find(words.rbegin(), words.rend(), ";").base();
    std::vector<std::string> date(semicolon, words.end());
    if (semicolon == words.begin() || date.empty())
        return {};
    if (date.front().ends_with(','))
        date.erase(date.begin());
    const std::size_t at = wanted == "year" ? 2 : wanted == "time" ? 3 : 4;
    return at < date.size() ? date[at] : std::string();
}

} // namespace

std::string fields_not_in(std::string_view of, std::string_view other) {
    const auto known = fields_of(other);
    std::vector<std::string_view> named;
    std::string out;
    for (const auto field : fields_of(of)) {
        const auto name = field.substr(0, field.find(':'));
        if (std::find(known.begin(), known.end(), field) != known.end() ||
            std::find(named.begin(), named.end(), name) != named.end())
            continue;
        named.push_back(name);
        out.append(out.empty() ? "" : ", ").append(name);
    }
    return out.empty() ? "none" : out;
}

std::string field_of(std::string_view message, std::string_view name) {
    for (const auto field : fields_of(message))
        if (is_named(field, name))
            return unfolded(field.substr(name.size() + 1));
    return {};
}

std::string received_part(std::string_view message, std::string_view part, std::string_view holding) {
    for (const auto field : fields_of(message)) {
        if (!is_named(field, "Received") || (!holding.empty() && count_of(field, holding) == 0))
            continue;
        const auto body = unfolded(field.substr(field.find(':') + 1));
        if (part == "field")
            return body;
        const bool of_date = part == "year" || part == "time" || part == "zone";
        const auto words = words_of(body);
        return of_date ? date_part_of(words, part) : clause_of(words, part);
    }
    return {};
}

std::string before_first(std::string_view octets, std::string_view what) {
    const auto at = octets.find(what);
    return std::string(octets.substr(0, at == octets.npos ? 0 : at));
}

std::size_t count_of(std::string_view octets, std::string_view what) {
    if (what.empty())
        return 0;
    const auto all = wire::in_small_letters(octets), wanted = wire::in_small_letters(what);
    std::size_t n = 0;
    for (auto at = all.find(wanted); at != all.npos; at = all.find(wanted, at + wanted.size()))
        ++n;
    return n;
}

} // namespace mailspec::match
