#include "harness/run/sketch.hpp"

#include "harness/match/functions.hpp"
#include "harness/match/unescape.hpp"
#include "harness/run/words.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

char mark(const match::expression& e) {
    const auto* what = &e;
    if (e.is_call && !e.arguments.empty() && (e.name == "quoted" || e.name.starts_with("literal")))
        what = &e.arguments.front();
    if (!what->is_plain_name())
        return unknown;
    if (what->name == "mailbox" || what->name.ends_with(".mailbox"))
        return own_mailbox;
    if (what == &e && what->name == "token")
        return random_word;
    const std::string_view name = what->name, part = name.substr(std::min(name.find('.'), name.size()));
    if (what != &e || !match::is_role(name.substr(0, name.size() - part.size())))
        return unknown;
    return part == ".path"       ? path_of_role
           : part == ".address"  ? address_of_role
           : part == ".domain"   ? domain_of_role
           : part == ".password" ? secret_of_role
                                 : unknown;
}

} // namespace

std::string sketch(const scenario::command& of) {
    const std::string_view source = of.text.source();
    std::string out;
    for (std::size_t at = 0; at < source.size();) {
        if (source.substr(at).starts_with("${")) {
            const auto parsed = match::parse_placeholder(source, at);
            const auto* p = std::get_if<match::placeholder>(&parsed);
            out += p ? mark(p->value) : unknown;
            at = p ? p->end : at + 1;
            continue;
        }
        char octet = source[at];
        if (of.form == scenario::command::form::raw && octet == '\\') {
            const auto escaped = match::unescape(source, at);
            const auto* c = std::get_if<char>(&escaped);
            octet = c ? *c : source[at++];
        } else {
            ++at;
        }
        out += every_mark.find(octet) != every_mark.npos ? unknown : octet;
    }
    return upper(out);
}

} // namespace mailspec::run
