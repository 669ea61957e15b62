#pragma once

#include "harness/wire/buffer.hpp"

#include "tests/support/chop.hpp"

#include <gtest/gtest.h>

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
template <typename Reader> framed frame(Reader reader, const pieces& arriving) {
    wire::buffer in;
    framed out;
    for (const auto piece : arriving) {
        feed(in, piece);
        for (auto got = reader.next(in); got.what != wire::reading::kind::need_more; got = reader.next(in)) {
            if (got.what == wire::reading::kind::fault) {
                out.why = got.why;
                out.announced = got.announced;
                return out;
            }
            out.frames.emplace_back(in.bytes(got.got));
            in.release(got.got.at + got.got.size);
        }
    }
    out.left = in.from(in.begin());
    return out;
}

/// What a fresh reader makes of the octets, after having seen that every cut gives the same.
template <typename Reader> framed frame_however_cut(const Reader& fresh, std::string_view octets) {
    const auto whole = frame(fresh, {octets});
    chop(octets, [&](const pieces& arriving) { EXPECT_EQ(frame(fresh, arriving), whole) << arriving.front().size(); });
    return whole;
}

} // namespace mailspec::test
