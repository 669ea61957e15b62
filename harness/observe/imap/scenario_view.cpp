#include "harness/observe/imap/scenario_view.hpp"

#include "harness/observe/imap/digest.hpp"
#include "harness/observe/imap/mailbox_view.hpp"
#include "harness/wire/imap/octets.hpp"

namespace mailspec::observe::imap {
namespace {

constexpr std::uint32_t several = ~std::uint32_t{0};

} // namespace

mailbox_record& scenario_view::of(std::uint64_t user, std::string_view mailbox) {
    digest key;
    key.add({reinterpret_cast<const char*>(&user), sizeof user}); // NOLINT: octets of a number
    key.add(wire::imap::same_ci(mailbox, "INBOX") ? "INBOX" : mailbox);
    if (!records_)
        records_ = std::make_unique<std::unordered_map<std::uint64_t, mailbox_record>>();
    return (*records_)[key.value()];
}

void scenario_view::forget_names() {
    names_at_ = now_;
    if (!records_)
        return;
    for (auto& [key, record] : *records_) {
        record.uidvalidity = {};
        for (auto& [value, each] : record.by_uidvalidity)
            each.uidnext = {};
    }
}

std::vector<std::string> scenario_view::unwatched() const {
    std::vector<std::string> out;
    if ((unwatched_ & static_cast<std::uint8_t>(limit::messages)) != 0)
        out.push_back("of a mailbox only the first " + std::to_string(mailbox_view::most) +
                      " messages were watched for what must stay true of them");
    if ((unwatched_ & static_cast<std::uint8_t>(limit::searches)) != 0)
        out.push_back("SEARCH was held against what is known of the first " +
                      std::to_string(search_watch::most_judged) + " messages of a mailbox only");
    return out;
}

void scenario_view::note_writer(std::uint32_t session) {
    const bool only = session != 0 && (writer_ == 0 || writer_ == session);
    writer_ = only ? session : several;
}

} // namespace mailspec::observe::imap
