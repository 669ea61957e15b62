#include "harness/wire/imap/response.hpp"

namespace mailspec::wire::imap {

namespace {

const node* first_of(const tree& values, value_kind kind) {
    if (values.nodes.empty()) {
        return nullptr;
    }
    const node* n = values.child(values.root());
    while (n && n->kind != kind) {
        n = values.next(*n);
    }
    return n;
}

bool has_text(const response& r) {
    return r.form == response_form::continuation || (r.form != response_form::malformed && r.is_status());
}

} // namespace

const node* response::code() const { return has_text(*this) ? first_of(values, value_kind::code) : nullptr; }

const node* response::text() const { return has_text(*this) ? first_of(values, value_kind::text) : nullptr; }

} // namespace mailspec::wire::imap
