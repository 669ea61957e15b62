#include "harness/serve/imap/fetch_item.hpp"

#include "harness/serve/imap/writer.hpp"

#include <array>
#include <utility>

namespace mailspec::serve::imap {

namespace {

using kind = fetch_item::kind;

constexpr std::size_t most_items = 64;
constexpr std::size_t deepest_part = 50;

struct plain_item {
    std::string_view name;
    kind what;
    bool sets_seen;
};
constexpr plain_item plain[] = {
    {"BODY", kind::body, false},
    {"BODYSTRUCTURE", kind::body_structure, false},
    {"ENVELOPE", kind::envelope, false},
    {"FLAGS", kind::flags, false},
    {"INTERNALDATE", kind::internal_date, false},
    {"RFC822", kind::rfc822, true},
    {"RFC822.HEADER", kind::rfc822_header, false},
    {"RFC822.SIZE", kind::size, false},
    {"RFC822.TEXT", kind::rfc822_text, true},
    {"UID", kind::uid, false},
};

struct macro {
    std::string_view name;
    std::array<std::string_view, 5> items;
};
constexpr macro macros[] = {
    {"ALL", {"FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", ""}},
    {"FAST", {"FLAGS", "INTERNALDATE", "RFC822.SIZE", "", ""}},
    {"FULL", {"FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"}},
};

fetch_item plain_named(arguments& args, std::string_view name) {
    fetch_item out;
    for (const auto& p : plain) {
        if (!same(p.name, name))
            continue;
        out.what = p.what;
        out.sets_seen = p.sets_seen;
        out.name = p.name;
        return out;
    }
    args.fail("a FETCH item that does not exist");
    return out;
}

void read_fields(arguments& args, section_spec& spec, std::string& name) {
    args.sp();
    args.expect('(');
    name += " (";
    do {
        spec.fields.push_back(args.astring());
        put_astring(name, spec.fields.back());
        name += ' ';
    } while (args.take(' '));
    args.expect(')');
    name.back() = ')';
}

void read_section_text(arguments& args, section_spec& spec, std::string& name) {
    struct row {
        std::string_view name;
        section_spec::text what;
    };
    static constexpr row rows[] = {{"HEADER.FIELDS.NOT", section_spec::text::header_fields_not},
                                   {"HEADER.FIELDS", section_spec::text::header_fields},
                                   {"HEADER", section_spec::text::header},
                                   {"TEXT", section_spec::text::text},
                                   {"MIME", section_spec::text::mime}};
    for (const auto& r : rows) {
        if (!args.keyword(r.name))
            continue;
        if (r.what == section_spec::text::mime && spec.part.empty())
            args.fail("MIME without a part");
        spec.what = r.what;
        name += r.name;
        if (r.what == section_spec::text::header_fields || r.what == section_spec::text::header_fields_not)
            read_fields(args, spec, name);
        return;
    }
    args.fail("a section that does not exist");
}

void read_section(arguments& args, fetch_item& item) {
    args.expect('[');
    item.name += '[';
    bool dot = false;
    while (!args.failed() && args.rest().size() > 0 && args.rest()[0] >= '0' && args.rest()[0] <= '9') {
        item.section.part.push_back(args.nz_number());
        if (item.section.part.size() > deepest_part)
            args.fail("a part deeper than any message has");
        put_number(item.name, item.section.part.back());
        dot = args.take('.');
        if (!dot)
            break;
        item.name += '.';
    }
    if (dot || (item.section.part.empty() && !args.next_is(']')))
        read_section_text(args, item.section, item.name);
    args.expect(']');
    item.name += ']';
}

void read_partial(arguments& args, fetch_item& item) {
    if (!args.take('<'))
        return;
    fetch_item::range r;
    r.first = args.number();
    args.expect('.');
    r.count = args.nz_number();
    args.expect('>');
    item.partial = r;
    item.name += '<';
    put_number(item.name, r.first);
    item.name += '>';
}

fetch_item read_item(arguments& args) {
    auto name = args.name();
    bool peek = same(name, "BODY.PEEK");
    if (args.failed() || !(peek || (same(name, "BODY") && args.next_is('['))))
        return args.failed() ? fetch_item{} : plain_named(args, name);
    fetch_item item;
    item.what = kind::section;
    item.sets_seen = !peek;
    item.name = "BODY";
    read_section(args, item);
    read_partial(args, item);
    return item;
}

} // namespace

std::vector<fetch_item> read_fetch_items(arguments& args) {
    std::vector<fetch_item> out;
    for (const auto& m : macros) {
        if (!args.keyword(m.name))
            continue;
        for (auto name : m.items)
            if (!name.empty())
                out.push_back(plain_named(args, name));
        return out;
    }
    if (!args.take('(')) {
        out.push_back(read_item(args));
        return out;
    }
    do {
        out.push_back(read_item(args));
        if (out.size() > most_items)
            args.fail("more items than there are");
    } while (args.take(' '));
    args.expect(')');
    return out;
}

} // namespace mailspec::serve::imap
