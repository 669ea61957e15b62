#include "harness/match/functions.hpp"

#include "harness/match/ascii.hpp"
#include "harness/match/digest.hpp"
#include "harness/match/header_functions.hpp"
#include "harness/wire/mail/utf7.hpp"
#include "harness/wire/sasl/base64.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace mailspec::match {

namespace {

using value = std::variant<std::string, no_value>;

constexpr std::size_t most_repeated = 64u << 20; // octets that repeat() may make

constexpr std::size_t many = 64;

constexpr std::array<function, 23> functions = {{{"literal", 1, 1, transport::literal},
                                                 {"literal+", 1, 1, transport::literal_plus},
                                                 {"literal8", 1, 1, transport::literal8},
                                                 {"quoted", 1, 1, transport::quoted},
                                                 {"base64", 1, many},
                                                 {"unbase64", 1, 1},
                                                 {"utf7", 1, 1},
                                                 {"cram-md5", 2, 2, transport::none, true},
                                                 {"apop", 2, 2, transport::none, true},
                                                 {"repeat", 2, 2},
                                                 {"size", 1, 1},
                                                 {"upper", 1, 1},
                                                 {"lower", 1, 1},
                                                 {"sum", 1, many},
                                                 {"from", 2, 2},
                                                 {"header", 1, 1},
                                                 {"body", 1, 1},
                                                 {"join", 1, many},
                                                 {"fields-not-in", 2, 2},
                                                 {"field", 2, 2},
                                                 {"received", 2, 3},
                                                 {"before", 2, 2},
                                                 {"count", 2, 2}}};

constexpr auto names = [] {
    std::array<std::string_view, functions.size()> n{};
    for (std::size_t i = 0; i < n.size(); ++i)
        n[i] = functions[i].name;
    return n;
}();

constexpr std::array<std::string_view, 3> roles = {"alice", "bob", "carol"};

std::optional<std::uint64_t> to_number(std::string_view s) {
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
    if (error != std::errc() || end != s.data() + s.size())
        return std::nullopt;
    return n;
}

value repeated(const std::string& what, const std::string& times) {
    const auto n = to_number(times);
    if (!n)
        return no_value{"repeat() needs a number of times, not \"" + shown(times, 40) + "\""};
    if (!what.empty() && *n > most_repeated / what.size())
        return no_value{"repeat() would make more than 64 MiB"};
    std::string out;
    out.reserve(what.size() * *n);
    for (std::uint64_t i = 0; i < *n && !what.empty(); ++i)
        out += what;
    return out;
}

value or_reason(std::optional<std::string> v, std::string_view why) {
    if (v)
        return *std::move(v);
    return no_value{std::string(why)};
}

value sum_of(const std::vector<std::string>& terms) {
    std::uint64_t sum = 0;
    for (const std::string& term : terms) {
        const auto n = to_number(term);
        if (!n || *n > UINT64_MAX - sum)
            return no_value{"sum() needs numbers, not \"" + shown(term, 40) + "\""};
        sum += *n;
    }
    return std::to_string(sum);
}

/// A message up to and with the empty line, or what follows it.
value part_of(const std::string& message, std::string_view which) {
    const std::size_t end = message.starts_with("\r\n") ? 0 : message.find("\r\n\r\n");
    const std::size_t body =
        end == std::string::npos ? message.size() : std::min(end + (end == 0 ? 2 : 4), message.size());
    return which == "header" ? message.substr(0, body) : message.substr(body);
}

value from_first(const std::string& octets, const std::string& what) {
    const std::size_t at = octets.find(what);
    if (at == std::string::npos)
        return no_value{"from() does not find \"" + shown(what, 60) + "\""};
    return octets.substr(at);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts)
        out += part;
    return out;
}

value call_plain(const expression& e, const std::vector<std::string>& a) {
    if (e.name == "base64")
        return wire::sasl::base64_encode(joined(a));
    if (e.name == "unbase64")
        return or_reason(wire::sasl::base64_decode(a[0]),
                         "unbase64() got what is not base64: \"" + shown(a[0], 60) + "\"");
    if (e.name == "join")
        return joined(a);
    if (e.name == "fields-not-in")
        return fields_not_in(a[0], a[1]);
    if (e.name == "field")
        return field_of(a[0], a[1]);
    if (e.name == "received")
        return received_part(a[0], a[1], a.size() > 2 ? a[2] : std::string_view{});
    if (e.name == "before")
        return before_first(a[0], a[1]);
    if (e.name == "count")
        return std::to_string(count_of(a[0], a[1]));
    if (e.name == "utf7")
        return or_reason(wire::mail::utf7_encode(a[0]), "utf7() got what is not UTF-8");
    if (e.name == "repeat")
        return repeated(a[0], a[1]);
    if (e.name == "size")
        return std::to_string(a[0].size());
    if (e.name == "sum")
        return sum_of(a);
    if (e.name == "from")
        return from_first(a[0], a[1]);
    if (e.name == "header" || e.name == "body")
        return part_of(a[0], e.name);
    if (e.name == "upper")
        return wire::in_capitals(a[0]);
    if (e.name == "lower")
        return wire::in_small_letters(a[0]);
    return a[0]; // literal, quoted: transport of the octets themselves
}

value call_for_role(const expression& e, const std::string& said, const variables& bound) {
    const std::string* user = bound.find(e.arguments[0].name + ".user");
    const std::string* password = bound.find(e.arguments[0].name + ".password");
    if (!user || !password)
        return no_value{"the target has no account " + e.arguments[0].name};
    if (e.name == "apop")
        return or_reason(apop_digest(*password, said), "the greeting holds no APOP timestamp");
    return or_reason(cram_md5_answer(*user, *password, said),
                     "the challenge is not base64: \"" + shown(said, 60) + "\"");
}

value shifted(std::string v, const expression& e) {
    if (e.offset == 0)
        return v;
    const auto n = to_number(v);
    if (!n || *n > 9'000'000'000'000'000'000u)
        return no_value{e.name + " is \"" + shown(v, 40) + "\", to which nothing can be added"};
    const auto sum = static_cast<std::int64_t>(*n) + e.offset;
    if (sum < 0)
        return no_value{e.name + std::to_string(e.offset) + " is below zero"};
    return std::to_string(sum);
}

} // namespace

const function* function_named(std::string_view name) {
    const auto found =
        std::find_if(functions.begin(), functions.end(), [&](const function& f) { return f.name == name; });
    return found == functions.end() ? nullptr : &*found;
}

std::span<const std::string_view> function_names() { return names; }
std::span<const std::string_view> role_names() { return roles; }
bool is_role(std::string_view name) { return std::find(roles.begin(), roles.end(), name) != roles.end(); }

value evaluate(const expression& e, const variables& bound) {
    if (e.name.empty())
        return e.constant;
    if (!e.is_call) {
        const std::string* found = bound.find(e.name);
        if (!found)
            return no_value{e.name + " is not bound"};
        return shifted(*found, e);
    }
    const function* f = function_named(e.name);
    if (!f || e.arguments.size() < f->least || e.arguments.size() > f->most)
        return no_value{"there is no function " + e.name + "()"};
    std::vector<std::string> values;
    for (std::size_t i = f->takes_role ? 1 : 0; i < e.arguments.size(); ++i) {
        value v = evaluate(e.arguments[i], bound);
        if (auto* none = std::get_if<no_value>(&v))
            return std::move(*none);
        values.push_back(std::get<std::string>(std::move(v)));
    }
    value result = f->takes_role ? call_for_role(e, values[0], bound) : call_plain(e, values);
    if (auto* octets = std::get_if<std::string>(&result))
        return shifted(std::move(*octets), e);
    return result;
}

} // namespace mailspec::match
