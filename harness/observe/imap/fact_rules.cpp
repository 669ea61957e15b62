#include "harness/observe/imap/digest.hpp"
#include "harness/observe/imap/envelope_facts.hpp"
#include "harness/observe/imap/message_shape.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/views.hpp"
#include "harness/wire/mail/dates.hpp"
#include "harness/wire/mail/header.hpp"

#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::node;
using wire::imap::response;
using wire::imap::same_ci;
using wire::imap::value_kind;

/// One FETCH response being held against what is known of its message.
class fact_check {
public:
    fact_check(const response& r, const known_message& m, message_facts& facts, report& report)
        : r_(r), message_(m), facts_(facts), report_(report) {}

    void item(std::string_view name, const node& value);
    void finish();

private:
    void keep(std::uint64_t& known, std::uint64_t now, std::string_view what);
    void keep(message_facts::octets& known, std::string_view octets, std::string_view what);
    void date(const node& value);
    void structure(std::uint64_t& known, const node& value, std::string_view name);
    void text(std::string_view name, const node& value);
    void whole(std::string_view octets);
    void check_halves();
    void check_agreement();
    std::string about() const;

    const response& r_;
    const known_message& message_;
    message_facts& facts_;
    report& report_;
    std::string_view whole_; ///< BODY[], where this response has it
    bool sizes_ = false;     ///< something was told that has to do with sizes
    bool told_ = false;      ///< ENVELOPE, BODYSTRUCTURE or what they tell of
};

std::string fact_check::about() const {
    auto out = "message " + std::to_string(r_.number);
    if (message_.uid != 0)
        out += " (UID " + std::to_string(message_.uid) + ")";
    return out;
}

void fact_check::keep(std::uint64_t& known, std::uint64_t now, std::string_view what) {
    if (known != 0 && known != now)
        report_(req::imap_message_immutable,
                about() + " has another " + std::string(what) + " than it was told to have");
    known = now;
}

void fact_check::keep(message_facts::octets& known, std::string_view octets, std::string_view what) {
    const message_facts::octets now{octets.size(), digest_of(octets)};
    if (known && known != now)
        report_(req::imap_message_immutable,
                about() + " has another " + std::string(what) + " than it was told to have");
    known = now;
}

void fact_check::date(const node& value) {
    const auto when = wire::mail::parse_internal_date(r_.values.raw(value));
    if (!when)
        return;
    keep(facts_.date, digest_of(std::to_string(when->seconds)), "INTERNALDATE");
    facts_.day = wire::mail::shown_day(*when);
}

void fact_check::structure(std::uint64_t& known, const node& value, std::string_view name) {
    if (value.kind != value_kind::list)
        return;
    digest d;
    add_values(r_.values, value, same_ci(name, "ENVELOPE") ? letters::as_they_are : letters::without_case, d);
    keep(known, d.value(), name);
    told_ = true;
}

void fact_check::item(std::string_view name, const node& value) {
    if (same_ci(name, "RFC822.SIZE")) {
        if (const auto size = wire::imap::number_of(r_.values, &value))
            keep(facts_.size, *size + 1, "RFC822.SIZE");
        sizes_ = true;
    } else if (same_ci(name, "INTERNALDATE")) {
        date(value);
    } else if (same_ci(name, "ENVELOPE")) {
        structure(facts_.envelope, value, "ENVELOPE");
        note_envelope(r_.values, value, facts_);
    } else if (same_ci(name, "BODYSTRUCTURE")) {
        structure(facts_.structure, value, "BODYSTRUCTURE");
        note_structure(r_.values, value, facts_);
    } else if (same_ci(name, "BODY")) {
        structure(facts_.body_structure, value, "BODY");
        note_structure(r_.values, value, facts_);
    } else if (value.kind == value_kind::literal || value.kind == value_kind::quoted) {
        text(name, value);
    }
}

void fact_check::text(std::string_view name, const node& value) {
    if (value.escaped)
        return;
    const auto octets = r_.values.raw(value);
    if (same_ci(name, "BODY[]") || same_ci(name, "RFC822"))
        whole(octets);
    else if (same_ci(name, "BODY[HEADER]") || same_ci(name, "RFC822.HEADER"))
        keep(facts_.header, octets, "BODY[HEADER]");
    else if (same_ci(name, "BODY[TEXT]") || same_ci(name, "RFC822.TEXT"))
        keep(facts_.text, octets, "BODY[TEXT]");
    else
        return;
    sizes_ = told_ = true;
}

void fact_check::whole(std::string_view octets) {
    const auto cut = wire::mail::split(octets);
    const message_facts::octets header{cut.header.size(), digest_of(cut.header)};
    const message_facts::octets text{cut.body.size(), digest_of(cut.body)};
    if (facts_.whole_header && (facts_.whole_header != header || facts_.whole_text != text))
        report_(req::imap_message_immutable, about() + " has another BODY[] than it was told to have");
    whole_ = octets;
    facts_.whole_header = header;
    facts_.whole_text = text;
    note_header(cut.header, cut.body.size(), facts_);
}

/// BODY[] is BODY[HEADER] and BODY[TEXT] behind it.
void fact_check::check_halves() {
    const auto& f = facts_;
    if (!f.whole_header || !f.header || !f.text)
        return;
    const auto whole = f.whole_header.size + f.whole_text.size;
    if (f.header.size + f.text.size != whole)
        report_(req::imap_fetch_body_halves, about() + " has BODY[] of " + std::to_string(whole) +
                                                 " octets, HEADER of " + std::to_string(f.header.size) +
                                                 " and TEXT of " + std::to_string(f.text.size));
    else if (f.header.size == f.whole_header.size && (f.header != f.whole_header || f.text != f.whole_text))
        report_(req::imap_fetch_body_halves, about() + " has a BODY[] of other octets than HEADER and TEXT");
}

void fact_check::finish() {
    auto& f = facts_;
    if (sizes_) {
        const auto whole = f.whole_header       ? f.whole_header.size + f.whole_text.size
                           : f.header && f.text ? f.header.size + f.text.size
                                                : f.size - 1;
        if (f.size != 0 && whole != f.size - 1)
            report_(req::imap_fetch_size, about() + " has " + std::to_string(whole) + " octets, and RFC822.SIZE is " +
                                              std::to_string(f.size - 1));
        check_halves();
    }
    if (!told_)
        return;
    check_agreement();
}

void fact_check::check_agreement() {
    const auto& f = facts_;
    if (const auto field = differing_field(f); !field.empty())
        report_(req::imap_fetch_envelope_agrees,
                about() + " has another " + std::string(field) + " in ENVELOPE than in its header");
    if (f.told_octets != 0 && f.own_octets != 0 && f.own_octets != f.told_octets) {
        report_(req::imap_fetch_bodystructure_agrees, about() + " has a body of " + std::to_string(f.own_octets - 1) +
                                                          " octets, and its structure says " +
                                                          std::to_string(f.told_octets - 1));
        return;
    }
    const auto shape = whole_.data() && !f.told_shape.empty() ? own_shape(whole_) : std::string();
    if (!shape.empty() && shape != f.told_shape)
        report_(req::imap_fetch_bodystructure_agrees,
                about() + " is " + shape + ", and its structure says " + f.told_shape);
}

/// RFC 2180 section 4.1.3: of messages that another session has removed a server may tell empty data.
bool may_be_of_removed(const session_state& s, const fetched& f) {
    if (s.is_alone())
        return false;
    const auto& r = f.response;
    for (const auto* name = f.names; name;) {
        const auto* value = r.values.next(*name);
        if (value && is_empty(r.values, r.values.raw(*name), *value))
            return true;
        name = value ? r.values.next(*value) : nullptr;
    }
    return false;
}

} // namespace

/// What ENABLE changes (RFC 6855: texts in UTF-8) makes values of one session and another differ.
void check_facts(session_state& s, const fetched& f, report& report) {
    const auto& r = f.response;
    const bool usable = f.message && !s.enabled && !may_be_of_removed(s, f);
    auto* facts = usable ? s.selected->facts_of(*f.message) : nullptr;
    if (!facts)
        return;
    fact_check check(r, *f.message, *facts, report);
    for (const auto* name = f.names; name;) {
        const auto* value = r.values.next(*name);
        if (!value)
            break;
        check.item(r.values.raw(*name), *value);
        name = r.values.next(*value);
    }
    check.finish();
}

} // namespace mailspec::observe::imap
