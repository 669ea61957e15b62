// How fast server octets become responses: frame reader and parser, all checks of the grammar included, fed in
// reads of 64 KiB; next to memchr splitting the same octets into lines in the same way, in the same run.
#include "harness/wire/imap/frame_reader.hpp"
#include "harness/wire/imap/response.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace mailspec;

constexpr std::size_t total = 32u << 20;
constexpr std::size_t one_read = 64u << 10;
constexpr int repetitions = 5;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::string flags(std::size_t n) {
    return "* " + std::to_string(n) + " FETCH (UID " + std::to_string(1392611444 + n) +
           " FLAGS (\\Seen \\Answered $Forwarded))\r\n";
}

std::string envelope(std::size_t n) {
    return "* " + std::to_string(n) +
           " FETCH (INTERNALDATE \"30-Nov-2018 13:30:12 +0800\" FLAGS () RFC822.SIZE 16100 ENVELOPE (\"Fri, 30 Nov "
           "2018 05:30:08 "
           "+0000 (UTC)\" \"=?UTF-8?B?aSBhbSBleHBsb2l0aW5nIHlvdQ==?=\" ((\"=?UTF-8?B?IkRhbiBhdCBSZWFsIFB5dGhvbiI=?=\" "
           "NIL "
           "\"info\" \"realpython.com\")) ((NIL NIL \"bounces+6633630-54f4-alice=163.com\" \"drip.realpython.com\")) "
           "((\"Dan at Real Python\" NIL \"info\" \"realpython.com\")) ((NIL NIL \"alice\" \"163.com\")) NIL NIL NIL "
           "\"<dPeHNeDDQduveMRHA-W9Nw@ismtpd0037p1iad2.sendgrid.net>\"))\r\n";
}

std::string structure(std::size_t n) {
    return "* " + std::to_string(n) +
           " FETCH (UID 5 BODYSTRUCTURE (((\"text\" \"plain\" (\"charset\" \"UTF-8\") NIL NIL \"quoted-printable\" "
           "2848 82 NIL NIL "
           "NIL NIL)(\"text\" \"html\" (\"charset\" \"UTF-8\") NIL NIL \"quoted-printable\" 10484 230 NIL NIL NIL NIL) "
           "\"alternative\" (\"boundary\" \"----=_Part_412998_927205460.1459911784496\") NIL NIL NIL)(\"application\" "
           "\"pdf\" "
           "(\"name\" \"invoice.pdf\") NIL NIL \"base64\" 136122 NIL (\"attachment\" (\"filename\" \"invoice.pdf\")) "
           "NIL NIL) "
           "\"mixed\" (\"boundary\" \"----=_Part_1\") NIL NIL NIL))\r\n";
}

std::string literal(std::size_t n) {
    return "* " + std::to_string(n) + " FETCH (UID 5 BODY[] {262144}\r\n" + std::string(262144, 'x') + ")\r\n";
}

template <class Make> std::string repeat(Make make) {
    std::string out;
    for (std::size_t n = 1; out.size() < total; ++n) {
        out += make(n);
    }
    return out;
}

/// Feeds the octets read by read, and calls `take` after each.
template <class Take> void stream(std::string_view octets, wire::buffer& in, Take take) {
    for (std::size_t at = 0; at < octets.size(); at += one_read) {
        const std::string_view piece = octets.substr(at, one_read);
        std::memcpy(in.prepare(piece.size()).data(), piece.data(), piece.size());
        in.commit(piece.size());
        take();
    }
}

std::size_t split_lines(std::string_view octets) {
    wire::buffer in;
    std::size_t lines = 0;
    std::uint64_t scanned = 0;
    stream(octets, in, [&] {
        for (;;) {
            const std::string_view rest = in.from(scanned);
            const void* found = rest.empty() ? nullptr : std::memchr(rest.data(), '\n', rest.size());
            if (!found) {
                scanned += rest.size();
                return;
            }
            scanned += static_cast<std::size_t>(static_cast<const char*>(found) - rest.data()) + 1;
            in.release(scanned);
            ++lines;
        }
    });
    return lines;
}

std::size_t parse_all(std::string_view octets) {
    wire::buffer in;
    wire::imap::frame_reader reader;
    wire::imap::response reused;
    std::vector<rfc::finding> findings;
    std::size_t responses = 0;
    stream(octets, in, [&] {
        for (auto got = reader.next(in); got.what == wire::reading::kind::ready; got = reader.next(in)) {
            wire::imap::parse(in.bytes(got.got), got.got.at, reused, findings);
            in.release(got.got.at + got.got.size);
            ++responses;
        }
    });
    if (!findings.empty()) {
        std::fprintf(stderr, "%s\n", findings.front().detail.c_str());
        std::exit(1);
    }
    return responses;
}

template <class Work> double best_seconds(std::string_view octets, Work work) {
    double best = 1e9;
    for (int i = 0; i < repetitions; ++i) {
        const double start = cpu_seconds();
        const std::size_t made = work(octets);
        best = std::min(best, cpu_seconds() - start);
        if (made == 0) {
            std::exit(1);
        }
    }
    return best;
}

void measure(const char* name, const std::string& octets) {
    const double split = best_seconds(octets, split_lines);
    const double parsed = best_seconds(octets, parse_all);
    const double megabytes = static_cast<double>(octets.size()) / 1e6;
    std::printf("imap_parse %-13s %8.0f MB/s   memchr lines %8.0f MB/s   ratio %5.2f\n", name, megabytes / parsed,
                megabytes / split, parsed / split);
}

} // namespace

int main() {
    measure("flags", repeat(flags));
    measure("envelope", repeat(envelope));
    measure("bodystructure", repeat(structure));
    measure("mixed", repeat([](std::size_t n) { return flags(n) + envelope(n) + structure(n); }));
    measure("literals", repeat(literal));
}
