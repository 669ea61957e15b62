#include "harness/serve/mischief.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/serve/altered_answer.hpp"

#include <algorithm>

namespace mailspec::serve {

namespace {

std::size_t place_of(const rfc::requirement& r) { return static_cast<std::size_t>(&r - rfc::catalogue().data()); }

bool is_known(std::string_view id) {
    return std::ranges::binary_search(mischief::known(), id, {}, [](const auto* r) { return r->id; });
}

} // namespace

mischief::mischief(const std::set<std::string, std::less<>>& ids) : broken_(rfc::catalogue().size()) {
    for (const auto& id : ids) {
        if (!is_known(id))
            continue;
        broken_[place_of(*rfc::find(id))] = true;
        any_ = true;
    }
}

std::string_view mischief::refused(const std::set<std::string, std::less<>>& ids) {
    auto it = std::ranges::find_if_not(ids, [](const auto& id) { return is_known(id); });
    return it == ids.end() ? std::string_view{} : std::string_view(*it);
}

const std::vector<const rfc::requirement*>& mischief::known() {
    static const auto all = [] {
        std::vector<const rfc::requirement*> list;
        for (auto part : {imap_mischief(), other_mischief()})
            list.insert(list.end(), part.begin(), part.end());
        for (auto table : {imap_answers(), pop3_answers(), smtp_answers()})
            for (const auto& row : table)
                list.push_back(row.broken);
        std::ranges::sort(list, {}, [](const auto* r) { return r->id; });
        list.erase(std::unique(list.begin(), list.end()), list.end());
        return list;
    }();
    return all;
}

const mischief& mischief::none() {
    static const mischief nothing;
    return nothing;
}

bool mischief::holds(const rfc::requirement& r) const { return broken_[place_of(r)]; }

} // namespace mailspec::serve
