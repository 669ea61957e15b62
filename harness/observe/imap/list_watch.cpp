#include "harness/observe/imap/list_watch.hpp"

#include "harness/observe/imap/digest.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::observe::imap {
namespace {

constexpr std::size_t most_names = 20000, most_tops = 256, longest_name = 1024;

} // namespace

void list_watch::begin(std::uint32_t sent_at) {
    if (command_ == sent_at)
        return;
    command_ = sent_at;
    childless_.clear();
    parents_.clear();
}

void list_watch::add_childless(std::string_view name, lacks what) {
    if (childless_.size() < most_names && name.size() <= longest_name)
        childless_.push_back({digest_of(name), what, std::string(name)});
}

void list_watch::add_parents(std::string_view name, char delimiter) {
    if (name.size() > longest_name)
        return;
    for (auto at = name.rfind(delimiter); at != std::string_view::npos && at > 0 && parents_.size() < most_names;
         at = name.rfind(delimiter, at - 1))
        parents_.push_back(digest_of(name.substr(0, at)));
}

std::vector<list_watch::childless> list_watch::contradicted() {
    std::sort(parents_.begin(), parents_.end());
    std::vector<childless> out;
    std::vector<std::uint64_t> now;
    for (const auto& each : childless_) {
        if (!std::binary_search(parents_.begin(), parents_.end(), each.name))
            continue;
        now.push_back(each.name);
        if (std::binary_search(suspects_.begin(), suspects_.end(), each.name))
            out.push_back(each);
    }
    std::sort(now.begin(), now.end());
    suspects_ = std::move(now);
    return out;
}

char list_watch::delimiter_below(std::string_view top, char delimiter) {
    const auto name = digest_of(top);
    for (const auto& each : tops_)
        if (each.top == name)
            return each.delimiter;
    if (tops_.size() < most_tops)
        tops_.push_back({name, delimiter});
    return delimiter;
}

} // namespace mailspec::observe::imap
