#pragma once

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/frame_reader.hpp"
#include "harness/wire/imap/response.hpp"

#include "tests/support/chop.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::test {

/// A tree in one line: atoms as they are, "quoted", {literal}, ~{literal8}, (list), section<its parts>, [code], 'text'.
inline std::string outline(const wire::imap::tree& t, const wire::imap::node& n) {
    using enum wire::imap::value_kind;
    std::string inner;
    for (const auto* c = t.child(n); c; c = t.next(*c)) {
        inner += (inner.empty() ? "" : " ") + outline(t, *c);
    }
    const std::string raw(t.raw(n));
    switch (n.kind) {
    case atom: return raw;
    case quoted: return '"' + raw + '"';
    case literal: return '{' + raw + '}';
    case literal8: return "~{" + raw + '}';
    case list: return '(' + inner + ')';
    case section: return raw + '<' + inner + '>';
    case code: return '[' + inner + ']';
    case text: break;
    }
    return '\'' + raw + '\'';
}

/// What came of one response.
struct imap_seen {
    std::uint64_t at = 0;
    std::size_t size = 0;
    wire::imap::response_form form = wire::imap::response_form::malformed;
    wire::imap::response_kind kind = wire::imap::response_kind::other;
    std::string tree;
    std::vector<std::string> broken; ///< "crlf@12": id without "imap.syntax.", offset in the response

    bool operator==(const imap_seen&) const = default;
};

struct imap_reading {
    std::vector<imap_seen> responses;
    std::string left; ///< octets that belong to no response yet
    wire::fault why = wire::fault::none;
    std::uint64_t announced = 0;

    bool operator==(const imap_reading&) const = default;
};

inline imap_seen parse_one(std::string_view frame, std::uint64_t at, wire::imap::response& reused) {
    constexpr std::string_view prefix = "imap.syntax.";
    std::vector<rfc::finding> findings;
    wire::imap::parse(frame, at, reused, findings);
    imap_seen out{at, frame.size(), reused.form, reused.kind, outline(reused.values, reused.values.root()), {}};
    for (const auto& f : findings) {
        EXPECT_TRUE(f.broken->id.starts_with(prefix)) << f.broken->id;
        EXPECT_GE(f.at, at);
        EXPECT_LE(f.at, at + frame.size());
        EXPECT_FALSE(f.detail.empty());
        out.broken.push_back(std::string(f.broken->id.substr(prefix.size())) + '@' + std::to_string(f.at - at));
    }
    return out;
}

inline imap_reading read_pieces(const pieces& arriving, wire::limits most) {
    wire::buffer in;
    wire::imap::frame_reader reader(most);
    wire::imap::response reused;
    imap_reading out;
    for (const auto piece : arriving) {
        feed(in, piece);
        auto got = reader.next(in);
        for (; got.what == wire::reading::kind::ready; got = reader.next(in)) {
            out.responses.push_back(parse_one(in.bytes(got.got), got.got.at, reused));
            in.release(got.got.at + got.got.size);
        }
        out.why = got.why;
        out.announced = got.announced;
    }
    out.left = in.from(in.begin());
    return out;
}

/// Reads and parses all responses, having seen that the cut does not matter.
inline imap_reading read_imap(std::string_view octets, wire::limits most = {}) {
    const imap_reading whole = read_pieces({octets}, most);
    chop(octets, [&](const pieces& arriving) {
        const imap_reading cut = read_pieces(arriving, most);
        EXPECT_EQ(cut.why, whole.why);
        EXPECT_EQ(cut.announced, whole.announced);
        EXPECT_TRUE(whole.why != wire::fault::none || cut == whole) << "cut in " << arriving.size() << " pieces";
    });
    return whole;
}

/// The one response that a line, without its line end, makes.
inline imap_seen read_line(std::string_view line) {
    const auto all = read_imap(std::string(line) + "\r\n");
    EXPECT_EQ(all.responses.size(), 1u) << line;
    EXPECT_EQ(all.left, "") << line;
    return all.responses.empty() ? imap_seen{} : all.responses.front();
}

/// What is wrong with a line: "number@7 flag@12"; empty when nothing is.
inline std::string wrong(std::string_view line) {
    std::string out;
    for (const auto& id : read_line(line).broken) {
        out += (out.empty() ? "" : " ") + id;
    }
    return out;
}

inline std::string tree_of(std::string_view line) { return read_line(line).tree; }

} // namespace mailspec::test
