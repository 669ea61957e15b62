#include "harness/run/burst.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace mailspec::run {

void burst::join(sender& who) {
    if (waiting_.empty())
        boost::asio::post(on_, [this] { go(); });
    waiting_.push_back(&who);
}

void burst::leave(sender& who) {
    std::erase(waiting_, &who);
    std::replace(going_.begin(), going_.end(), &who, static_cast<sender*>(nullptr));
}

void burst::go() {
    std::swap(waiting_, going_);
    for (auto& each : going_)
        if (auto* who = std::exchange(each, nullptr))
            who->send_now();
    going_.clear();
}

} // namespace mailspec::run
