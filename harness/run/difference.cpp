#include "harness/run/difference.hpp"

#include <algorithm>
#include <iterator>

namespace mailspec::run {
namespace {

using kind = enum scenario::change::kind;
using flags = std::vector<std::string>;

std::string show(const flags& f) {
    std::string out = "(";
    for (const auto& each : f)
        out += (out.size() > 1 ? " " : "") + each;
    return out + ')';
}

/// What is declared for one message.
struct declaration {
    flags wanted;
    bool removed = false;
    std::uint32_t line = 0;
    const rfc::requirement* proves = nullptr;
    std::string words;
};

declaration declared_for(std::uint32_t number, const seen_message& before,
                         const std::vector<scenario::change>& changes) {
    declaration d;
    d.wanted = before.flags;
    const auto name = "message " + std::to_string(number);
    d.words = name + " stays as it is";
    for (const auto& c : changes) {
        if (c.message != number || c.kind == kind::message_added)
            continue;
        const auto set = flag_set(c.flags);
        d.line = c.where.line;
        d.proves = c.proves;
        flags result;
        switch (c.kind) {
        case kind::adds_flags:
            std::set_union(d.wanted.begin(), d.wanted.end(), set.begin(), set.end(), std::back_inserter(result));
            d.words = name + " gains " + c.flags;
            break;
        case kind::removes_flags:
            std::set_difference(d.wanted.begin(), d.wanted.end(), set.begin(), set.end(), std::back_inserter(result));
            d.words = name + " loses " + c.flags;
            break;
        case kind::sets_flags:
            result = set;
            d.words = name + " has exactly (" + c.flags + ")";
            break;
        case kind::message_removed:
            d.removed = true;
            d.words = name + " is removed";
            break;
        case kind::message_added: break;
        }
        d.wanted = std::move(result);
    }
    return d;
}

} // namespace

std::vector<undeclared> compare(const std::vector<seen_message>& before, const std::vector<seen_message>& after,
                                const std::vector<scenario::change>& declared) {
    std::vector<undeclared> out;
    std::vector<bool> known(after.size(), false);
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto number = static_cast<std::uint32_t>(i + 1);
        const auto d = declared_for(number, before[i], declared);
        const auto now = std::find_if(after.begin(), after.end(), [&](const auto& m) { return m.id == before[i].id; });
        const auto was = "message " + std::to_string(number) + " had " + show(before[i].flags) + " before and ";
        if (now == after.end()) {
            if (!d.removed)
                out.push_back({d.line, d.proves, d.words, was + "is gone after"});
            continue;
        }
        known[static_cast<std::size_t>(now - after.begin())] = true;
        if (d.removed || now->flags != d.wanted)
            out.push_back({d.line, d.proves, d.words, was + "has " + show(now->flags) + " after"});
    }
    const auto added = std::count(known.begin(), known.end(), false);
    const auto wanted =
        std::count_if(declared.begin(), declared.end(), [](const auto& c) { return c.kind == kind::message_added; });
    if (added != wanted) {
        undeclared one;
        for (const auto& c : declared)
            if (c.kind == kind::message_added) {
                one.line = c.where.line;
                one.proves = c.proves;
            }
        one.declared = std::to_string(wanted) + " messages are added";
        one.why = std::to_string(added) + " were added";
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace mailspec::run
