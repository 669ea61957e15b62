#include "harness/match/ascii.hpp"
#include "harness/match/judges.hpp"

namespace mailspec::match {

using wire::imap::response;

namespace {

bool name_matches(const imap_shape& shape, const response& r, comparison& by) {
    if (r.form == wire::imap::response_form::continuation)
        return true;
    if (!shape.name.empty())
        return same_letters(shape.name, r.name()) ||
               by.differs("is " + shown(r.name(), 40) + ", expected " + shape.name);
    return by.text(shape.name_parts, r.name(), {});
}

bool code_matches(const imap_shape& shape, const response& r, comparison& by) {
    if (!shape.code)
        return true;
    const std::string expected = "[" + filled_in(shape.code->children.front(), by.bound()) + "]";
    const wire::imap::node* code = r.code();
    if (!code)
        return by.differs("carries no response code, expected " + expected);
    const wire::imap::node* name = r.values.child(*code);
    const std::string_view wanted = shape.code->children.front().constant();
    if (name && !wanted.empty() && !r.values.equals_ci(*name, wanted))
        return by.differs("carries " + shown(r.values, *code) + ", expected " + expected);
    if (name && !wanted.empty())
        by.agree(10);
    return by.items(*shape.code, r.values, name) || by.differs("[" + shown(r.values.raw(*code), 40) + "]: " + by.why());
}

bool text_matches(const imap_shape& shape, const response& r, comparison& by) {
    if (!shape.text_counts)
        return true;
    const wire::imap::node* text = r.text();
    const bool data = r.form == wire::imap::response_form::continuation;
    const bool exact = data || by.strict().letters == strictness::letters::same_case;
    const text_rule rule{exact ? text_rule::letters::same_case : text_rule::letters::any_case, text_rule::extent::whole,
                         text_rule::holes::any};
    return by.text(shape.text, text ? r.values.raw(*text) : std::string_view(), rule) ||
           by.differs("the text " + by.why());
}

} // namespace

bool matches(const imap_shape& shape, const response& r, comparison& by) {
    if (!name_matches(shape, r, by))
        return false;
    const std::size_t mark = by.bound().mark();
    const bool numbered = !shape.number || by.number(*shape.number, r.number) || by.differs("the number " + by.why());
    const bool same = numbered && (r.is_status() || r.form == wire::imap::response_form::continuation
                                       ? code_matches(shape, r, by) && text_matches(shape, r, by)
                                       : by.items(shape.values, r.values, r.values.child(r.values.root())));
    if (!same)
        by.bound().rollback(mark);
    return same;
}

} // namespace mailspec::match
