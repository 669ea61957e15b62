#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/extension_mischief.hpp"
#include "harness/wire/sasl/mechanism.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

using shown = capability_entry::shown;

constexpr capability_entry table[] = {
    {"IMAP4rev1", shown::always,
     "CAPABILITY NOOP LOGOUT STARTTLS AUTHENTICATE LOGIN SELECT EXAMINE CREATE DELETE RENAME SUBSCRIBE UNSUBSCRIBE "
     "LIST LSUB STATUS APPEND CHECK CLOSE EXPUNGE SEARCH FETCH STORE COPY UID_SEARCH UID_FETCH UID_STORE UID_COPY"},
    {"IMAP4rev2", shown::always, ""},
    {"LITERAL+", shown::always, ""},
    {"SASL-IR", shown::before_login, "AUTHENTICATE"},
    {"STARTTLS", shown::before_tls, "STARTTLS"},
    {"ID", shown::always, "ID"},
    {"ENABLE", shown::always, "ENABLE"},
    {"IDLE", shown::always, "IDLE"},
    {"NAMESPACE", shown::always, "NAMESPACE"},
    {"UIDPLUS", shown::always, "UID_EXPUNGE"},
    {"MOVE", shown::always, "MOVE UID_MOVE"},
    {"UNSELECT", shown::always, "UNSELECT"},
    {"LIST-EXTENDED", shown::always, "LIST"},
    {"LIST-STATUS", shown::always, "LIST"},
    {"SPECIAL-USE", shown::always, "LIST"},
    {"CREATE-SPECIAL-USE", shown::always, "CREATE"},
    {"CHILDREN", shown::always, "LIST"},
    {"ESEARCH", shown::always, "SEARCH UID_SEARCH"},
    {"SEARCHRES", shown::always, "SEARCH UID_SEARCH"},
    {"BINARY", shown::always, "FETCH UID_FETCH APPEND"},
    {"MULTIAPPEND", shown::always, "APPEND"},
    {"STATUS=SIZE", shown::always, "STATUS"},
    {"ACL", shown::always, "SETACL DELETEACL GETACL LISTRIGHTS MYRIGHTS"},
    {"RIGHTS=texk", shown::always, ""},
    {"QUOTA", shown::always, "GETQUOTA GETQUOTAROOT"},
    {"QUOTA=RES-STORAGE", shown::always, ""},
    {"METADATA", shown::always, "GETMETADATA SETMETADATA"},
};

bool is_shown(const conversation& c, shown when) {
    if (when == shown::before_tls && c.breaks(rfc::req::imap_capability_no_starttls))
        return true;
    bool before_login = c.where() == conversation::state::not_authenticated;
    return when == shown::always || (before_login && (when == shown::before_login || c.may_start_tls()));
}

/// Whether a breach hides what IMAP4rev2 brings, so that this must not be announced either.
bool hides_part_of_rev2(const conversation& c) {
    return c.breaks(req::imap_namespace_announced) || c.breaks(req::imap_enable_announced);
}

/// What a breach announces in place of a capability; empty: nothing.
std::string_view spoilt(const conversation& c, std::string_view name) {
    if (name == "LITERAL+" && has_literal_minus(c))
        return "LITERAL-";
    if (name == "LITERAL+" && c.breaks(req::imap_literal_minus_alone))
        return "LITERAL+ LITERAL-";
    const bool hidden = (name == "NAMESPACE" && c.breaks(req::imap_namespace_announced)) ||
                        (name == "ENABLE" && c.breaks(req::imap_enable_announced)) ||
                        (name == "IMAP4rev2" && hides_part_of_rev2(c)) ||
                        ((name == "SPECIAL-USE" || name == "IMAP4rev2") && c.breaks(req::imap_special_use_announced)) ||
                        (name == "CREATE-SPECIAL-USE" && c.breaks(req::imap_special_use_create_announced));
    return hidden ? std::string_view{} : name;
}

bool is_had(const conversation& c, const capability_entry& entry) {
    return entry.name == "IMAP4rev1" || entry.name == "STARTTLS" ||
           provider::lists(c.plays().imap.announces, entry.name);
}

} // namespace

bool is_known(const conversation& c, std::string_view command) {
    if (c.plays().imap.announces.empty())
        return true;
    std::string name(command);
    std::ranges::replace(name, ' ', '_');
    return std::ranges::any_of(table, [&](const auto& entry) {
        return is_had(c, entry) && !entry.commands.empty() && provider::lists(entry.commands, name);
    });
}

bool is_announced(const conversation& c, std::string_view capability) {
    return std::ranges::any_of(table, [&](const auto& entry) {
        return entry.name == capability && is_had(c, entry) && is_shown(c, entry.when);
    });
}

std::span<const capability_entry> capability_table() { return table; }

std::string capabilities(const conversation& c) {
    std::string out;
    for (const auto& entry : table) {
        const auto name = spoilt(c, entry.name);
        if (!is_shown(c, entry.when) || !is_had(c, entry) || name.empty())
            continue;
        if (!out.empty())
            out += ' ';
        out += name;
    }
    out += promised_by_breach(c);
    if ((c.breaks(req::imap_enable_capability_same) && c.has_enabled()) ||
        (c.breaks(req::imap_id_no_favours) && c.is_introduced()))
        out += " X-FAVOUR";
    if (c.where() != conversation::state::not_authenticated)
        return out;
    for (const auto mechanism : wire::sasl::known_mechanisms()) {
        const auto name = "AUTH=" + std::string(mechanism);
        const bool hidden = mechanism == "PLAIN" && c.breaks(rfc::req::imap_authenticate_listed);
        if (provider::lists(c.plays().imap.announces, name) && !hidden)
            out.append(" ").append(name);
    }
    return out;
}

} // namespace mailspec::serve::imap
