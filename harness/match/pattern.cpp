#include "harness/match/pattern.hpp"

#include "harness/match/compiled.hpp"
#include "harness/match/pattern_reader.hpp"

namespace mailspec::match {

namespace {

void collect(const imap_shape& s, std::vector<pattern::name_use>& out) {
    if (s.number)
        collect_uses(*s.number, out);
    collect_uses(s.name_parts, out);
    collect_uses(s.values, out);
    if (s.code)
        collect_uses(*s.code, out);
    collect_uses(s.text, out);
}

void collect(const pop3_shape& s, std::vector<pattern::name_use>& out) { collect_uses(s.text, out); }
void collect(const smtp_shape& s, std::vector<pattern::name_use>& out) { collect_uses(s.text, out); }

void collect(const sieve_shape& s, std::vector<pattern::name_use>& out) {
    if (s.code)
        collect_uses(*s.code, out);
    collect_uses(s.values, out);
}

template <class Shape>
std::optional<syntax_error> finish(std::variant<Shape, syntax_error> result, pattern::compiled& out) {
    if (auto* error = std::get_if<syntax_error>(&result))
        return std::move(*error);
    collect(std::get<Shape>(result), out.names);
    out.shape = std::get<Shape>(std::move(result));
    return std::nullopt;
}

std::optional<syntax_error> fill(wire::protocol p, std::string_view source, const strictness& s,
                                 pattern::compiled& out) {
    switch (p) {
    case wire::protocol::imap: return finish(compile_imap(source, s, out.what), out);
    case wire::protocol::pop3: return finish(compile_pop3(source, s, out.what), out);
    case wire::protocol::managesieve: return finish(compile_sieve(source, s, out.what), out);
    default: return finish(compile_smtp(source, s, out.what), out);
    }
}

} // namespace

std::variant<pattern, syntax_error> pattern::compile(wire::protocol p, std::string_view source, strictness s) {
    auto made = std::make_shared<compiled>();
    made->protocol = p;
    made->source = source;
    made->strict = s;
    if (auto error = fill(p, source, s, *made))
        return *std::move(error);
    pattern out;
    out.inner_ = std::move(made);
    return out;
}

pattern::role pattern::describes() const { return inner_->what; }
const std::string& pattern::source() const { return inner_->source; }
const std::vector<pattern::name_use>& pattern::names() const { return inner_->names; }

} // namespace mailspec::match
