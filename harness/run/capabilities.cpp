#include "harness/run/capabilities.hpp"

#include "harness/run/words.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

/// As it is compared.
std::string folded(std::string_view announced) {
    auto out = upper(announced);
    std::replace(out.begin(), out.end(), ' ', '=');
    return out;
}

} // namespace

void capabilities::begin() {
    forget();
    known_ = true;
    ++announced_;
}

void capabilities::forget() {
    known_ = false;
    upper_.clear();
    shown_.clear();
}

void capabilities::add(std::string_view keyword, std::string_view parameters) {
    if (!shown_.empty())
        shown_ += parameters.empty() && !shown_parameters_ ? " " : ", ";
    shown_parameters_ = !parameters.empty();
    shown_ += keyword;
    upper_.push_back(folded(keyword));
    const auto base = upper_.back();
    if (!parameters.empty()) {
        shown_ += ' ';
        shown_ += parameters;
    }
    while (!parameters.empty()) {
        const auto end = std::min(parameters.find(' '), parameters.size());
        if (end > 0)
            upper_.push_back(base + '=' + folded(parameters.substr(0, end)));
        parameters.remove_prefix(std::min(end + 1, parameters.size()));
    }
}

bool capabilities::has(std::string_view wanted) const {
    return std::find(upper_.begin(), upper_.end(), folded(wanted)) != upper_.end();
}

std::vector<std::string> capabilities::under(std::string_view keyword) const {
    const auto prefix = folded(keyword) + '=';
    std::vector<std::string> out;
    for (const auto& each : upper_)
        if (each.starts_with(prefix) && each.size() > prefix.size())
            out.push_back(each.substr(prefix.size()));
    return out;
}

std::string capabilities::show() const { return shown_; }

capability_wish read_wish(std::string_view source) {
    capability_wish wish;
    const auto negation = [&] {
        if (source.starts_with('!')) {
            wish.negated = !wish.negated;
            source.remove_prefix(1);
        }
    };
    negation();
    for (const auto p : {wire::protocol::imap, wire::protocol::pop3, wire::protocol::smtp, wire::protocol::submission,
                         wire::protocol::lmtp, wire::protocol::managesieve}) {
        const auto name = to_string(p);
        if (source.size() > name.size() && source.starts_with(name) && source[name.size()] == ':') {
            wish.protocol = name;
            source.remove_prefix(name.size() + 1);
            break;
        }
    }
    negation();
    wish.name = source;
    return wish;
}

} // namespace mailspec::run
