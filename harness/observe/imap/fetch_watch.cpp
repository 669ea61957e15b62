#include "harness/observe/imap/fetch_watch.hpp"

#include "harness/observe/imap/argument_reader.hpp"
#include "harness/observe/imap/common_item.hpp"
#include "harness/observe/imap/fetched.hpp"
#include "harness/wire/imap/octets.hpp"

#include <algorithm>

namespace mailspec::observe::imap {
namespace {

using kind = argument_reader::token::kind;
using wire::imap::same_ci;

constexpr std::string_view peek = ".PEEK";

/// What tells an item: fields named in it may come back in another spelling, and a part begins where it wants.
std::string_view essence(std::string_view item) { return item.substr(0, item.find_first_of(" <")); }

/// RFC 1730 had RFC822.PEEK and RFC822.HEADER.LINES, which are answered under other names.
bool names_itself(std::string_view item) {
    constexpr std::string_view kept[] = {"RFC822", "RFC822.HEADER", "RFC822.SIZE", "RFC822.TEXT"};
    return !wire::imap::starts_with_ci(item, kept[0]) ||
           std::any_of(std::begin(kept), std::end(kept), [&](auto each) { return same_ci(each, item); });
}

struct macro {
    std::string_view name;
    std::array<std::string_view, 5> items;
};

constexpr macro macros[] = {
    {"ALL", {"FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", ""}},
    {"FAST", {"FLAGS", "INTERNALDATE", "RFC822.SIZE", "", ""}},
    {"FULL", {"FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"}},
};

} // namespace

bool fetch_watch::watch(const command& c) {
    if (command_ == c.sent_at)
        return usable_;
    forget();
    command_ = c.sent_at;
    usable_ = true;
    read(c.arguments);
    usable_ = usable_ && count_ > 0;
    return usable_;
}

void fetch_watch::forget() {
    if (high_ > 0)
        std::fill(told_.begin() + low_, told_.begin() + high_ + 1, std::uint16_t{0});
    low_ = high_ = 0;
    asked_ = unasked_ = 0;
    common_ = {};
    count_ = named_ = 0;
}

void fetch_watch::read(std::string_view arguments) {
    argument_reader in(arguments);
    in.next(); // the messages
    auto t = in.next();
    const bool several = t.what == kind::open;
    if (several)
        t = in.next();
    for (; t.what == kind::atom; t = in.next()) {
        const auto* const all =
            std::find_if(std::begin(macros), std::end(macros), [&](const macro& m) { return same_ci(m.name, t.raw); });
        if (all == std::end(macros))
            add(t.raw);
        else
            for (const auto each : all->items)
                add(each);
        if (!several)
            break;
    }
    // Modifiers behind the items may leave messages out.
    usable_ = usable_ && t.what == (several ? kind::close : kind::atom) && in.next().what == kind::end;
}

void fetch_watch::add(std::string_view item) {
    if (item.empty())
        return;
    item = essence(item);
    if (count_ == most_items || named_ + item.size() > names_.size() || !names_itself(item)) {
        usable_ = false;
        return;
    }
    const auto begun = named_;
    for (std::size_t i = 0; i < item.size(); ++i) {
        if (wire::imap::starts_with_ci(item.substr(i), peek) && item.size() > i + peek.size() &&
            item[i + peek.size()] == '[')
            i += peek.size();
        names_[named_++] = item[i];
    }
    items_[count_] = {names_.data() + begun, named_ - begun};
    const auto bit = static_cast<std::uint16_t>(1u << count_);
    asked_ |= bit;
    const auto common = common_item_of(items_[count_]);
    for (std::size_t set = 0; set < common_.size(); ++set)
        if ((set & static_cast<std::size_t>(common)) != 0)
            common_[set] |= bit;
    if (common != common_item::none)
        unasked_ |= bit;
    ++count_;
}

std::uint16_t fetch_watch::bits_of(std::string_view item) const {
    const auto name = essence(item);
    std::uint16_t bits = 0;
    for (std::size_t i = 0; i < count_; ++i)
        if (same_ci(items_[i], name))
            bits |= static_cast<std::uint16_t>(1u << i);
    return bits;
}

std::uint16_t fetch_watch::bits_of(const fetched& f) const {
    if (!f.has_facts)
        return common_[f.common];
    unsigned bits = 0;
    const auto& values = f.response.values;
    for (const auto* name = f.names; name;) {
        bits |= bits_of(values.raw(*name));
        const auto* value = values.next(*name);
        name = value ? values.next(*value) : nullptr;
    }
    return static_cast<std::uint16_t>(bits);
}

bool fetch_watch::tell(const fetched& f) {
    const auto number = f.response.number;
    if (number == 0 || number > most_numbers)
        return false;
    if (told_.size() <= number)
        told_.resize(number + 1);
    const auto bits = bits_of(f);
    told_[number] |= bits;
    if (bits != 0) {
        low_ = high_ == 0 ? number : std::min(low_, number);
        high_ = std::max(high_, number);
    }
    return (bits & ~unasked_) != 0;
}

fetch_watch::had fetch_watch::of(std::uint32_t number) const {
    const auto bits = told(number);
    if (bits == asked_)
        return had::all;
    return (bits & ~unasked_) != 0 ? had::some : had::nothing;
}

std::string_view fetch_watch::missing(std::uint32_t number) const {
    for (std::size_t i = 0; i < count_; ++i)
        if ((told(number) & (1u << i)) == 0)
            return items_[i];
    return {};
}

} // namespace mailspec::observe::imap
