#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/message_set.hpp"
#include "harness/serve/imap/search_key.hpp"
#include "harness/serve/imap/search_mischief.hpp"
#include "harness/serve/imap/writer.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

/// What RETURN asks for (RFC 4731 section 3.1, RFC 5182 section 2).
struct return_options {
    enum : unsigned { none = 0, min = 1, max = 2, all = 4, count = 8, save = 16 };
    bool given = false;
    unsigned what = none;
};

return_options read_return(arguments& args) {
    static constexpr std::pair<std::string_view, unsigned> names[] = {{"MIN", return_options::min},
                                                                      {"MAX", return_options::max},
                                                                      {"ALL", return_options::all},
                                                                      {"COUNT", return_options::count},
                                                                      {"SAVE", return_options::save}};
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

/// Tells what was found as RETURN, or IMAP4rev2, has it; SAVE alone tells nothing.
void put_found(conversation& c, const command& cmd, const return_options& asked,
               const std::vector<std::uint32_t>& found) {
    if (asked.what == return_options::save)
        return;
    if ((asked.given || c.is_rev2()) && !c.breaks(req::imap_esearch))
        put_esearch(c.out(), cmd, asked.given ? asked.what : return_options::all, found);
    else
        put_search(c.out(), found);
}

/// Puts the UIDs that "$" stands for in its place.
void put_saved(conversation& c, search_key& key) {
    for (auto& child : key.children)
        put_saved(c, child);
    if (!key.set.saved)
        return;
    key.what = search_key::kind::uids;
    key.set = saved_as_uids(c, key.set);
}

/// What SAVE remembers of the UIDs found: RFC 5182 section 2.1, RFC 9051 section 6.4.4.1.
std::set<std::uint32_t> to_save(const conversation& c, unsigned what, const std::vector<std::uint32_t>& uids) {
    const bool by_ends = (what & (return_options::min | return_options::max)) != 0;
    const bool whole = (what & (return_options::all | return_options::count)) != 0;
    if (c.breaks(req::imap_search_save) || uids.empty())
        return {};
    const bool breach = c.breaks(whole ? req::imap_search_save_all : req::imap_search_save_min_max);
    if (!by_ends || whole != breach)
        return {uids.begin(), uids.end()};
    std::set<std::uint32_t> ends;
    if (what & return_options::min)
        ends.insert(uids.front());
    if (what & return_options::max)
        ends.insert(uids.back());
    return ends;
}

std::string read_charset(arguments& args) {
    if (!args.keyword("CHARSET"))
        return "US-ASCII";
    args.sp();
    auto name = args.astring();
    args.sp();
    return name;
}

bool is_known_charset(std::string_view name) { return same(name, "US-ASCII") || same(name, "UTF-8"); }

} // namespace

reply do_search(conversation& c, command& cmd) {
    auto& args = cmd.args;
    args.sp();
    auto asked = read_return(args);
    const auto charset = read_charset(args);
    auto key = read_search_keys(args);
    if (!args.done())
        return syntax_error(cmd);
    const bool saves = (asked.what & return_options::save) != 0;
    if (!is_known_charset(charset)) {
        if (saves && !c.breaks(req::imap_search_save_no_empties))
            c.saved().clear();
        if (c.breaks(req::imap_search_unknown_charset))
            return reply::bad("a charset that is not known here");
        return reply::no("BADCHARSET (US-ASCII UTF-8)", "a charset that is not known here");
    }
    auto& view = c.view();
    if (names_missing_number(key, view.exists()))
        return reply::bad("CLIENTBUG", "there is no message of that number");
    put_saved(c, key);
    spoil(c, key);
    bool by_uid = cmd.by == numbering::uid && !c.breaks(req::imap_search_uid);
    std::vector<std::uint32_t> found, uids;
    for (std::uint32_t i = 0; i < view.exists(); ++i) {
        if (!matches(key, view, i))
            continue;
        uids.push_back(view.uids()[i]);
        found.push_back(by_uid ? view.uids()[i] : i + 1);
    }
    if (saves)
        c.saved() = to_save(c, asked.what, uids);
    else if (c.breaks(req::imap_search_save_kept))
        c.saved().clear();
    put_found(c, cmd, asked, found);
    return reply::ok(asked.what == return_options::save ? "searched, and remembered" : "searched");
}

} // namespace mailspec::serve::imap
