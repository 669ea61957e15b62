#include "harness/serve/imap/extension_mischief.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace mailspec::serve::imap {

namespace req = rfc::req;

namespace {

using state = conversation::state;

constexpr std::string_view literal_end = "+}\r\n";
constexpr std::uint32_t most_of_literal_minus = 4096; // RFC 7888 section 5

/// A command that is refused in a state where it is valid.
struct wrong_refusal {
    const rfc::requirement* broken;
    std::string_view name;
    state in;
};

const wrong_refusal wrong_refusals[] = {
    {&req::imap_idle_states, "IDLE", state::authenticated},
    {&req::imap_namespace_states, "NAMESPACE", state::selected},
    {&req::imap_id_any_state, "ID", state::selected},
};

bool is_refused_here(const conversation& c, const arrival& a) {
    return std::ranges::any_of(wrong_refusals, [&](const auto& row) {
        return c.breaks(*row.broken) && row.name == a.name && row.in == c.where();
    });
}

/// Whether a command does not like its company: what was pipelined with it.
bool wants_to_be_alone(const conversation& c, const arrival& a) {
    return a.has_company && ((a.name == "ENABLE" && c.breaks(req::imap_enable_pipelined)) ||
                             (a.name == "MOVE" && c.breaks(req::imap_move_pipelined)));
}

/// Whether a breach takes the names of these commands in capitals only.
bool is_shouted_at(const conversation& c, const arrival& a) {
    const bool of_extension = a.name == "ENABLE" || a.name == "UNSELECT" || a.name == "UID MOVE";
    return of_extension && !a.line.starts_with(a.name) && c.breaks(req::imap_extensions_any_case);
}

std::uint32_t largest_literal(std::string_view line) {
    std::uint32_t most = 0;
    for (auto end = line.find(literal_end); end != line.npos; end = line.find(literal_end, end + 1)) {
        const auto brace = line.substr(0, end).rfind('{');
        std::uint32_t size = 0;
        if (brace != line.npos)
            std::from_chars(line.data() + brace + 1, line.data() + end, size);
        most = std::max(most, size);
    }
    return most;
}

/// Does what a CREATE in a literal says.
void obey_literal(conversation& c, std::string_view line) {
    constexpr std::string_view create = " CREATE ";
    const auto at = line.find(create);
    if (line.find(literal_end) > at || at == line.npos)
        return;
    line.remove_prefix(at + create.size());
    c.who().create_mailbox(std::string(line.substr(0, line.find('\r'))), c.mail().next_uid_validity());
}

} // namespace

std::optional<reply> said_by_breach(conversation& c, const arrival& a) {
    if (is_refused_here(c, a) || wants_to_be_alone(c, a) || is_shouted_at(c, a))
        return reply::bad("not like this");
    if (!a.is_known && c.breaks(req::imap_literal_plus_refused_too))
        obey_literal(c, a.line);
    if (!has_literal_minus(c) || largest_literal(a.line) <= most_of_literal_minus)
        return std::nullopt;
    if (c.breaks(req::imap_literal_minus_bye_toobig)) {
        c.out() += "* BYE that is not how it is done\r\n";
        c.log_out();
        return reply::later();
    }
    if (c.breaks(req::imap_literal_minus_toobig))
        return reply::bad("such a literal has to wait");
    return std::nullopt;
}

std::string_view promised_by_breach(const conversation& c) {
    static const rfc::requirement* const of_modseq[] = {
        &req::imap_enable_effect,    &req::imap_esearch_modseq,         &req::imap_esearch_modseq_right,
        &req::imap_move_modseq,      &req::imap_move_modseq_remembered, &req::imap_move_modseq_target,
        &req::imap_move_modseq_told, &req::imap_move_vanished};
    const bool broken = std::ranges::any_of(of_modseq, [&](const auto* each) { return c.breaks(*each); });
    return broken ? " CONDSTORE QRESYNC" : "";
}

command_limits limits_after_login(const conversation& c) {
    command_limits most;
    if (c.breaks(req::imap_literal_plus_too_big)) {
        most.literal = 64u << 10;
        most.refused = command_limits::beyond::commands;
    }
    return most;
}

bool has_literal_minus(const conversation& c) {
    return c.breaks(req::imap_literal_minus_refuses) || c.breaks(req::imap_literal_minus_toobig) ||
           c.breaks(req::imap_literal_minus_bye_toobig);
}

} // namespace mailspec::serve::imap
