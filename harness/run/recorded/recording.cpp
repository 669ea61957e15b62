#include "harness/run/recorded/recording.hpp"

#include "harness/run/recorded/text.hpp"
#include "harness/run/transcript_log.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace mailspec::run::recorded {
namespace {

using writer = recording::writer;

constexpr std::string_view unended = " [no line end]", cut_begins = " [... of ", cut_ends = " octets in all]";

/// The lines of a text, counted from 1.
class lines_of {
public:
    explicit lines_of(std::string_view all) : rest_(all), xml_(all.starts_with("<?xml")) {}
    bool next() {
        if (rest_.empty())
            return false;
        const auto end = std::min(rest_.find('\n'), rest_.size());
        auto one = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        if (one.ends_with('\r'))
            one.remove_suffix(1);
        text = xml_ ? without_entities(one) : std::string(one);
        ++number;
        return true;
    }
    std::string text;
    std::uint32_t number = 0;

private:
    std::string_view rest_;
    bool xml_;
};

line::speaker speaker_of(const said& s) {
    return s.who == 'C' ? line::speaker::client : s.who == 'S' ? line::speaker::server : line::speaker::note;
}

/// What mailspec's reports put above a transcript, `part` above a piece of one.
enum class heading { none, part, whole };

heading heading_of(std::string_view text) {
    const auto words = trimmed(text);
    return words == "transcript:" || words == "whole transcript" ? heading::whole
           : words == "transcript"                               ? heading::part
                                                                 : heading::none;
}

/// Only a report names the scenario's file above its transcript.
heading find_heading(std::string_view text) {
    auto best = heading::none;
    bool names_scenario = false;
    for (lines_of each(text); each.next();) {
        const auto words = trimmed(each.text);
        for (const std::string_view unit : {"scenario", "recording"})
            names_scenario =
                names_scenario || (words.starts_with(unit) && (words.substr(unit.size()).starts_with(": ") ||
                                                               words.substr(unit.size()).starts_with("  ")));
        if (names_scenario)
            best = std::max(best, heading_of(each.text));
    }
    return best;
}

/// What a server said is not known where a secret was in it; of a client's line the rest tells enough.
bool is_masked(const line& l, std::string_view text) {
    return l.who == line::speaker::server && text.find("[masked]") != std::string_view::npos;
}

/// Was something of it left out, or written in another way than it was said? Only people do so.
bool seems_altered(std::string_view text) { return is_placeholder(text) || seems_typeset(text); }

line own_line(const said& s, std::uint32_t number) {
    line l;
    l.who = speaker_of(s);
    l.session = s.session;
    l.number = number;
    auto text = s.behind;
    if (l.who == line::speaker::note) {
        l.octets = text;
        return l;
    }
    text.remove_prefix(text.starts_with(' ') ? 1 : 0);
    if (text.ends_with(unended)) {
        l.is = line::form::open;
        text.remove_suffix(unended.size());
    } else if (text.ends_with(cut_ends) && text.rfind(cut_begins) != std::string_view::npos) {
        l.is = line::form::cut;
        text = text.substr(0, text.rfind(cut_begins));
    } else if ((text.find("[... ") != std::string_view::npos && text.ends_with(']')) || is_masked(l, text)) {
        l.is = line::form::doubtful;
    }
    l.octets = unescaped(text);
    return l;
}

void read_own(std::string_view text, heading wanted, recording& into) {
    bool inside = false;
    for (lines_of each(text); each.next();) {
        if (heading_of(each.text) == wanted) {
            into.parts.emplace_back();
            inside = true;
            continue;
        }
        const auto s = inside ? read_said(each.text) : std::nullopt;
        if (s)
            into.parts.back().push_back(own_line(*s, each.number));
        else
            inside = inside && trimmed(each.text) == "...";
    }
}

/// What was audited may be people's text: then their lines are in the report as they wrote them.
bool tells_of_audit(std::string_view text) {
    return text.find(": " + std::string(audit_title)) != std::string_view::npos;
}

void doubt_altered(recording& in) {
    in.by = writer::people;
    for (auto& part : in.parts)
        for (auto& each : part)
            if (each.who != line::speaker::note && seems_altered(each.octets))
                each.is = line::form::doubtful;
}

/// What telnet and the pages of an RFC put between the lines of a dialogue.
bool is_chatter(std::string_view text) {
    const auto words = trimmed(text);
    constexpr std::string_view begins[] = {"#", "Trying ", "Connected to ", "Escape character", "Connection closed"};
    return words.empty() || text.find('\f') != std::string_view::npos || words == "$" ||
           std::any_of(std::begin(begins), std::end(begins), [&](auto b) { return words.starts_with(b); }) ||
           (words.ends_with(']') && words.find("[Page ") != std::string_view::npos) || text.starts_with("RFC ");
}

class people_reader {
public:
    explicit people_reader(recording& into) : into_(into) { into.parts.emplace_back(); }

    /// Gives the sentence that says what is wrong, or nothing.
    std::optional<std::string> take(const lines_of& from) {
        if (const auto s = read_said(from.text))
            return take_said(*s, from.number);
        const auto indented = from.text.find_first_not_of(" \t");
        if (is_chatter(from.text)) {
            goes_on_ = goes_on_ && !trimmed(from.text).empty();
        } else if (is_placeholder(from.text) && (!goes_on_ || indented <= indented_)) {
            leave_out(from.number);
        } else if (goes_on_ && indented > indented_) {
            auto& last = into_.parts[0].back();
            last.octets.append(" ").append(trimmed(from.text));
            last.is = line::form::doubtful;
        } else if (!into_.parts[0].empty() && nobodys_ == 0) {
            nobodys_ = from.number;
            if (std::exchange(goes_on_, false)) // perhaps the end of what stands above
                into_.parts[0].back().is = line::form::doubtful;
        }
        return std::nullopt;
    }

    /// How far the words stand behind the colon is the same everywhere; what is indented deeper was sent so.
    void finish() {
        auto& all = into_.parts[0];
        std::size_t margin = std::string::npos;
        for (const auto& each : all)
            if (each.who != line::speaker::note && !trimmed(each.octets).empty())
                margin = std::min(margin, each.octets.find_first_not_of(" \t"));
        for (auto& each : all)
            each.octets.erase(0, std::min({margin, each.octets.size(), each.octets.find_first_not_of(" \t")}));
    }

private:
    void leave_out(std::uint32_t number) {
        auto& all = into_.parts[0];
        if (all.empty())
            return;
        if (std::exchange(goes_on_, false)) // perhaps the rest of what stands above
            all.back().is = line::form::doubtful;
        line l;
        l.octets = lines_left_out;
        l.number = number;
        all.push_back(std::move(l));
    }

    std::optional<std::string> take_said(const said& s, std::uint32_t number) {
        if (nobodys_ != 0)
            return into_.file + ":" + std::to_string(nobodys_) +
                   ": who says this? Begin it with C: or S:, with # where it is a remark, or indent it where it goes "
                   "on from the line above";
        line l;
        l.who = speaker_of(s);
        l.session = s.session;
        l.octets = s.behind;
        l.number = number;
        if (l.who != line::speaker::note &&
            (seems_altered(s.behind) || seems_escaped(s.behind) || is_masked(l, s.behind)))
            l.is = line::form::doubtful;
        indented_ = s.indented;
        goes_on_ = true;
        into_.parts[0].push_back(std::move(l));
        return std::nullopt;
    }

    recording& into_;
    std::size_t indented_ = 0;
    bool goes_on_ = false;
    std::uint32_t nobodys_ = 0; ///< the first line amid the dialogue that nobody says; 0: none
};

bool has_server(const recording& r) {
    return std::any_of(r.parts.begin(), r.parts.end(), [](const auto& part) {
        return std::any_of(part.begin(), part.end(), [](const line& l) { return l.who == line::speaker::server; });
    });
}

} // namespace

std::variant<recording, std::string> read(std::string_view text, const std::string& file) {
    recording out;
    out.file = file;
    if (const auto wanted = find_heading(text); wanted != heading::none) {
        out.by = writer::mailspec;
        read_own(text, wanted, out);
        if (tells_of_audit(text))
            doubt_altered(out);
    } else {
        people_reader reader(out);
        for (lines_of each(text); each.next();)
            if (auto fault = reader.take(each))
                return *fault;
        reader.finish();
    }
    if (!has_server(out) && text.starts_with("mailspec "))
        return file + ":1: this report holds no transcript; mailspec run -v prints one of each scenario, and so does "
                      "--report junit:FILE";
    if (!has_server(out))
        return file + ":1: no line here begins with S:; put it in front of what the server said, and C: of what the "
                      "client did";
    std::size_t index = 0;
    for (auto& part : out.parts)
        for (auto& each : part)
            each.index = index++;
    return out;
}

} // namespace mailspec::run::recorded
