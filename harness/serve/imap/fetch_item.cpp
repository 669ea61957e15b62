#include "harness/serve/imap/fetch_item.hpp"

#include "harness/serve/imap/writer.hpp"
#include "harness/wire/ascii.hpp"

#include <array>

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

void read_fields(arguments& args, std::string& spec) {
    args.sp();
    args.expect('(');
    spec += " (";
    do {
        put_astring(spec, args.astring());
        spec += ' ';
    } while (args.take(' '));
    args.expect(')');
    spec.back() = ')';
}

enum class within { message, part };

void read_section_text(arguments& args, std::string& spec, within where) {
    for (std::string_view fields : {"HEADER.FIELDS.NOT", "HEADER.FIELDS"}) {
        if (args.keyword(fields)) {
            spec += fields;
            return read_fields(args, spec);
        }
    }
    for (std::string_view name : {"HEADER", "TEXT", "MIME"}) {
        if (!args.keyword(name))
            continue;
        spec += name;
        if (name == "MIME" && where == within::message)
            args.fail("MIME without a part");
        return;
    }
    args.fail("a section that does not exist");
}

enum class sections { all, parts_only };

/// Reads what stands between the brackets, and them.
std::string read_section(arguments& args, sections allowed) {
    std::string spec;
    args.expect('[');
    bool dot = false;
    std::size_t depth = 0;
    for (auto next = args.rest(); !next.empty() && wire::is_digit(next[0]); next = args.rest()) {
        put_number(spec, args.nz_number());
        if (++depth > deepest_part)
            args.fail("a part deeper than any message has");
        dot = args.take('.');
        if (!dot)
            break;
        spec += '.';
    }
    if (allowed == sections::all && (dot || (depth == 0 && !args.next_is(']'))))
        read_section_text(args, spec, depth == 0 ? within::message : within::part);
    else if (dot)
        args.fail("a part number is missing");
    args.expect(']');
    return spec;
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

struct bracket_item {
    std::string_view name;
    kind what;
    bool sets_seen;
    std::string_view answer;
};
constexpr bracket_item bracketed[] = {
    {"BODY", kind::section, true, "BODY"},
    {"BODY.PEEK", kind::section, false, "BODY"},
    {"BINARY", kind::binary, true, "BINARY"},
    {"BINARY.PEEK", kind::binary, false, "BINARY"},
    {"BINARY.SIZE", kind::binary_size, false, "BINARY.SIZE"},
};

fetch_item read_item(arguments& args) {
    auto name = args.name();
    if (args.failed())
        return {};
    if (!args.next_is('['))
        return plain_named(args, name);
    fetch_item item;
    for (const auto& row : bracketed) {
        if (!same(row.name, name))
            continue;
        item.what = row.what;
        item.sets_seen = row.sets_seen;
        item.section = read_section(args, row.what == kind::section ? sections::all : sections::parts_only);
        item.name = std::string(row.answer) + '[' + item.section + ']';
        if (row.what != kind::binary_size)
            read_partial(args, item);
        return item;
    }
    args.fail("a FETCH item that does not exist");
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
