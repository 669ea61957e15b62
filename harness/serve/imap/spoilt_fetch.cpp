#include "harness/serve/imap/spoilt_fetch.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/serve/imap/garble.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <vector>

namespace mailspec::serve::imap {

namespace req = rfc::req;

namespace {

/// Wherever the structure has `from`, `to` stands instead; the rows of one requirement one after the other.
struct spoiling {
    const rfc::requirement* broken;
    std::string_view from, to;
};

std::span<const spoiling> spoilings() {
    static const spoiling table[] = {
        {&req::imap_fetch_bodystructure_defaults, "\"7bit\"", "\"8bit\""},
        {&req::imap_fetch_bodystructure_extension, "(\"attachment\" (", "(\"inline\" ("},
        {&req::imap_fetch_bodystructure_extension, "(\"de\" \"en\")", "(\"en\" \"de\")"},
        {&req::imap_fetch_bodystructure_message, "(\"message\" \"rfc822\"", "(\"message\" \"x-rfc822\""},
        {&req::imap_fetch_bodystructure_multipart, ") \"", ") \"x-"},
        {&req::imap_fetch_bodystructure_single, "(\"application\" \"", "(\"application\" \"x-"},
        {&req::imap_fetch_bodystructure_single, "(\"image\" \"", "(\"image\" \"x-"},
        {&req::imap_fetch_bodystructure_single, "(\"message\" \"", "(\"message\" \"x-"},
        {&req::imap_fetch_bodystructure_single, "(\"text\" \"", "(\"text\" \"x-"},
        {&req::imap_fetch_bodystructure_single, "(\"TEXT\" \"", "(\"TEXT\" \"x-"},
        {&req::imap_fetch_envelope_absent, " NIL ((", " \"\" (("},
        {&req::imap_fetch_envelope_absent, "(NIL NIL NIL NIL NIL ", "(\"\" \"\" NIL NIL NIL "},
        {&req::imap_fetch_envelope_group, "(NIL NIL NIL NIL)", ""},
        {&req::imap_fetch_envelope_no_addresses, ")) NIL NIL NIL NIL NIL)",
         ")) ((NIL NIL \"nobody\" \"example.org\")) NIL NIL NIL NIL)"},
        {&req::imap_fetch_envelope_no_addresses, "\" NIL NIL NIL ((",
         "\" ((NIL NIL \"nobody\" \"example.org\")) NIL NIL (("},
        {&req::imap_fetch_envelope_unquoted, "\\\"", "\\\\\\\""},
    };
    return table;
}

/// "7bit" 12 3: 13 lines.
void spoil_lines(std::string& structure) {
    for (auto at = structure.find("\" "); at != structure.npos; at = structure.find("\" ", at + 1)) {
        auto next =
            std::find_if_not(structure.begin() + static_cast<std::ptrdiff_t>(at) + 2, structure.end(), wire::is_digit);
        const auto size = static_cast<std::size_t>(next - structure.begin());
        if (size > at + 2 && structure.substr(size, 1) == " " && wire::is_digit(structure[size + 1]))
            structure.insert(size + 1, "1");
    }
}

/// The first Sender is not that of the message.
void spoil_sender(std::string& envelope) {
    const auto from = envelope.find(" ((");
    const auto end = from == envelope.npos ? from : envelope.find(")) ((", from + 1);
    if (end != envelope.npos)
        envelope.insert(end + 4, "(NIL NIL \"nobody\" \"example.org\")");
}

bool is_part(std::string_view section) {
    return !section.empty() &&
           std::all_of(section.begin(), section.end(), [](char c) { return c == '.' || wire::is_digit(c); });
}

/// "2.HEADER.FIELDS (SUBJECT)": "2.TEXT".
std::string instead(std::string_view section, std::string_view word, std::string_view other) {
    return std::string(section.substr(0, section.find(word))) + std::string(other);
}

/// "1.3": "1.2"; "1.1": nothing.
std::string part_before(std::string_view section) {
    const auto dot = section.rfind('.');
    const auto begin = dot == section.npos ? 0 : dot + 1;
    const auto number = std::stoul(std::string(section.substr(begin)));
    return number == 1 ? "0" : std::string(section.substr(0, begin)) + std::to_string(number - 1);
}

std::string other_section(std::string_view asked, const mischief& breaches) {
    if (breaches.breaks(req::imap_fetch_header) && asked.find("HEADER") != asked.npos)
        return instead(asked, "HEADER", "TEXT");
    if (breaches.breaks(req::imap_fetch_text) && asked.ends_with("TEXT"))
        return instead(asked, "TEXT", "HEADER");
    if (breaches.breaks(req::imap_fetch_mime) && asked.ends_with(".MIME"))
        return instead(asked, ".MIME", "");
    if (breaches.breaks(req::imap_fetch_part_one) && asked == "1")
        return "0";
    if (breaches.breaks(req::imap_fetch_message_parts) && is_part(asked) && asked.find('.') != asked.npos)
        return "0";
    if (breaches.breaks(req::imap_fetch_part_numbers) && is_part(asked))
        return part_before(asked);
    return std::string(asked);
}

} // namespace

void spoil_structures(std::string& out, std::size_t begun, const mischief& breaches) {
    if (!breaches.any())
        return;
    auto told = out.substr(begun);
    for (const auto& each : spoilings())
        if (breaches.breaks(*each.broken))
            replace_all(told, each.from, each.to);
    if (breaches.breaks(req::imap_fetch_bodystructure_lines))
        spoil_lines(told);
    if (breaches.breaks(req::imap_fetch_envelope_sender_default))
        spoil_sender(told);
    out.replace(begun, out.npos, told);
}

void spoil(fetch_item& item, const mischief& breaches) {
    if (!breaches.any() || item.what != fetch_item::kind::section)
        return;
    if (item.section.empty() && breaches.breaks(req::imap_fetch_body_section))
        item.partial = fetch_item::range{1, ~std::uint32_t{0}};
    item.section = other_section(item.section, breaches);
}

std::span<const rfc::requirement* const> fetch_mischief() {
    static const auto list = [] {
        std::vector<const rfc::requirement*> all = {
            &req::imap_fetch_body_section,
            &req::imap_fetch_bodystructure_lines,
            &req::imap_fetch_envelope_sender_default,
            &req::imap_fetch_header,
            &req::imap_fetch_message_parts,
            &req::imap_fetch_mime,
            &req::imap_fetch_part_numbers,
            &req::imap_fetch_part_one,
            &req::imap_fetch_text,
        };
        for (const auto& each : spoilings())
            all.push_back(each.broken);
        return all;
    }();
    return list;
}

} // namespace mailspec::serve::imap
