#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"

#include <array>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

void check_address(checker& c, const node& address) {
    static constexpr std::array<std::string_view, 4> fields = {"address name", "address route", "address mailbox",
                                                               "address host"};
    if (!c.list(req::imap_syntax_envelope_address, address, "address")) {
        return;
    }
    cursor rest(c.values(), c.values().child(address));
    for (const std::string_view field : fields) {
        const node* n = rest.take();
        if (!n) {
            c.missing(req::imap_syntax_envelope_address, checker::end(address), field);
            return;
        }
        c.nstring(*n, field);
    }
    c.surplus(req::imap_syntax_envelope_address, rest.peek(), "address");
}

void check_addresses(checker& c, const node& list, std::string_view field) {
    if (c.is_nil(list)) {
        return;
    }
    if (list.kind != value_kind::list || !list.child) {
        c.broken(req::imap_syntax_envelope_addresses, list, field, "neither NIL nor a list of addresses");
        return;
    }
    c.together(req::imap_syntax_envelope_addresses, c.values().child(list));
    for (const node& address : children(c.values(), list)) {
        check_address(c, address);
    }
}

struct field {
    std::string_view name;
    enum class form { nstring, addresses } is;
};

constexpr std::array<field, 10> fields = {{
    {"envelope date", field::form::nstring},
    {"envelope subject", field::form::nstring},
    {"envelope from", field::form::addresses},
    {"envelope sender", field::form::addresses},
    {"envelope reply-to", field::form::addresses},
    {"envelope to", field::form::addresses},
    {"envelope cc", field::form::addresses},
    {"envelope bcc", field::form::addresses},
    {"envelope in-reply-to", field::form::nstring},
    {"envelope message-id", field::form::nstring},
}};

} // namespace

void check_envelope(checker& c, const node& envelope) {
    if (!c.list(req::imap_syntax_envelope, envelope, "envelope")) {
        return;
    }
    const node* first = c.values().child(envelope);
    c.apart(req::imap_syntax_envelope, first);
    cursor rest(c.values(), first);
    for (const field& f : fields) {
        const node* n = rest.take();
        if (!n) {
            c.missing(req::imap_syntax_envelope, checker::end(envelope), f.name);
            return;
        }
        if (f.is == field::form::nstring) {
            c.nstring(*n, f.name);
        } else {
            check_addresses(c, *n, f.name);
        }
    }
    c.surplus(req::imap_syntax_envelope, rest.peek(), "envelope");
}

} // namespace mailspec::wire::imap
