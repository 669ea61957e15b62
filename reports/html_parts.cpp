#include "reports/html_parts.hpp"

#include "reports/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace mailspec::reports::html {
namespace {

constexpr std::size_t longest = 2000;

/// An id as the value of an id attribute and behind "#": what else it may hold becomes "-".
std::string anchor(std::string_view kind, std::string_view id) {
    std::string out(kind);
    for (const char c : id) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                           c == '/' || c == '-' || c == '_';
        out += plain ? c : '-';
    }
    return out;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string place_of(const rfc::citation& s) {
    const auto place = words(fmt::format("RFC {} section {}", s.rfc, s.section));
    if (!is_number(s.rfc))
        return place;
    return fmt::format("<a href=\"https://www.rfc-editor.org/rfc/rfc{0}#section-{1}\" rel=\"noreferrer\">{2}</a>",
                       s.rfc, value(s.section), place);
}

} // namespace

std::string words(std::string_view ours) { return xml_text(our_words(ours)); }

std::string said(std::string_view octets) { return xml_text(printable(without_line_end(octets))); }

std::string cut(std::string_view octets) { return xml_text(printable(without_line_end(octets), longest)); }

std::string value(std::string_view ours) { return xml_attribute(our_words(ours)); }

std::string row(std::string_view name, std::string_view element) {
    return element.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, element);
}

std::string badge(std::string_view word) {
    return fmt::format("<span class=\"badge {}\">{}</span>", anchor("", word), words(word));
}

std::string units_of(const verdict::run_record& run) {
    auto out = words(run.info.unit) + "s";
    out.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(out.front())));
    return out;
}

std::string standing_badge(const verdict::scenario_record& r) {
    const auto how = verdict::standing_of(r);
    return how == verdict::standing::as_before ? "" : " " + badge(verdict::to_string(how));
}

std::string scenario_anchor(std::string_view id) { return anchor("s-", id); }

std::string requirement_anchor(std::string_view id) { return anchor("r-", id); }

std::string link_to_scenario(std::string_view id) {
    return fmt::format("<a href=\"#{}\">{}</a>", scenario_anchor(id), words(id));
}

std::string link_to_requirement(const rfc::requirement& r) {
    return fmt::format("<a href=\"#{}\">{}</a>", requirement_anchor(r.id), words(r.id));
}

std::string sentences(const rfc::requirement& r) {
    std::string out;
    for (const auto& s : r.sources)
        out += fmt::format("<blockquote>{}<cite>{}</cite></blockquote>\n", words(s.sentence), place_of(s));
    return out;
}

std::string filter_begin(std::string_view of) {
    return fmt::format("<form class=\"filter\" data-of=\"{}\" hidden>\n"
                       "<label>search <input type=\"search\" name=\"words\" autocomplete=\"off\"></label>\n",
                       of);
}

std::string filter_choice(std::string_view name, std::string_view label, const std::vector<std::string>& values) {
    std::string out = fmt::format("<label>{} <select name=\"{}\"><option value=\"\">any</option>", label, name);
    for (const auto& each : values)
        out += fmt::format("<option>{}</option>", words(each));
    return out + "</select></label>\n";
}

std::string filter_end() { return "<output></output></form>\n"; }

} // namespace mailspec::reports::html
