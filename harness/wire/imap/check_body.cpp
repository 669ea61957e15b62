#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/numbers.hpp"

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

class body_check {
public:
    body_check(checker& c, const node& body, body_form form)
        : c_(c), rest_(c.values(), c.values().child(body)), end_(checker::end(body)), form_(form) {}

    void run();

private:
    const node* need(const rfc::requirement& r, std::string_view what);
    void multipart();
    void part();
    bool fields();
    void text_lines();
    void message();
    void parameters(const node& n, std::string_view what);
    void disposition(const node& n);
    void language(const node& n);
    void extension(const node& n);
    /// Disposition, language, location and what may follow.
    void common_extensions();

    checker& c_;
    cursor rest_;
    std::size_t end_;
    body_form form_;
};

const node* body_check::need(const rfc::requirement& r, std::string_view what) {
    const node* n = rest_.take();
    if (!n) {
        c_.missing(r, end_, what);
    }
    return n;
}

void body_check::run() {
    const node* first = rest_.peek();
    if (!first) {
        c_.missing(req::imap_syntax_body, end_, "the type of a body");
    } else if (first->kind == value_kind::list) {
        multipart();
    } else {
        part();
    }
}

void body_check::multipart() {
    c_.together(req::imap_syntax_body, rest_.peek());
    while (rest_.peek() && rest_.peek()->kind == value_kind::list) {
        body_check(c_, *rest_.take(), form_).run();
    }
    const node* subtype = need(req::imap_syntax_body, "the subtype of a multipart");
    if (!subtype) {
        return;
    }
    if (!c_.is_string(*subtype)) {
        c_.broken(req::imap_syntax_body_media, *subtype, "subtype", "no string");
    }
    if (form_ == body_form::not_extensible) {
        c_.surplus(req::imap_syntax_body_not_extensible, rest_.peek(), "BODY");
        return;
    }
    c_.apart(req::imap_syntax_body_extension, subtype);
    if (const node* n = rest_.take()) {
        parameters(*n, "multipart parameters");
        common_extensions();
    }
}

void body_check::part() {
    const node* type = rest_.take();
    c_.apart(req::imap_syntax_body, type);
    const node* subtype = need(req::imap_syntax_body, "the subtype");
    if (!subtype) {
        return;
    }
    for (const node* n : {type, subtype}) {
        if (!c_.is_string(*n)) {
            c_.broken(req::imap_syntax_body_media, *n, n == type ? "type" : "subtype", "no string");
        }
    }
    if (!fields()) {
        return;
    }
    const bool is_global = c_.is(*subtype, "GLOBAL") && rest_.peek() && rest_.peek()->kind == value_kind::list;
    if (c_.is(*type, "TEXT")) {
        text_lines();
    } else if (c_.is(*type, "MESSAGE") && (c_.is(*subtype, "RFC822") || is_global)) {
        message();
    }
    if (form_ == body_form::not_extensible) {
        c_.surplus(req::imap_syntax_body_not_extensible, rest_.peek(), "BODY");
        return;
    }
    if (const node* md5 = rest_.take()) {
        c_.nstring(*md5, "body MD5");
        common_extensions();
    }
}

/// Gives false when they end too soon.
bool body_check::fields() {
    const auto& rule = req::imap_syntax_body_fields;
    const node* n = need(rule, "the parameters of a part");
    if (!n) {
        return false;
    }
    parameters(*n, "parameters");
    for (const std::string_view what : {"body id", "body description"}) {
        n = need(rule, what);
        if (!n) {
            return false;
        }
        c_.nstring(*n, what);
    }
    n = need(rule, "the encoding of a part");
    if (!n) {
        return false;
    }
    c_.string(*n, "body encoding");
    n = need(rule, "the size of a part");
    return n && c_.number(*n, "body size");
}

void body_check::text_lines() {
    const node* n = rest_.peek();
    if (!n || !number63(c_.raw(*n))) {
        c_.missing(req::imap_syntax_body_text, n ? c_.start(*n) : end_, "the number of lines of a text part");
        return;
    }
    c_.number64(*rest_.take(), "body lines");
}

void body_check::message() {
    const auto& rule = req::imap_syntax_body_message;
    const node* n = need(rule, "the envelope of a message part");
    if (!n) {
        return;
    }
    check_envelope(c_, *n);
    n = need(rule, "the body of a message part");
    if (!n) {
        return;
    }
    check_body(c_, *n, form_);
    n = need(rule, "the number of lines of a message part");
    if (n) {
        c_.number64(*n, "body lines");
    }
}

void body_check::parameters(const node& n, std::string_view what) {
    const auto& rule = req::imap_syntax_body_parameters;
    if (c_.is_nil(n)) {
        return;
    }
    if (n.kind != value_kind::list || !n.child) {
        c_.broken(rule, n, what, "neither NIL nor a list of pairs");
        return;
    }
    std::size_t count = 0;
    for (const node& s : children(c_.values(), n)) {
        ++count;
        if (!c_.is_string(s)) {
            c_.broken(rule, s, what, "no string");
        }
    }
    if (count % 2 != 0) {
        c_.missing(rule, checker::end(n), "the value of a parameter");
    }
}

void body_check::disposition(const node& n) {
    if (c_.is_nil(n)) {
        return;
    }
    const node* type = n.kind == value_kind::list ? c_.values().child(n) : nullptr;
    const node* values = type ? c_.values().next(*type) : nullptr;
    if (!values || !c_.is_string(*type)) {
        c_.broken(req::imap_syntax_body_disposition, n, "disposition", "neither NIL nor a string with parameters");
        return;
    }
    parameters(*values, "disposition parameters");
    c_.surplus(req::imap_syntax_body_disposition, c_.values().next(*values), "disposition");
}

void body_check::language(const node& n) {
    if (n.kind != value_kind::list) {
        c_.nstring(n, "body language");
        return;
    }
    if (!n.child) {
        c_.broken(req::imap_syntax_body_language, n, "body language", "an empty list");
    }
    for (const node& tag : children(c_.values(), n)) {
        c_.string(tag, "body language");
    }
}

void body_check::extension(const node& n) {
    if (n.kind == value_kind::list) {
        if (!n.child) {
            c_.broken(req::imap_syntax_body_extension, n, "body extension", "an empty list");
        }
        for (const node& inner : children(c_.values(), n)) {
            extension(inner);
        }
    } else if (!c_.is_string(n) && !c_.is_nil(n) && !number63(c_.raw(n))) {
        c_.broken(req::imap_syntax_body_extension, n, "body extension", "neither a string nor a number");
    }
}

void body_check::common_extensions() {
    if (const node* n = rest_.take()) {
        disposition(*n);
    }
    if (const node* n = rest_.take()) {
        language(*n);
    }
    if (const node* n = rest_.take()) {
        c_.nstring(*n, "body location");
    }
    if (const node* n = rest_.peek()) {
        c_.broken(req::imap_syntax_body_extension_undefined, *n, "body extension", "more than is defined");
    }
    while (const node* n = rest_.take()) {
        extension(*n);
    }
}

} // namespace

void check_body(checker& c, const node& body, body_form form) {
    if (c.list(req::imap_syntax_body, body, "body")) {
        body_check(c, body, form).run();
    }
}

} // namespace mailspec::wire::imap
