#include "harness/wire/imap/response.hpp"
#include "harness/wire/mail/dates.hpp"
#include "harness/wire/mail/fetch_text.hpp"
#include "harness/wire/mail/header.hpp"
#include "harness/wire/mail/section.hpp"
#include "harness/wire/mail/structure.hpp"
#include "harness/wire/mail/utf7.hpp"

#include "tests/fuzz/line_reader.hpp"

namespace {

using namespace mailspec;
using namespace mailspec::wire::mail;

bool within(std::string_view inner, std::string_view outer) {
    return inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size();
}

/// Every part lies within its parent, and its number finds it.
void walk(const part& whole, const part& p, std::vector<std::size_t> number) {
    fuzz::require(number.empty() || find_part(whole, number) == &p);
    fuzz::require(!p.type.type.empty() && !p.type.subtype.empty());
    for (std::size_t i = 0; p.what == part::form::multipart && i < p.children.size(); ++i) {
        fuzz::require(within(p.children[i].header, p.body) && within(p.children[i].body, p.body));
        auto child = number;
        child.push_back(i + 1);
        walk(whole, p.children[i], child);
    }
}

/// What we write as a FETCH response, our parser of responses finds no fault with.
void check_fetch_text(std::string_view message) {
    const std::string response = "* 1 FETCH (ENVELOPE " + envelope(message) + " BODY " +
                                 body(message, extension_data::no) + " BODYSTRUCTURE " +
                                 body(message, extension_data::yes) + ")\r\n";
    wire::imap::response read;
    std::vector<rfc::finding> findings;
    wire::imap::parse(response, 0, read, findings);
    fuzz::require(findings.empty());
}

void check_names_and_dates(std::string_view octets) {
    if (is_utf7(octets)) {
        fuzz::require(utf7_encode(*utf7_decode(octets)) == octets);
    }
    if (const auto name = utf7_encode(octets)) {
        fuzz::require(is_utf7(*name) && utf7_decode(*name) == octets);
    }
    if (const auto date = parse_internal_date(octets)) {
        fuzz::require(parse_internal_date(format_internal_date(*date))->seconds == date->seconds);
    }
    if (const auto date = parse_mail_date(octets)) {
        format_mail_date(*date);
    }
    parse_day(octets);
    section({}, octets);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view message(reinterpret_cast<const char*>(data), size);
    const auto halves = split(message);
    fuzz::require(std::string(halves.header).append(halves.body) == message);
    const auto whole = read_structure(message);
    walk(whole, whole, {});
    check_fetch_text(message);
    for (const auto* spec : {"1", "1.MIME", "2.1", "HEADER.FIELDS (Subject To)", "1.HEADER.FIELDS.NOT (A)"}) {
        section(message, spec);
        decoded(message, spec);
    }
    section(message, message.substr(0, 20));
    check_names_and_dates(message.substr(0, 200));
    return 0;
}
