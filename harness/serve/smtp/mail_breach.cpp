#include "harness/serve/smtp/mail_breach.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>

namespace mailspec::serve::smtp {

namespace req = rfc::req;

namespace {

constexpr std::string_view line_end = "\r\n";

/// Hands each line, with its line end, to `f`; what it gives is what becomes of the mail.
template <typename F> std::string by_lines(std::string_view octets, F f) {
    std::string out;
    while (!octets.empty()) {
        const auto end = octets.find(line_end);
        const auto line = octets.substr(0, end == octets.npos ? end : end + line_end.size());
        out += f(line);
        octets.remove_prefix(line.size());
    }
    return out;
}

std::string_view header_of(std::string_view mail) { return mail.substr(0, mail.find("\r\n\r\n")); }

/// The message as it came, its dots still doubled.
std::string with_dots(std::string_view octets) {
    return by_lines(octets,
                    [](std::string_view line) { return std::string(line.starts_with('.') ? 1 : 0, '.').append(line); });
}

std::string without_controls(std::string octets) {
    std::erase_if(octets,
                  [](char c) { return c == '\x7f' || (c >= 0 && c < ' ' && c != '\r' && c != '\n' && c != '\t'); });
    return octets;
}

/// Cut at 990 octets, as a server with too small a buffer would.
std::string in_short_lines(std::string_view octets) {
    constexpr std::size_t most = 990;
    return by_lines(octets, [](std::string_view line) {
        std::string out;
        for (; line.size() > most; line.remove_prefix(most))
            out.append(line.substr(0, most)).append(line_end);
        return out.append(line);
    });
}

/// The Received lines go, their continuation lines too.
std::string without_received(std::string_view mail) {
    bool in_header = true, dropping = false;
    return by_lines(mail, [&](std::string_view line) {
        in_header = in_header && line != line_end;
        const bool folded = line.starts_with(' ') || line.starts_with('\t');
        dropping = in_header && (folded ? dropping : line.starts_with("Received:"));
        return std::string(dropping ? std::string_view{} : line);
    });
}

} // namespace

std::size_t fields_named(std::string_view mail, std::string_view name) {
    std::size_t n = 0;
    by_lines(header_of(mail), [&](std::string_view line) {
        n += line.starts_with(name) ? 1 : 0;
        return std::string_view{};
    });
    return n;
}

std::string_view objection_to(std::string_view mail, const mischief& breaches) {
    const auto header = header_of(mail);
    const auto lacks = [&](std::string_view name) { return fields_named(mail, name) == 0; };
    if (breaches.breaks(req::smtp_data_defects) && lacks("From:"))
        return "no From";
    if (breaches.breaks(req::smtp_data_resent) && !lacks("Resent-To:") && lacks("Resent-From:"))
        return "Resent-To without Resent-From";
    if (breaches.breaks(req::smtp_data_header_recipients) && std::ranges::count(header, '@') > 100)
        return "too many addresses in the header";
    if (breaches.breaks(req::smtp_trace_odd) && header.find("Received:\r\n") != header.npos)
        return "an odd Received line";
    if (breaches.breaks(req::smtp_loop_threshold) && fields_named(mail, "Received:") > 50)
        return "too many hops";
    return {};
}

std::string spoiled(std::string mail, const mischief& breaches) {
    if (breaches.breaks(req::smtp_data_transparency))
        mail = with_dots(mail);
    if (breaches.breaks(req::smtp_eightbitmime))
        std::ranges::transform(mail, mail.begin(), [](char c) { return static_cast<char>(c & 0x7f); });
    if (breaches.breaks(req::smtp_data_unchanged))
        mail += "sent by a server that likes to be known\r\n";
    if (breaches.breaks(req::smtp_data_no_extra_line))
        mail += line_end;
    if (breaches.breaks(req::smtp_data_all_characters))
        mail = without_controls(std::move(mail));
    if (breaches.breaks(req::smtp_limit_text_line))
        mail = in_short_lines(mail);
    if (breaches.breaks(req::smtp_trace_kept))
        mail = without_received(mail);
    return mail;
}

} // namespace mailspec::serve::smtp
