#include "harness/run/transcript_log.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace mailspec::run {
namespace {

constexpr std::size_t shown_of_one = 2048;
constexpr std::size_t cost_of_entry = 48; ///< what an entry takes beside its octets, counted as octets

using direction = verdict::transcript_line::direction;

verdict::transcript_line note(std::string said) {
    verdict::transcript_line line;
    line.octets = std::move(said);
    return line;
}

} // namespace

transcript_log::segment& transcript_log::where_to_add(std::size_t size) {
    const auto used = [](const segment& s) { return s.octets.size() + s.entries.size() * cost_of_entry; };
    if (!head_full_ && used(head_) + size <= most_ / 2)
        return head_;
    if (!std::exchange(head_full_, true))
        tail_[1].begin(next_);
    if (used(tail_[1]) + size > most_ / 4) {
        std::swap(tail_[0], tail_[1]);
        tail_[1].begin(next_);
    }
    return tail_[1];
}

std::uint64_t transcript_log::add(std::uint16_t line, direction way, bool secured, std::chrono::microseconds at,
                                  std::string_view octets) {
    const auto full = std::min<std::size_t>(octets.size(), std::numeric_limits<std::uint32_t>::max());
    octets = octets.substr(0, shown_of_one + spare_);
    auto& into = where_to_add(octets.size() + cost_of_entry);
    into.entries.push_back({at, static_cast<std::uint32_t>(into.octets.size()),
                            static_cast<std::uint32_t>(octets.size()), static_cast<std::uint32_t>(full), line, way,
                            secured});
    into.octets += octets;
    return next_++;
}

std::uint64_t transcript_log::gone() const {
    const auto kept = head_.entries.size() + tail_[0].entries.size() + tail_[1].entries.size();
    return next_ - kept;
}

std::vector<verdict::transcript_line> transcript_log::lines(const verdict::masker& secrets,
                                                            const std::vector<std::string>& sessions) const {
    std::vector<verdict::transcript_line> out;
    out.reserve(head_.entries.size() + tail_[0].entries.size() + tail_[1].entries.size() + 1);
    const auto show = [&](const segment& from) {
        for (const auto& each : from.entries) {
            verdict::transcript_line line;
            line.way = each.way;
            line.at = each.at;
            line.secured = each.secured;
            if (each.line < sessions.size())
                line.session = sessions[each.line];
            line.octets = each.way == direction::note ? secrets.mask(from.of(each)) : secrets.mask_whole(from.of(each));
            if (each.full > each.size) {
                line.octets.resize(line.octets.size() - std::min(line.octets.size(), spare_));
                line.octets += " [... of " + std::to_string(each.full) + " octets in all]\r\n";
            }
            out.push_back(std::move(line));
        }
    };
    show(head_);
    if (const auto left_out = gone(); left_out > 0)
        out.push_back(note(std::to_string(left_out) + " " + std::string(lines_left_out)));
    show(tail_[0]);
    show(tail_[1]);
    return out;
}

std::size_t transcript_log::place(std::uint64_t number) const {
    const auto left_out = gone();
    const auto head = head_.entries.size();
    if (number < head)
        return number;
    if (number < head + left_out)
        return head;
    const auto at = static_cast<std::size_t>(number - left_out) + (left_out > 0 ? 1u : 0u);
    return at;
}

std::uint64_t transcript_log::find(std::string_view octets) const {
    for (const auto* from : {&tail_[1], &tail_[0], &head_})
        for (auto each = from->entries.rbegin(); each != from->entries.rend(); ++each)
            if (each->way == direction::received && !octets.empty() && from->of(*each).starts_with(octets))
                return from->first + static_cast<std::uint64_t>(from->entries.rend() - each) - 1;
    return last();
}

} // namespace mailspec::run
