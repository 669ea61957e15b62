// Any pattern against any answer: compiling and judging end, in little time, and bind nothing unless all holds.
// The input is a letter for the protocol, a line that is the pattern, and what the server says.
#include "harness/match/judge.hpp"
#include "harness/match/text.hpp"
#include "harness/wire/imap/frame_reader.hpp"
#include "harness/wire/protocol.hpp"
#include "harness/wire/sieve/frame_reader.hpp"

#include "tests/fuzz/require.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace mailspec;

template <class Reader, class Response> std::vector<Response> responses(std::string_view octets) {
    wire::buffer in;
    const auto room = in.prepare(octets.size());
    std::copy(octets.begin(), octets.end(), room.begin());
    in.commit(octets.size());
    Reader reader;
    std::vector<Response> out;
    std::vector<rfc::finding> findings;
    for (auto r = reader.next(in); r.what == wire::reading::kind::ready; r = reader.next(in)) {
        out.emplace_back();
        parse(octets.substr(r.got.at, r.got.size), r.got.at, out.back(), findings);
    }
    return out;
}

/// Judges twice: the same answer must get the same misses, and an answer that fits must still fit what it bound.
void judge_twice(const match::expectations& wanted, const match::answer& got) {
    match::variables bound;
    bound.set("x", "7");
    bound.set("message.1", "Subject: x\r\n\r\nline\r\n");
    const auto first = match::judge(wanted, got, bound, {});
    if (!first.empty())
        fuzz::require(bound.mark() == 2);
    const auto second = match::judge(wanted, got, bound, {});
    fuzz::require(first.size() == second.size());
}

void judge_any(wire::protocol p, const match::expectations& wanted, std::string_view said) {
    std::vector<rfc::finding> findings;
    if (p == wire::protocol::imap) {
        auto all = responses<wire::imap::frame_reader, wire::imap::response>(said);
        std::vector<wire::imap::response> untagged;
        match::imap_answer got;
        for (auto& r : all) {
            if (r.form == wire::imap::response_form::untagged)
                untagged.push_back(r);
            else
                (r.form == wire::imap::response_form::tagged ? got.completion : got.continuation) = &r;
        }
        got.untagged = untagged;
        judge_twice(wanted, got);
    } else if (p == wire::protocol::pop3) {
        wire::pop3::reply r;
        wire::pop3::parse(said, 0, wire::pop3::frame_reader::shape::multi_line_if_ok, r, findings);
        judge_twice(wanted, match::pop3_answer{&r});
    } else if (p == wire::protocol::managesieve) {
        const auto lines = responses<wire::sieve::frame_reader, wire::sieve::response>(said);
        judge_twice(wanted, match::sieve_answer{lines});
    } else {
        wire::smtp::reply r;
        wire::smtp::parse(said, 0, wire::smtp::context::other, r, findings);
        if (!r.lines.empty())
            judge_twice(wanted, match::smtp_answer{&r});
    }
}

void expand(std::string_view source) {
    for (const auto e : {match::text::escapes::no, match::text::escapes::yes}) {
        const auto made = match::text::compile(source, e);
        if (const auto* error = std::get_if<match::syntax_error>(&made)) {
            fuzz::require(error->at <= source.size());
            continue;
        }
        match::variables bound;
        bound.set("x", "7");
        match::outgoing out;
        const auto failed = std::get<match::text>(made).expand(bound, out);
        for (const std::size_t w : out.waits)
            fuzz::require(w <= out.octets.size());
        for (const auto& [name, at] : std::get<match::text>(made).names())
            fuzz::require(at < source.size());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t line = all.find('\n');
    if (line == std::string_view::npos || line < 1 || line > 400 || size > 4000)
        return 0;
    constexpr wire::protocol protocols[] = {wire::protocol::imap, wire::protocol::pop3, wire::protocol::smtp,
                                            wire::protocol::managesieve};
    const auto p = protocols[data[0] % 4];
    const std::string_view source = all.substr(1, line - 1);
    if (source.find("repeat") == std::string_view::npos) // up to 64 MiB on purpose
        expand(source);
    match::strictness strict;
    strict.order = data[0] & 4 ? match::strictness::order::kept : match::strictness::order::free;
    strict.extra = data[0] & 8 ? match::strictness::extra::forbidden : match::strictness::extra::allowed;
    strict.words = data[0] & 16 ? match::strictness::words::compared : match::strictness::words::free;
    auto made = match::pattern::compile(p, source, strict);
    if (const auto* error = std::get_if<match::syntax_error>(&made)) {
        fuzz::require(error->at <= source.size());
        return 0;
    }
    match::expectations wanted;
    match::expectation e;
    e.shape = std::get<match::pattern>(std::move(made));
    wanted.all.push_back(std::move(e));
    judge_any(p, wanted, all.substr(line + 1));
    return 0;
}
