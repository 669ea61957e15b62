#pragma once

#include "harness/serve/session.hpp"

#include <cstddef>
#include <string_view>

namespace mailspec::fuzz {

/// Has a session of the built-in server read the octets, so many at once, and `check` look at whatever it answers.
template <typename Check> void converse(serve::session& s, std::string_view octets, std::size_t at_once, Check check) {
    while (s.next() != serve::session::action::close) {
        check(s.take_output());
        if (s.next() == serve::session::action::start_tls)
            s.tls_started();
        if (octets.empty() && s.next() == serve::session::action::read)
            return;
        const auto resumes = s.next() == serve::session::action::resume;
        const auto piece = resumes ? std::string_view{} : octets.substr(0, at_once);
        s.receive(piece);
        octets.remove_prefix(piece.size());
    }
}

} // namespace mailspec::fuzz
