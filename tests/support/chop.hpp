#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

namespace mailspec::test {

using pieces = std::vector<std::string_view>;

/// Octets in pieces of at most that size.
inline pieces in_pieces_of(std::size_t size, std::string_view octets) {
    pieces out;
    for (std::size_t i = 0; i < octets.size(); i += size) {
        out.push_back(octets.substr(i, size));
    }
    return out;
}

/// Runs a test with the octets whole, cut in two at every point, and in pieces of every size below `largest`.
///
/// Takes a callable that is given the pieces in the order in which they arrive.
template <typename Test> void chop(std::string_view octets, Test test, std::size_t largest = 8) {
    test(pieces{octets});
    for (std::size_t i = 1; i < octets.size(); ++i) {
        test(pieces{octets.substr(0, i), octets.substr(i)});
    }
    for (std::size_t size = 1; size < largest && size < octets.size(); ++size) {
        test(in_pieces_of(size, octets));
    }
}

/// Puts octets into a buffer as a stream would.
template <typename Buffer> void feed(Buffer& in, std::string_view octets) {
    if (!octets.empty()) {
        std::memcpy(in.prepare(octets.size()).data(), octets.data(), octets.size());
        in.commit(octets.size());
    }
}

} // namespace mailspec::test
