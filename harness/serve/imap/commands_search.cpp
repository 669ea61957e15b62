#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/search_key.hpp"
#include "harness/serve/imap/writer.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

/// What RETURN asks for (RFC 4731 section 3.1).
struct return_options {
    enum : unsigned { none = 0, min = 1, max = 2, all = 4, count = 8 };
    bool given = false;
    unsigned what = none;
};

return_options read_return(arguments& args) {
    static constexpr std::pair<std::string_view, unsigned> names[] = {{"MIN", return_options::min},
                                                                      {"MAX", return_options::max},
                                                                      {"ALL", return_options::all},
                                                                      {"COUNT", return_options::count}};
    return_options out;
    if (!args.keyword("RETURN"))
        return out;
    out.given = true;
    args.sp();
    args.expect('(');
    while (!args.failed() && !args.take(')')) {
        if (out.what != return_options::none)
            args.sp();
        auto row = std::ranges::find_if(names, [&](const auto& n) { return args.keyword(n.first); });
        if (row == std::ranges::end(names))
            args.fail("a RETURN option that does not exist");
        else
            out.what |= row->second;
    }
    if (out.what == return_options::none)
        out.what = return_options::all;
    args.sp();
    return out;
}

void put_search(std::string& out, const std::vector<std::uint32_t>& found) {
    out += "* SEARCH";
    for (auto n : found) {
        out += ' ';
        put_number(out, n);
    }
    out += "\r\n";
}

void put_esearch(std::string& out, const command& cmd, unsigned what, const std::vector<std::uint32_t>& found) {
    out += "* ESEARCH (TAG ";
    put_string(out, cmd.tag);
    out += cmd.by == numbering::uid ? ") UID" : ")";
    auto put = [&](unsigned option, std::string_view name, std::uint64_t n) {
        if (!(what & option))
            return;
        out += name;
        put_number(out, n);
    };
    if (!found.empty()) {
        put(return_options::min, " MIN ", found.front());
        put(return_options::max, " MAX ", found.back());
    }
    if ((what & return_options::all) && !found.empty()) {
        out += " ALL ";
        put_set(out, found);
    }
    put(return_options::count, " COUNT ", found.size());
    out += "\r\n";
}

/// What the breaches of SEARCH make of a key.
void spoil(conversation& c, search_key& key) {
    for (auto& child : key.children)
        spoil(c, child);
    if (key.what == search_key::kind::fresh && c.breaks(req::imap_search_new))
        key.what = search_key::kind::recent;
    if (key.what == search_key::kind::flag && c.breaks(req::imap_search_flags))
        key.what = search_key::kind::everything;
    if (key.what == search_key::kind::everything && c.breaks(req::imap_search_all)) {
        key.what = search_key::kind::numbers;
        key.set.ranges = {{1, 1}};
    }
}

bool is_known_charset(std::string_view name) { return same(name, "US-ASCII") || same(name, "UTF-8"); }

} // namespace

reply do_search(conversation& c, command& cmd) {
    auto& args = cmd.args;
    args.sp();
    auto asked = read_return(args);
    std::string charset = "US-ASCII";
    if (args.keyword("CHARSET")) {
        args.sp();
        charset = args.astring();
        args.sp();
    }
    auto key = read_search_keys(args);
    if (!args.done())
        return syntax_error(cmd);
    if (!is_known_charset(charset) && c.breaks(req::imap_search_unknown_charset))
        return reply::bad("a charset that is not known here");
    if (!is_known_charset(charset))
        return reply::no("BADCHARSET (US-ASCII UTF-8)", "a charset that is not known here");
    auto& view = c.view();
    if (names_missing_number(key, view.exists()))
        return reply::bad("CLIENTBUG", "there is no message of that number");
    spoil(c, key);
    bool by_uid = cmd.by == numbering::uid && !c.breaks(req::imap_search_uid);
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < view.exists(); ++i)
        if (matches(key, view, i))
            found.push_back(by_uid ? view.uids()[i] : i + 1);
    if (asked.given && !c.breaks(req::imap_esearch))
        put_esearch(c.out(), cmd, asked.what, found);
    else
        put_search(c.out(), found);
    return reply::ok("searched");
}

} // namespace mailspec::serve::imap
