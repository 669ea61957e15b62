#include "harness/wire/mail/fetch_text.hpp"
#include "harness/wire/mail/field_reader.hpp"
#include "harness/wire/mail/header.hpp"

#include <algorithm>

namespace mailspec::wire::mail {
namespace {

constexpr std::size_t longest_quoted = 1000;

void append_nstring(std::string& out, const std::string& octets) {
    if (octets.empty()) {
        out += "NIL";
    } else {
        append_string(out, octets);
    }
}

void append_address(std::string& out, const address& a) {
    out += '(';
    switch (a.what) {
    case address::kind::mailbox:
        append_nstring(out, a.name);
        out += ' ';
        append_nstring(out, a.route);
        out += ' ';
        append_string(out, a.local);
        out += ' ';
        append_string(out, a.host);
        break;
    case address::kind::group_start:
        out += "NIL NIL ";
        append_string(out, a.name);
        out += " NIL";
        break;
    case address::kind::group_end: out += "NIL NIL NIL NIL"; break;
    }
    out += ')';
}

std::string address_list(std::string_view header, std::string_view name) {
    const auto value = find_field(header, name);
    const auto list = value ? field_reader::get().addresses(unfold(*value)) : std::vector<address>();
    if (list.empty()) {
        return "NIL";
    }
    std::string out = "(";
    for (const auto& a : list) {
        append_address(out, a);
    }
    return out + ')';
}

void append_field(std::string& out, std::string_view header, std::string_view name) {
    if (const auto value = find_field(header, name)) {
        append_string(out, unfold(*value));
    } else {
        out += "NIL";
    }
}

} // namespace

void append_string(std::string& out, std::string_view octets) {
    const bool quotable = octets.size() <= longest_quoted && std::all_of(octets.begin(), octets.end(), [](char c) {
                              return (c >= ' ' && c < 0x7f) || c == '\t';
                          });
    if (quotable) {
        out += '"';
        for (const char c : octets) {
            if (c == '"' || c == '\\') {
                out += '\\';
            }
            out += c;
        }
        out += '"';
        return;
    }
    std::string kept(octets);
    std::erase(kept, '\0');
    out += '{' + std::to_string(kept.size()) + "}\r\n" + kept;
}

std::string envelope(std::string_view message) {
    const auto header = split(message).header;
    std::string out = "(";
    append_field(out, header, "Date");
    out += ' ';
    append_field(out, header, "Subject");
    const auto from = address_list(header, "From");
    out += ' ' + from;
    for (const std::string_view name : {"Sender", "Reply-To"}) {
        const auto list = address_list(header, name);
        out += ' ' + (list == "NIL" ? from : list);
    }
    for (const std::string_view name : {"To", "Cc", "Bcc"}) {
        out += ' ' + address_list(header, name);
    }
    out += ' ';
    append_field(out, header, "In-Reply-To");
    out += ' ';
    append_field(out, header, "Message-ID");
    return out + ')';
}

} // namespace mailspec::wire::mail
