#pragma once

#include "harness/observe/report.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::observe {

/// What POP3 sessions of one scenario saw in each user's maildrop, so that the next session must show it again.
class maildrop_memory {
public:
    struct message {
        std::string id; ///< of UIDL
        std::uint64_t octets;
        enum class use { untouched, fetched } how = use::untouched; ///< fetched: site policy may remove it
    };
    using messages = std::vector<message>; ///< in the order of their numbers

    /// What was seen last; null where nothing is known for certain.
    messages* of(std::string_view user);
    void remember(std::string_view user, messages seen);
    /// What was known of that maildrop may be so no longer: it was filled anew, say.
    void forget(std::string_view user);
    void forget_all();
    /// From now on nothing is certain: others work on the maildrops too.
    void distrust();

private:
    struct maildrop {
        std::string user;
        messages seen;
    };
    std::vector<maildrop> all_;
    enum class trust { given, lost } trust_ = trust::given;
};

/// Compares what one session saw with what the next one sees.
void compare_maildrops(const maildrop_memory::messages& before, const maildrop_memory::messages& now, const report& to);

} // namespace mailspec::observe
