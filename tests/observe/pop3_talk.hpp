#pragma once

#include "harness/observe/pop3_session.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::observe {

/// Plays a dialogue to a POP3 monitor: "C: " lines are sent, "S: " lines are what the server says; each line of the
/// server that no command asked for is what was left over. Gives the ids of what it finds.
class pop3_talk {
public:
    explicit pop3_talk(maildrop_memory* memory = nullptr) : watched_(memory) {}

    std::set<std::string> operator()(std::string_view dialogue);
    pop3_session& watched() { return watched_; }
    const std::vector<rfc::finding>& found() const { return found_; }

private:
    void server(std::string_view line);
    void reply(const std::string& octets, wire::pop3::frame_reader::shape shape);

    pop3_session watched_;
    std::vector<rfc::finding> found_;
    std::vector<std::string> asked_ = {"greeting"};
    std::string partly_; ///< a multi-line reply that has begun
    std::uint64_t at_ = 0;
};

} // namespace mailspec::observe
