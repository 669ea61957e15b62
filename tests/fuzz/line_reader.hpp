#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/buffer.hpp"

#include "tests/fuzz/require.hpp"
#include "tests/support/chop.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::fuzz {

/// Calls `each` with whose a line of a dialogue is, told by its first octet (S where there is none), and with what is
/// said:
/// "|" in it stands for CRLF.
template <typename Each> void for_each_line(std::string_view dialogue, Each each) {
    while (!dialogue.empty()) {
        const auto end = std::min(dialogue.find('\n'), dialogue.size());
        std::string one(dialogue.substr(0, end));
        dialogue.remove_prefix(std::min(end + 1, dialogue.size()));
        const char whose = one.empty() ? 'S' : one.front();
        one.erase(0, 1);
        for (auto bar = one.find('|'); bar != std::string::npos; bar = one.find('|', bar + 2))
            one.replace(bar, 1, "\r\n");
        each(whose, one);
    }
}

/// Feeds a reader its octets in pieces of one size; gives the frames, one after the other, and the fault.
template <typename Reader> std::vector<std::string> frames(Reader reader, std::string_view octets, std::size_t piece) {
    wire::buffer in;
    std::vector<std::string> all;
    for (const auto part : test::in_pieces_of(piece, octets)) {
        test::feed(in, part);
        for (auto got = reader.next(in); got.what != wire::reading::kind::need_more; got = reader.next(in)) {
            if (got.what == wire::reading::kind::fault) {
                all.push_back("fault " + std::to_string(static_cast<int>(got.why)));
                return all;
            }
            require(got.got.at == in.begin() && got.got.size > 0);
            all.emplace_back(in.bytes(got.got));
            in.release(got.got.at + got.got.size);
        }
    }
    return all;
}

/// Frames that are the same however the octets are cut.
template <typename Reader> std::vector<std::string> frames_however_cut(const Reader& fresh, std::string_view octets) {
    auto whole = frames(fresh, octets, octets.size() + 1);
    for (const std::size_t piece : {1, 3}) {
        require(frames(fresh, octets, piece) == whole);
    }
    return whole;
}

/// Each finding names a requirement, lies within the frame, and they are not without end.
inline void check(const std::vector<rfc::finding>& findings, std::uint64_t at, std::size_t size) {
    require(findings.size() <= 100);
    for (const auto& f : findings) {
        require(f.broken != nullptr && f.at >= at && f.at <= at + size && !f.detail.empty());
    }
}

} // namespace mailspec::fuzz
