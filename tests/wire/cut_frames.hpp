#pragma once

#include "harness/wire/buffer.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::test {

/// What a frame reader made of some octets.
struct framed {
    std::vector<std::string> frames;
    std::string left; ///< octets that belong to no frame yet
    wire::fault why = wire::fault::none;
    std::uint64_t announced = 0;

    bool operator==(const framed&) const = default;
};

/// Feeds a reader piece by piece, letting go of each frame as a session does.
template <typename Reader> framed frame(Reader reader, const std::vector<std::string_view>& pieces) {
    wire::buffer in;
    framed out;
    for (const auto piece : pieces) {
        if (!piece.empty()) {
            std::memcpy(in.prepare(piece.size()).data(), piece.data(), piece.size());
            in.commit(piece.size());
        }
        for (;;) {
            const auto got = reader.next(in);
            if (got.what == wire::reading::kind::fault) {
                out.why = got.why;
                out.announced = got.announced;
                return out;
            }
            if (got.what == wire::reading::kind::need_more) {
                break;
            }
            out.frames.emplace_back(in.bytes(got.got));
            in.release(got.got.at + got.got.size);
        }
    }
    out.left = in.from(in.begin());
    return out;
}

/// The same with all octets at once, after having seen that any cut in two, and octet by octet, gives the same.
template <typename Reader> framed frame_however_cut(const Reader& fresh, std::string_view octets) {
    const auto whole = frame(fresh, {octets});
    for (std::size_t i = 0; i <= octets.size(); ++i) {
        EXPECT_EQ(frame(fresh, {octets.substr(0, i), octets.substr(i)}), whole) << "cut at " << i;
    }
    std::vector<std::string_view> single;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        single.push_back(octets.substr(i, 1));
    }
    EXPECT_EQ(frame(fresh, single), whole) << "octet by octet";
    return whole;
}

} // namespace mailspec::test
