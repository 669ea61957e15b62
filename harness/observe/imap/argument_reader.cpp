#include "harness/observe/imap/argument_reader.hpp"

#include <charconv>

namespace mailspec::observe::imap {

using kind = argument_reader::token::kind;

std::string argument_reader::token::text() const {
    if (!escaped)
        return std::string(raw);
    std::string out;
    for (std::size_t i = 0; i < raw.size(); ++i)
        out += raw[i] == '\\' && i + 1 < raw.size() ? raw[++i] : raw[i];
    return out;
}

argument_reader::token argument_reader::next() {
    while (rest_.starts_with(' '))
        rest_.remove_prefix(1);
    if (rest_.empty())
        return {};
    switch (rest_.front()) {
    case '(':
    case ')': {
        const bool opens = rest_.front() == '(';
        rest_.remove_prefix(1);
        return {opens ? kind::open : kind::close, {}};
    }
    case '"': return quoted();
    case '{': return literal();
    default: return atom();
    }
}

argument_reader::token argument_reader::quoted() {
    token t{kind::string, {}};
    for (std::size_t i = 1; i < rest_.size(); ++i) {
        if (rest_[i] == '"') {
            t.raw = rest_.substr(1, i - 1);
            rest_.remove_prefix(i + 1);
            return t;
        }
        if (rest_[i] == '\\') {
            t.escaped = true;
            ++i;
        }
    }
    return {kind::malformed, {}};
}

argument_reader::token argument_reader::literal() {
    std::size_t size = 0;
    const auto* const last = rest_.data() + rest_.size();
    const auto [end, failed] = std::from_chars(rest_.data() + 1, last, size);
    auto after = rest_.substr(static_cast<std::size_t>(end - rest_.data()));
    if (after.starts_with('+'))
        after.remove_prefix(1);
    if (failed != std::errc() || !after.starts_with("}\r\n") || after.size() - 3 < size)
        return {kind::malformed, {}};
    rest_ = after.substr(3 + size);
    return {kind::string, after.substr(3, size)};
}

argument_reader::token argument_reader::atom() {
    std::size_t i = 0, depth = 0;
    for (; i < rest_.size(); ++i) {
        const char c = rest_[i];
        depth += c == '[' ? 1 : 0;
        depth -= c == ']' && depth > 0 ? 1 : 0;
        if (depth == 0 && (c == ' ' || c == '(' || c == ')' || c == '"'))
            break;
    }
    const auto raw = rest_.substr(0, i);
    rest_.remove_prefix(i);
    return {raw.empty() ? kind::malformed : kind::atom, raw};
}

std::optional<std::string> argument_reader::astring() {
    const auto t = next();
    if (t.what != kind::atom && t.what != kind::string)
        return std::nullopt;
    return t.text();
}

} // namespace mailspec::observe::imap
