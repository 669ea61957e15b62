#include "harness/serve/delivery.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/mail/dates.hpp"

#include <algorithm>
#include <memory>
#include <set>

namespace mailspec::serve {

namespace req = rfc::req;

namespace {

/// FOR where there is one recipient only: it must not tell of others.
std::string for_clause(const trace& t, const mischief& breaches) {
    if (t.recipients.size() != 1 && !breaches.breaks(req::smtp_trace_for_one))
        return {};
    std::string out;
    for (const auto& recipient : t.recipients)
        out += (out.empty() ? "\r\n\tfor " : ", ") + recipient;
    return out;
}

std::string tls_clause(const trace& t, const mischief& breaches) {
    if (t.ciphersuite.empty() || breaches.breaks(req::tls_received))
        return {};
    return "\r\n\ttls " + (breaches.breaks(req::tls_received_name) ? "a-good-one" : t.ciphersuite);
}

std::string received_line(const trace& t, const mischief& breaches) {
    auto when = wire::mail::format_mail_date({t.received.time_since_epoch().count(), 0});
    if (breaches.breaks(req::smtp_trace_date))
        when.erase(when.rfind(' ') - 13, 2);
    if (breaches.breaks(req::smtp_trace_offset))
        when.replace(when.rfind(' ') + 1, when.npos, "GMT");
    auto line = "Received: from " + t.client;
    if (!breaches.breaks(req::smtp_trace_from))
        line += " (" + t.peer + ')';
    if (!breaches.breaks(req::smtp_trace_syntax))
        line += "\r\n\tby " + std::string(store::domain);
    return line + " with " + t.protocol + " id " + t.id + for_clause(t, breaches) + tls_clause(t, breaches) +
           ";\r\n\t" + when + "\r\n";
}

} // namespace

std::string trace_lines(const trace& t, const mischief& breaches) {
    const auto breaks = [&](const rfc::requirement& r) { return breaches.breaks(r); };
    const auto path = "Return-Path: " + t.reverse_path + "\r\n";
    const auto received = breaks(req::smtp_trace_received) ? std::string() : received_line(t, breaches);
    auto lines = breaks(req::smtp_trace_order) ? received + path : path + received;
    if (breaks(req::smtp_trace_return_path))
        lines = received;
    if (breaks(req::smtp_trace_one_return_path))
        lines += path;
    for (const auto& recipient : t.recipients) {
        if (breaks(req::smtp_trace_no_recipients))
            lines += "X-Envelope-To: " + recipient + "\r\n";
        if (breaks(req::smtp_data_header_not_altered))
            lines += "Apparently-To: " + recipient + "\r\n";
    }
    return lines;
}

void deliver(std::span<account* const> to, const trace& t, std::string_view octets, const mischief& breaches) {
    auto mail = std::make_shared<const std::string>(trace_lines(t, breaches).append(octets));
    std::set<account*> served;
    for (auto* a : to) {
        if (!served.insert(a).second)
            continue;
        stored_message m;
        m.octets = mail;
        m.internal_date = t.received;
        a->inbox().add(std::move(m), nullptr);
    }
}

} // namespace mailspec::serve
