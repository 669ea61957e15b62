#include "harness/match/ascii.hpp"
#include "harness/match/comparison.hpp"
#include "harness/match/functions.hpp"

namespace mailspec::match {

namespace {

/// Walks pieces and subject together, going back where a hole was taken too short.
class walk {
public:
    walk(comparison& by, const pieces& parts, std::string_view subject, text_rule rule)
        : by_(by), parts_(parts), subject_(subject), rule_(rule) {}

    bool from(std::size_t piece_index, std::size_t at) {
        if (!by_.go_on())
            return false;
        if (piece_index == parts_.size())
            return ends(at);
        const piece& p = parts_[piece_index];
        if (p.what == piece::form::octets)
            return constant(p.octets, rule_.letters == text_rule::letters::any_case, piece_index, at);
        if (p.what == piece::form::rest)
            return rest(piece_index, at);
        if (p.what == piece::form::value && !(p.value.is_plain_name() && !by_.bound().find(p.value.name))) {
            const auto wanted = evaluate(p.value, by_.bound());
            const auto* octets = std::get_if<std::string>(&wanted);
            return octets && octets_are(p.wanted, *octets) && constant(*octets, false, piece_index, at);
        }
        return hole(p, piece_index, at);
    }

private:
    bool ends(std::size_t at) const {
        return at == subject_.size() || (rule_.extent == text_rule::extent::leading_words && subject_[at] == ' ');
    }

    bool constant(std::string_view octets, bool any_case, std::size_t piece_index, std::size_t at) {
        const bool rest_follows = piece_index + 2 == parts_.size() && parts_.back().what == piece::form::rest;
        if (rest_follows && octets.ends_with(' ') && at + octets.size() == subject_.size() + 1)
            octets.remove_suffix(1); // "AUTH ${...}" describes a bare "AUTH" too
        const std::string_view here = subject_.substr(at, octets.size());
        const bool same = any_case ? same_letters(here, octets) : here == octets;
        return same && from(piece_index + 1, at + octets.size());
    }

    bool rest(std::size_t piece_index, std::size_t at) {
        if (piece_index + 1 == parts_.size())
            return true;
        for (std::size_t to = at; to <= subject_.size(); ++to)
            if (from(piece_index + 1, to))
                return true;
        return false;
    }

    bool hole(const piece& p, std::size_t piece_index, std::size_t at) {
        const bool wide = p.wanted == kind::text || p.wanted == kind::octets || p.wanted == kind::date_time ||
                          (rule_.holes == text_rule::holes::any && p.wanted == kind::any);
        const std::size_t limit = wide ? subject_.size() : std::min(subject_.find(' ', at), subject_.size());
        const std::size_t least = wide || p.wanted == kind::base64 ? 0 : 1;
        const bool last = piece_index + 1 == parts_.size();
        if (last)
            return limit >= at + least && take(p, piece_index, at, limit);
        for (std::size_t to = at + least; to <= limit; ++to)
            if (take(p, piece_index, at, to))
                return true;
        return false;
    }

    bool take(const piece& p, std::size_t piece_index, std::size_t at, std::size_t to) {
        const std::string_view octets = subject_.substr(at, to - at);
        if (!octets_are(p.wanted, octets))
            return false;
        const std::size_t mark = by_.bound().mark();
        if (p.what == piece::form::value)
            by_.bound().set(p.value.name, std::string(octets));
        if (from(piece_index + 1, to))
            return true;
        by_.bound().rollback(mark);
        return false;
    }

    comparison& by_;
    const pieces& parts_;
    std::string_view subject_;
    text_rule rule_;
};

} // namespace

bool comparison::text(const pieces& parts, std::string_view subject, text_rule rule) {
    const std::size_t mark = bound_.mark();
    if (walk(*this, parts, subject, rule).from(0, 0)) {
        agree();
        return true;
    }
    bound_.rollback(mark);
    return differs(difference(subject, filled_in(parts, bound_)));
}

bool comparison::octets(const piece& p, std::string_view subject) {
    return text({p}, subject, {text_rule::letters::same_case, text_rule::extent::whole, text_rule::holes::any});
}

} // namespace mailspec::match
