#include "harness/observe/imap/mailbox_view.hpp"

#include "harness/wire/ascii.hpp"
#include "harness/wire/imap/octets.hpp"

#include <algorithm>

namespace mailspec::observe::imap {

known_message* mailbox_view::make_message(std::uint32_t number) {
    if (number == 0 || number > most)
        return nullptr;
    messages_.resize(number);
    return &messages_[number - 1];
}

const known_message* mailbox_view::find(std::uint32_t number) const {
    return number > 0 && number <= messages_.size() ? &messages_[number - 1] : nullptr;
}

message_facts* mailbox_view::facts_of(known_message& m) {
    if (shared && m.uid != 0) {
        auto found = shared->by_uid.find(m.uid);
        if (found == shared->by_uid.end()) {
            if (shared->facts.size() >= incarnation::most)
                return nullptr;
            auto& kept = shared->facts.emplace_back(m.facts ? *m.facts : message_facts());
            found = shared->by_uid.emplace(m.uid, &kept).first;
        }
        m.facts = found->second;
    } else if (!m.facts && own_facts_.size() < most) {
        m.facts = &own_facts_.emplace_back();
    }
    return m.facts;
}

void mailbox_view::expunge(std::uint32_t number) {
    exists -= exists > 0 ? 1 : 0;
    settled -= number <= settled && settled > 0 ? 1 : 0;
    if (number > 0 && number <= messages_.size())
        messages_.erase(messages_.begin() + (number - 1));
}

std::uint32_t mailbox_view::bit_of(std::string_view flag) {
    const auto found = std::find_if(bits_.begin(), bits_.end(),
                                    [&](const std::string& each) { return wire::imap::same_ci(each, flag); });
    const auto at = static_cast<std::size_t>(found - bits_.begin());
    if (at >= 32)
        return 0;
    if (found == bits_.end())
        bits_.push_back(wire::in_capitals(flag));
    return std::uint32_t{1} << at;
}

} // namespace mailspec::observe::imap
