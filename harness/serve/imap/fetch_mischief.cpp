#include "harness/serve/imap/fetch_mischief.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/mail/section.hpp"

#include <algorithm>
#include <span>

namespace mailspec::serve::imap {

namespace {

namespace req = rfc::req;

using range = fetch_item::range;
constexpr range but_the_first{1, ~std::uint32_t{0}};

/// One breach: what of another text, or of less of it, is given for a section.
struct row {
    const rfc::requirement* broken;
    bool (*concerns)(const fetch_item&);
    const char* section; ///< given instead; null: the one asked for
    std::optional<range> partial;
};

bool is_fields(const fetch_item& item) { return item.section.starts_with("HEADER.FIELDS"); }

bool in_small_letters(const fetch_item& item) {
    return std::ranges::any_of(item.section, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::span<const row> rows() {
    static const row table[] = {
        {&req::imap_fetch_header_fields, is_fields, "HEADER", {}},
        {&req::imap_fetch_header_fields_not,
         [](const fetch_item& i) { return i.section.starts_with("HEADER.FIELDS.NOT"); },
         "HEADER",
         {}},
        {&req::imap_fetch_header_fields_case, in_small_letters, "HEADER.FIELDS (X-NOBODY-HAS-IT)", {}},
        {&req::imap_fetch_body_halves, [](const fetch_item& i) { return i.section == "TEXT"; }, nullptr, but_the_first},
        {&req::imap_fetch_body_whole, [](const fetch_item& i) { return i.section.empty() && !i.partial; }, nullptr,
         range{0, 1u << 16}},
        {&req::imap_fetch_partial_subset, [](const fetch_item& i) { return i.partial && is_fields(i); }, "HEADER", {}},
    };
    return table;
}

std::size_t size_of(const stored_message& m, const std::string& section) {
    if (section.empty())
        return m.octets->size();
    const auto found = wire::mail::section(*m.octets, section);
    return found ? found->octets().size() : 0;
}

/// The breaches that go by how much text there is.
void spoil_by_size(const conversation& c, std::size_t size, const fetch_item& item, asked_section& out) {
    if (item.section.starts_with("HEADER") && c.breaks(req::imap_fetch_header_blank_line))
        out.partial = range{0, static_cast<std::uint32_t>(size < 2 ? 0 : size - 2)};
    if (!item.partial)
        return;
    if (c.breaks(req::imap_fetch_partial))
        out.partial = range{0, item.partial->count + 1};
    if (item.partial->first > size && c.breaks(req::imap_fetch_partial_beyond))
        out.section = "99";
    else if (item.partial->first + std::uint64_t{item.partial->count} > size &&
             c.breaks(req::imap_fetch_partial_truncated))
        out.partial = range{0, 0};
}

} // namespace

asked_section spoilt_section(const conversation& c, const stored_message& m, const fetch_item& item) {
    asked_section out{item.section, item.partial};
    if (!c.options().breaches->any())
        return out;
    for (const auto& r : rows()) {
        if (!c.breaks(*r.broken) || !r.concerns(item))
            continue;
        if (r.section)
            out.section = r.section;
        if (r.partial)
            out.partial = r.partial;
    }
    spoil_by_size(c, size_of(m, item.section), item, out);
    return out;
}

} // namespace mailspec::serve::imap
