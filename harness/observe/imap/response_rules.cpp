#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/octets.hpp"

#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::is_ascii;
using wire::imap::node;
using wire::imap::response;
using wire::imap::response_kind;
using wire::imap::same_ci;
using wire::imap::value_kind;

enum class ending : std::uint8_t { succeeds, fails };

/// Where a response code of a completion belongs.
struct place {
    std::string_view code;
    command_set of;
    ending where;
};

constexpr command_set copying(command_kind::copy, command_kind::uid_copy, command_kind::move, command_kind::uid_move);

constexpr place places[] = {
    {"APPENDUID", command_set(command_kind::append), ending::succeeds},
    {"BADCHARSET", command_set::all_of_them(), ending::fails},
    {"COPYUID", copying, ending::succeeds},
    {"HASCHILDREN", command_set::all_of_them(), ending::fails},
    {"TRYCREATE", command_set::all_of_them(), ending::fails},
};

/// Of a longer response, which may hold a literal, only the texts and strings are looked at.
constexpr std::size_t short_response = 4096;

} // namespace

void check_code_place(session_state&, const command& c, const response& r, report& report) {
    const auto* code = c.what == command_kind::other ? nullptr : r.code();
    const auto* name = code ? r.values.child(*code) : nullptr;
    if (!name)
        return;
    const auto ends = r.kind == response_kind::ok ? ending::succeeds : ending::fails;
    for (const auto& each : places)
        if (same_ci(r.values.raw(*name), each.code) && !(each.of.has(c.what) && each.where == ends))
            report(req::imap_code_place, "[" + std::string(each.code) + "] in an answer where it has no meaning");
}

/// What ENABLE or a command unknown here (LANGUAGE) has switched on may change the form of texts.
void check_ascii(const session_state& s, const response& r, report& report) {
    const auto frame = r.values.frame();
    if (frame.size() <= short_response && is_ascii(frame))
        return;
    if (s.enabled || s.unknown_succeeded || s.commands.lost() || s.runs(command_set(command_kind::other)))
        return;
    for (const auto& each : r.values.nodes) {
        const bool text = each.kind == value_kind::text;
        const bool quoted = each.kind == value_kind::quoted && s.is_rev1;
        if ((!text && !quoted) || is_ascii(r.values.raw(each)))
            continue;
        if (text)
            report(req::imap_text_utf8_unasked, "text with octets beyond ASCII, and nothing was enabled");
        else
            report(req::imap_quoted_utf8_unasked, "a quoted string with octets beyond ASCII, and nothing was enabled");
        return;
    }
}

} // namespace mailspec::observe::imap
