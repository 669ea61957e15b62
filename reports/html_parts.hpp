#pragma once

#include "harness/verdict/record.hpp"
#include "reports/coverage.hpp"

#include <iosfwd>
#include <string>
#include <string_view>

namespace mailspec::reports::html {

/// Our words as the text of an element, on one line.
std::string words(std::string_view ours);
/// Octets of a server as the text of an element, on one line.
std::string said(std::string_view octets);
/// The same, cut where a page would drown in it.
std::string cut(std::string_view octets);
/// Our words as a double-quoted attribute's value.
std::string value(std::string_view ours);
/// <dt>name</dt><dd>element</dd>, or nothing where there is no element.
std::string row(std::string_view name, std::string_view element);

/// <span class="badge violates">violates</span>
std::string badge(std::string_view word);
/// "Scenarios": what the run is made of, as a heading.
std::string units_of(const verdict::run_record& run);
/// A blank and a badge "known", "new", "better", "lost"; nothing where nothing is to be said.
std::string standing_badge(const verdict::scenario_record& r);
/// A link to that scenario in this page.
std::string link_to_scenario(std::string_view id);
/// A link to that requirement in this page.
std::string link_to_requirement(const rfc::requirement& r);
/// What states it: RFC and section as a link to its place, and the sentence.
std::string sentences(const rfc::requirement& r);

std::string scenario_anchor(std::string_view id);
std::string requirement_anchor(std::string_view id);

/// <form class="filter">: narrows a list where the page may run its script; hidden else.
std::string filter_begin(std::string_view of);
std::string filter_choice(std::string_view name, std::string_view label, const std::vector<std::string>& values);
std::string filter_end();

/// The style sheet and the script, as they stand between their tags.
std::string_view style();
std::string_view script();

void write_scenarios(std::ostream& out, const verdict::run_record& run);
void write_coverage(std::ostream& out, const verdict::run_record& run, const coverage& all);

} // namespace mailspec::reports::html
