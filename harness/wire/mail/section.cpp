#include "harness/wire/mail/section.hpp"

#include "harness/wire/ascii.hpp"
#include "harness/wire/mail/header.hpp"
#include "harness/wire/mail/structure.hpp"

#include <algorithm>
#include <charconv>

namespace mailspec::wire::mail {
namespace {

/// A section taken to pieces.
struct specifier {
    std::vector<std::size_t> numbers;
    enum class kind { whole, header, fields, fields_not, text, mime } what = kind::whole;
    std::vector<std::string> names;
};

/// Takes "(TO CC)", names quoted or not.
std::optional<std::vector<std::string>> read_names(std::string_view list) {
    if (list.size() < 3 || list.front() != '(' || list.back() != ')') {
        return std::nullopt;
    }
    list = list.substr(1, list.size() - 2);
    std::vector<std::string> names;
    while (!list.empty()) {
        const auto space = std::min(list.find(' '), list.size());
        auto name = list.substr(0, space);
        list.remove_prefix(std::min(space + 1, list.size()));
        if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
            name = name.substr(1, name.size() - 2);
        }
        if (name.empty() || name.find_first_of("\"()") != std::string_view::npos) {
            return std::nullopt;
        }
        names.emplace_back(name);
    }
    return names.empty() ? std::nullopt : std::optional(std::move(names));
}

bool read_word(std::string_view word, specifier& into) {
    using kind = specifier::kind;
    const auto space = word.find(' ');
    const auto name = word.substr(0, space);
    if (same_name(name, "HEADER.FIELDS") || same_name(name, "HEADER.FIELDS.NOT")) {
        auto names = space == std::string_view::npos ? std::nullopt : read_names(word.substr(space + 1));
        into.what = name.size() == 13 ? kind::fields : kind::fields_not;
        into.names = names ? std::move(*names) : std::vector<std::string>();
        return !into.names.empty();
    }
    into.what = same_name(word, "HEADER") ? kind::header
                : same_name(word, "TEXT") ? kind::text
                : same_name(word, "MIME") ? kind::mime
                                          : kind::whole;
    return into.what != kind::whole && (into.what != kind::mime || !into.numbers.empty());
}

std::optional<specifier> read(std::string_view spec) {
    specifier out;
    while (!spec.empty() && is_digit(spec.front())) {
        std::size_t n = 0;
        const auto read = std::from_chars(spec.data(), spec.data() + spec.size(), n);
        const auto used = static_cast<std::size_t>(read.ptr - spec.data());
        if (read.ec != std::errc{} || spec.front() == '0' || out.numbers.size() == 1000) {
            return std::nullopt;
        }
        out.numbers.push_back(n);
        spec.remove_prefix(used);
        if (spec.empty()) {
            return out;
        }
        if (spec.front() != '.' || spec.size() == 1) {
            return std::nullopt;
        }
        spec.remove_prefix(1);
    }
    if (spec.empty() || read_word(spec, out)) {
        return out;
    }
    return std::nullopt;
}

/// The fields whose names are, or are not, in the list, and the blank line.
std::string subset(std::string_view header, const specifier& wanted) {
    std::string out;
    for (const auto& f : fields(header)) {
        const bool named = std::any_of(wanted.names.begin(), wanted.names.end(),
                                       [&](const auto& name) { return same_name(name, f.name); });
        if (named == (wanted.what == specifier::kind::fields)) {
            out += f.octets;
        }
    }
    if (header.ends_with("\r\n\r\n") || header == "\r\n") {
        out += "\r\n";
    } else if (header.ends_with("\n\n") || header == "\n") {
        out += '\n';
    }
    return out;
}

excerpt pick(const halves& message, const specifier& wanted) {
    switch (wanted.what) {
    case specifier::kind::header: return excerpt::view(message.header);
    case specifier::kind::text: return excerpt::view(message.body);
    default: return excerpt::made(subset(message.header, wanted));
    }
}

} // namespace

std::optional<excerpt> section(std::string_view message, std::string_view spec) {
    const auto wanted = read(spec);
    if (!wanted) {
        return std::nullopt;
    }
    if (wanted->numbers.empty()) {
        return wanted->what == specifier::kind::whole ? excerpt::view(message) : pick(split(message), *wanted);
    }
    const auto whole = read_structure(message);
    const auto* const found = find_part(whole, wanted->numbers);
    if (found == nullptr) {
        return std::nullopt;
    }
    switch (wanted->what) {
    case specifier::kind::whole: return excerpt::view(found->body);
    case specifier::kind::mime: return excerpt::view(found->header);
    default: break;
    }
    if (found->what != part::form::message) {
        return std::nullopt;
    }
    return pick({found->children.front().header, found->children.front().body}, *wanted);
}

binary decoded(std::string_view message, std::string_view spec) {
    const auto wanted = read(spec);
    if (!wanted || wanted->what != specifier::kind::whole) {
        return {};
    }
    if (wanted->numbers.empty()) {
        return {binary::result::found, excerpt::view(message)};
    }
    const auto whole = read_structure(message);
    const auto* const found = find_part(whole, wanted->numbers);
    if (found == nullptr) {
        return {};
    }
    const auto how = transfer_encoding(*found);
    if (how == encoding::unknown) {
        return {binary::result::unknown_encoding, {}};
    }
    if (how == encoding::identity || found->what != part::form::leaf) {
        return {binary::result::found, excerpt::view(found->body)};
    }
    auto octets = field_reader::get().decode(how, found->body);
    const bool text = same_name(found->type.type, "text");
    return {binary::result::found, excerpt::made(text ? with_crlf(octets) : std::move(octets))};
}

} // namespace mailspec::wire::mail
