#include "harness/match/ascii.hpp"
#include "harness/match/near_name.hpp"
#include "harness/match/pattern_reader.hpp"

#include <algorithm>
#include <array>

namespace mailspec::match {

namespace {

using order = item_order;
using extra = further_items;

constexpr std::array<std::string_view, 5> statuses = {"OK", "NO", "BAD", "BYE", "PREAUTH"};

bool is_status(std::string_view name) { return std::find(statuses.begin(), statuses.end(), name) != statuses.end(); }

void set_rule(value_pattern& v, list_rule rule, const strictness& s) {
    if (s.order == strictness::order::kept && rule.order == order::free)
        rule.order = order::sequence;
    if (s.extra == strictness::extra::forbidden)
        rule.extra = extra::forbidden;
    v.rule = rule;
}

void set_child_rule(value_pattern& list, std::size_t index, list_rule rule, const strictness& s) {
    if (index < list.children.size() && list.children[index].what == value_pattern::form::list)
        set_rule(list.children[index], rule, s);
}

void set_fetch_rules(value_pattern& values, const strictness& s) {
    set_child_rule(values, 0, {order::free, extra::allowed, 2}, s);
    if (values.children.empty())
        return;
    value_pattern& items = values.children.front();
    for (std::size_t i = 0; i + 1 < items.children.size(); i += 2)
        if (same_letters(items.children[i].constant(), "FLAGS"))
            set_child_rule(items, i + 1, {order::free, extra::forbidden, 1, true}, s);
}

/// Which order and which extras the values of a response allow by default.
void set_rules(imap_shape& shape, const strictness& s) {
    value_pattern& values = shape.values;
    const std::string& name = shape.name;
    if (name == "FETCH") {
        set_fetch_rules(values, s);
    } else if (name == "FLAGS") {
        set_child_rule(values, 0, {order::free, extra::allowed, 1, true}, s);
    } else if (name == "LIST" || name == "LSUB" || name == "XLIST") {
        set_rule(values, {order::kept, extra::allowed}, s);
        set_child_rule(values, 0, {order::free, extra::allowed}, s);
        set_child_rule(values, 3, {order::free, extra::allowed, 2}, s);
    } else if (name == "CAPABILITY" || name == "ENABLED") {
        set_rule(values, {order::free, extra::allowed}, s);
    } else if (name == "SEARCH") {
        set_rule(values, {order::free, extra::forbidden}, s);
    } else if (name == "ESEARCH") {
        set_rule(values, {order::esearch, extra::allowed, 2}, s);
    } else if (name == "STATUS" || name == "METADATA") {
        set_child_rule(values, 1, {order::free, extra::allowed, 2}, s);
    } else if (name == "ID") {
        set_child_rule(values, 0, {order::free, extra::allowed, 2}, s);
    }
}

void set_code_rules(value_pattern& code, const strictness& s) {
    const std::string_view name = code.children.empty() ? std::string_view() : code.children.front().constant();
    if (same_letters(name, "CAPABILITY"))
        set_rule(code, {order::free, extra::allowed}, s);
    else if (same_letters(name, "PERMANENTFLAGS"))
        set_child_rule(code, 1, {order::free, extra::allowed, 1, true}, s);
    else if (same_letters(name, "BADCHARSET"))
        set_child_rule(code, 1, {order::free, extra::allowed}, s);
}

void read_status(pattern_reader& in, imap_shape& shape, const strictness& s) {
    in.skip_space();
    if (in.peek() == '[') {
        const std::size_t start = in.at();
        in.advance(1);
        shape.code.emplace();
        shape.code->what = value_pattern::form::list;
        shape.code->at = start;
        shape.code->children = in.values(pattern_reader::inside::brackets);
        if (!in.error() && in.peek() != ']')
            return in.fail(start, "this [ is never closed by ]");
        if (shape.code->children.empty())
            return in.fail(start, "a response code is missing between [ and ]");
        in.advance(1);
        in.skip_space();
        set_code_rules(*shape.code, s);
    }
    shape.text = in.line();
    shape.text_counts = has_values(shape.text) || (s.words == strictness::words::compared && !shape.text.empty());
}

void read_untagged(pattern_reader& in, imap_shape& shape, const strictness& s) {
    in.skip_space();
    const bool numbered = is_digit(in.peek()) || in.peek() == '#' || in.peek() == '$';
    if (numbered) {
        shape.number = in.value(pattern_reader::inside::line);
        in.skip_space();
    }
    const std::size_t start = in.at();
    const std::string_view word = in.plain_word();
    if (in.error())
        return;
    if (word.empty())
        return in.fail(start, "expected the name of a response here, as in * OK or * 1 FETCH");
    shape.name = wire::in_capitals(word);
    in.advance(word.size());
    if (is_status(shape.name))
        return read_status(in, shape, s);
    shape.values.children = in.values(pattern_reader::inside::line);
    if (!in.error() && in.peek() == ')')
        return in.fail(in.at(), "this ) closes nothing");
    set_rules(shape, s);
}

void read_completion(pattern_reader& in, imap_shape& shape, const strictness& s) {
    const std::size_t start = in.at();
    if (in.rest().starts_with("${")) {
        shape.name_parts = in.value(pattern_reader::inside::line).parts;
        return read_status(in, shape, s);
    }
    shape.name = wire::in_capitals(in.plain_word());
    if (shape.name == "OK" || shape.name == "NO" || shape.name == "BAD") {
        in.advance(shape.name.size());
        return read_status(in, shape, s);
    }
    constexpr std::array<std::string_view, 3> completions = {"OK", "NO", "BAD"};
    in.fail(start, "an answer of the server begins with \"* \", \"+\", OK, NO or BAD (without the tag)" +
                       did_you_mean(shape.name, completions));
}

/// Each item name in a list of pairs needs its value.
void check_pairs(pattern_reader& in, const value_pattern& v) {
    using form = value_pattern::form;
    std::size_t i = v.rule.order == order::esearch ? esearch_prefix(v) : 0;
    while (v.rule.stride == 2 && i < v.children.size()) {
        if (v.children[i].what == form::rest) {
            ++i;
            continue;
        }
        if (i + 1 >= v.children.size() || v.children[i + 1].what == form::rest)
            return in.fail(v.children[i].at, "this item has no value after it; ${_} stands for any");
        i += 2;
    }
    for (const value_pattern& child : v.children)
        check_pairs(in, child);
}

} // namespace

std::variant<imap_shape, syntax_error> compile_imap(std::string_view source, const strictness& s, pattern::role& what) {
    pattern_reader in(source);
    imap_shape shape;
    shape.values.what = value_pattern::form::list;
    in.skip_space();
    if (in.rest().starts_with("* ")) {
        what = pattern::role::untagged;
        in.advance(2);
        read_untagged(in, shape, s);
    } else if (in.peek() == '+') {
        what = pattern::role::continuation;
        in.advance(1);
        in.skip_space();
        shape.text = in.line();
        shape.text_counts = !shape.text.empty();
    } else {
        what = pattern::role::completion;
        read_completion(in, shape, s);
    }
    if (!in.error())
        check_pairs(in, shape.values);
    if (in.error())
        return *in.error();
    return shape;
}

} // namespace mailspec::match
