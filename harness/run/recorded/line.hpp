#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace mailspec::run::recorded {

/// One line of a session that somebody wrote down.
struct line {
    enum class speaker { client, server, note } who = speaker::note;
    std::string session; ///< its name in front of C: or S:; empty where there is one session
    std::string octets;  ///< as they went over the connection, without the line end
    enum class form {
        whole,
        open,    ///< the line end had not come yet
        cut,     ///< the rest of what was sent in one go is left out
        doubtful ///< folded, shortened or a remark: what was said is not known exactly
    } is = form::whole;
    std::uint32_t number = 0; ///< in the file, from 1
    std::size_t index = 0;    ///< among the recording's lines
};

} // namespace mailspec::run::recorded
