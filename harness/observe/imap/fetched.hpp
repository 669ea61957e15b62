#pragma once

#include "harness/observe/imap/common_item.hpp"
#include "harness/observe/imap/mailbox_view.hpp"
#include "harness/wire/imap/response.hpp"

namespace mailspec::observe::imap {

/// A FETCH response gone through once, for all the rules that look at it. Life: that of the response and the view.
struct fetched {
    const wire::imap::response& response;
    known_message* message = nullptr;        ///< null beyond what is kept
    const wire::imap::node* names = nullptr; ///< the first item's name; names and values alternate
    const wire::imap::node* flags = nullptr; ///< the list
    const wire::imap::node* uid = nullptr;
    const wire::imap::node* modseq = nullptr;
    bool has_facts = false; ///< other items than these, of which some never change

    unsigned common = 0; ///< the set of common_item

    fetched(const wire::imap::response& r, mailbox_view& of);

private:
    void note(common_item item, const wire::imap::node& value);
};

inline fetched::fetched(const wire::imap::response& r, mailbox_view& of) : response(r), message(of.message(r.number)) {
    const auto& values = r.values;
    const auto* items = values.child(values.root());
    names = items ? values.child(*items) : nullptr;
    for (const auto* name = names; name;) {
        const auto* value = values.next(*name);
        if (!value)
            break;
        note(common_item_of(values.raw(*name)), *value);
        name = values.next(*value);
    }
}

/// Of an item told twice the first counts.
inline void fetched::note(common_item item, const wire::imap::node& value) {
    has_facts = has_facts || item == common_item::none;
    if (item == common_item::none || (common & static_cast<unsigned>(item)) != 0)
        return;
    common |= static_cast<unsigned>(item);
    (item == common_item::flags ? flags : item == common_item::uid ? uid : modseq) = &value;
}

} // namespace mailspec::observe::imap
