#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/kinds.hpp"
#include "harness/wire/imap/known_codes.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/response.hpp"
#include "harness/wire/imap/scanner.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <limits>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

class parser {
public:
    parser(std::string_view frame, response& out, reporter& report)
        : frame_(frame), out_(out), report_(report), scan_(frame, out.values, report) {}

    void run();
    /// True when the tree lost nothing, so that a grammar can be held against it.
    bool is_whole() const { return !scan_.flattened(); }

private:
    std::string_view word(scanner::word w) const { return frame_.substr(w.at, w.size); }
    void name(scanner::word w);
    void untagged();
    void numbered(scanner::word number);
    void tagged(scanner::word tag);
    void continuation();
    void status();
    void data();
    void malformed(std::string_view why);

    std::string_view frame_;
    response& out_;
    reporter& report_;
    scanner scan_;
};

void parser::run() {
    if (scan_.peek() == ' ' || scan_.peek() == '\t') {
        report_(req::imap_syntax_space, 0, "space at the start of a response");
        scan_.take_space();
    }
    const auto first = scan_.take_word();
    const std::string_view lead = word(first);
    if (lead == "*") {
        untagged();
    } else if (lead.starts_with('+')) {
        scan_.back_to(first.at + 1);
        continuation();
    } else if (lead.empty() || lead.starts_with('*')) {
        scan_.back_to(first.at);
        malformed("neither a tagged, nor an untagged response, nor a continuation");
    } else {
        tagged(first);
    }
}

void parser::name(scanner::word w) {
    out_.name_at = static_cast<std::uint32_t>(w.at);
    out_.name_size = static_cast<std::uint32_t>(w.size);
}

void parser::untagged() {
    out_.form = response_form::untagged;
    scan_.take_space();
    auto first = scan_.take_name();
    const std::string_view lead = word(first);
    if (lead.empty()) {
        malformed("an untagged response without a name");
    } else if (std::all_of(lead.begin(), lead.end(), is_digit)) {
        numbered(first);
    } else {
        if (is_digit(lead.front()) || (lead.size() > 1 && lead.find_first_of("+-") == 0 && is_digit(lead[1]))) {
            report_(req::imap_syntax_number, first.at, "no number", lead);
        }
        name(first);
        out_.kind = kind_of(lead);
        if (has_number(out_.kind)) {
            report_(req::imap_syntax_response, first.at, "no number before this name", lead);
            out_.kind = response_kind::other;
        }
        out_.is_status() ? status() : data();
    }
}

void parser::numbered(scanner::word number) {
    const auto value = number32(word(number));
    if (!value) {
        report_(req::imap_syntax_number, number.at, "a number beyond 32 bits", word(number));
    }
    out_.number = value.value_or(std::numeric_limits<std::uint32_t>::max());
    scan_.take_space();
    const auto w = scan_.take_name();
    if (w.size == 0) {
        malformed("a number without the name of what it counts");
        return;
    }
    name(w);
    out_.kind = kind_of(word(w));
    if (!has_number(out_.kind) && out_.kind != response_kind::other) {
        report_(req::imap_syntax_response, number.at, "a number before a name that takes none", word(w));
        out_.kind = response_kind::other;
    }
    if (word(number).starts_with('0') && needs_nz_number(out_.kind)) {
        report_(req::imap_syntax_nz_number, number.at, "a message number that is zero or begins with it", word(number));
    }
    data();
}

void parser::tagged(scanner::word tag) {
    const std::string_view seen = word(tag);
    scan_.take_space();
    const auto w = scan_.take_name();
    out_.kind = kind_of(word(w));
    if (!out_.is_status() || out_.kind == response_kind::bye || out_.kind == response_kind::preauth) {
        scan_.back_to(tag.at);
        malformed("a tagged response that is neither OK, NO nor BAD");
        return;
    }
    const auto odd =
        std::find_if_not(seen.begin(), seen.end(), [](char c) { return is(c, octet_class::astring) && c != '+'; });
    if (odd != seen.end()) {
        report_(req::imap_syntax_tag, tag.at + static_cast<std::size_t>(odd - seen.begin()),
                "an octet that a tag may not hold", seen);
    }
    out_.form = response_form::tagged;
    out_.tag_at = static_cast<std::uint32_t>(tag.at);
    out_.tag_size = static_cast<std::uint32_t>(tag.size);
    name(w);
    status();
}

void parser::continuation() {
    out_.form = response_form::continuation;
    if (!scan_.take_one_space()) {
        report_(req::imap_syntax_continuation, scan_.position(), "no space behind the plus sign");
    }
    scan_.code();
    scan_.take_one_space();
    scan_.text();
}

/// A code without the space and text behind it is read as right: RFC 5530 and 9051 show such.
void parser::status() {
    if (!scan_.take_one_space()) {
        report_(req::imap_syntax_text, scan_.position(), "no space behind the status");
    }
    scan_.code();
    if (out_.code() && !scan_.take_one_space() && !scan_.at_line_end() &&
        kind_of_code(code_name(out_)) != code_kind::unknown) {
        report_(req::imap_syntax_text, scan_.position(), "no space between the response code and the text");
    }
    scan_.text();
}

void parser::data() {
    const bool fetch = out_.kind == response_kind::fetch;
    scan_.values(fetch ? scanner::brackets::in_fetch_items : scanner::brackets::plain);
}

void parser::malformed(std::string_view why) {
    report_(req::imap_syntax_response, scan_.position(), why);
    out_.form = response_form::malformed;
    out_.kind = response_kind::other;
    scan_.text();
}

} // namespace

void parse(std::string_view frame, std::uint64_t at, response& out, std::vector<rfc::finding>& findings) {
    out.form = response_form::malformed;
    out.kind = response_kind::other;
    out.at = at;
    out.number = out.tag_at = out.tag_size = out.name_at = out.name_size = 0;
    reporter report(at, findings);
    parser p(frame, out, report);
    p.run();
    if (p.is_whole()) {
        check(out, report);
    }
}

} // namespace mailspec::wire::imap
