#include "harness/observe/maildrop_view.hpp"
#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <numeric>

namespace mailspec::observe {

namespace req = rfc::req;

namespace {

std::string show(std::uint64_t count, std::uint64_t octets) {
    return std::to_string(count) + (count == 1 ? " message of " : " messages of ") + std::to_string(octets) + " octets";
}

} // namespace

void maildrop_view::check_listing(kind what, const report& to) {
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (!all_[i].listed && !all_[i].deleted) {
            to(req::pop3_message_numbers,
               std::string(command_of(what)) + " leaves out " + message_number(i + 1) +
                   (all_[i].known() ? ", which was there before" : ", though higher numbers are in use") +
                   " and it is not marked as deleted");
            return;
        }
    const bool was_complete = is_complete();
    whole_[static_cast<int>(what)] = true;
    if (what == kind::sizes && has_stat_)
        check_stat(order::stat_first, to);
    if (!was_complete && is_complete())
        check_unique(to);
}

maildrop_view::total maildrop_view::sum(counting which) const {
    total all;
    for (const auto& each : all_)
        if (!each.deleted || which == counting::deleted_too) {
            ++all.count;
            all.octets += each.octets;
        }
    return all;
}

void maildrop_view::check_stat(order came, const report& to) const {
    // A message deleted before LIST named it has no size: then the sum that counts it means nothing.
    const auto left = sum(counting::present), all = sum(counting::deleted_too);
    if (stat_ == left)
        return;
    const auto detail = "STAT says " + show(stat_.count, stat_.octets) + ", LIST " + show(left.count, left.octets);
    if (deleted_ > 0 && stat_.count == all.count && (stat_.octets == all.octets || stat_.octets == left.octets))
        return to(req::pop3_stat_without_deleted, detail + ": messages marked as deleted are counted");
    const auto& earlier = came == order::stat_first ? stat_ : left;
    const auto& later = came == order::stat_first ? left : stat_;
    const bool grew = later.count > earlier.count && later.octets > earlier.octets;
    if (!grew)
        to(req::pop3_stat, detail);
}

void maildrop_view::check_size(std::uint32_t number, const message& m, const report& to) const {
    // A message that does not end in CRLF gets one, for payloads are made of lines.
    if (m.octets == unknown || m.measured == unknown || m.octets == m.measured || m.octets + 2 == m.measured)
        return;
    const auto detail = "LIST gives " + message_number(number) + ' ' + std::to_string(m.octets) + " octets, RETR " +
                        std::to_string(m.measured);
    if (m.octets == m.measured + m.dots)
        to(req::pop3_list_stuffing_not_counted, detail + ": the dots that stuffing added are counted");
    else
        to(req::pop3_list, detail);
}

void maildrop_view::check_unique(const report& to) const {
    std::vector<std::uint32_t> by_id(all_.size());
    std::iota(by_id.begin(), by_id.end(), 0u);
    std::erase_if(by_id, [&](std::uint32_t i) { return all_[i].deleted || all_[i].id_size == 0; });
    std::sort(by_id.begin(), by_id.end(), [&](auto a, auto b) {
        const auto left = id_of(all_[a]), right = id_of(all_[b]);
        return left != right ? left < right : a < b;
    });
    for (std::size_t i = 1; i < by_id.size(); ++i) {
        const auto &one = all_[by_id[i - 1]], &other = all_[by_id[i]];
        if (id_of(one) == id_of(other) && one.octets != other.octets)
            to(req::pop3_uidl_unique, "messages " + std::to_string(by_id[i - 1] + 1) + " and " +
                                          std::to_string(by_id[i] + 1) + " share a unique-id, with " +
                                          std::to_string(one.octets) + " and " + std::to_string(other.octets) +
                                          " octets");
    }
}

} // namespace mailspec::observe
