#include "harness/serve/imap/sharing.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace req = rfc::req;

namespace {

/// "user/bob" of that user.
std::string place_of(const account& who) { return std::string(others_prefix) + who.user; }

std::string granted(const mailbox& box, const account& to) {
    std::string all;
    for (const auto& name : {std::string("anyone"), to.user})
        if (const auto it = box.rights.find(name); it != box.rights.end())
            all += it->second;
    return all;
}

} // namespace

mailbox* find_mailbox(const conversation& c, std::string_view name) {
    if (!name.starts_with(others_prefix))
        return c.who().find_mailbox(name);
    name.remove_prefix(others_prefix.size());
    const auto user = name.substr(0, name.find('/'));
    auto* whose = c.mail().find(user);
    if (!whose || whose == &c.who() || user.size() == name.size())
        return nullptr;
    auto* box = whose->find_mailbox(name.substr(user.size() + 1));
    return box && may_some(c, *box, "lria") ? box : nullptr;
}

std::string name_of(const conversation& c, const mailbox& box) {
    return box.owner == &c.who() ? box.name : place_of(*box.owner) + '/' + box.name;
}

bool may(const conversation& c, const mailbox& box, std::string_view rights) {
    if (box.owner == &c.who() || c.breaks(req::imap_namespace_others_rights))
        return true;
    const auto has = granted(box, c.who());
    return std::ranges::all_of(rights, [&](char right) { return has.find(right) != has.npos; });
}

bool may_some(const conversation& c, const mailbox& box, std::string_view rights) {
    return std::ranges::any_of(rights, [&](char right) { return may(c, box, {&right, 1}); });
}

bool may_change(const conversation& c, const mailbox& box) { return may_some(c, box, "iewts"); }

bool may_flag(const conversation& c, const mailbox& box, std::string_view flag) {
    return may(c, box, flag == "\\Seen" ? "s" : flag == "\\Deleted" ? "t" : "w");
}

bool tells_uids(const conversation& c, const mailbox& box) {
    return may(c, box, "r") || c.breaks(req::imap_uidplus_no_disclosure);
}

std::set<std::string> names_of_others(const conversation& c) {
    const bool tells_all = c.breaks(req::imap_list_other_users) || c.breaks(req::imap_namespace_others_not_told);
    std::set<std::string> names;
    for (const auto& [user, other] : c.mail().accounts()) {
        if (other.get() == &c.who())
            continue;
        if (tells_all)
            names.insert(place_of(*other));
        for (const auto& [name, box] : other->mailboxes)
            if (may(c, *box, "l")) {
                names.insert(place_of(*other));
                names.insert(name_of(c, *box));
            }
    }
    return names;
}

} // namespace mailspec::serve::imap
