#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/verdict/comparison.hpp"
#include "harness/verdict/outcome.hpp"
#include "harness/verdict/tally.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::verdict {

/// One line of a transcript: what went over one connection, secrets already masked.
struct transcript_line {
    enum class direction { sent, received, note } way = direction::note;
    std::string session;            ///< name in the scenario
    std::chrono::microseconds at{}; ///< since the scenario started
    bool secured = false;           ///< inside TLS
    std::string octets;             ///< raw; long literals shortened, and it says so
};

/// One thing that is not as an <effect> declares: a line of a table.
struct difference {
    std::string what;          ///< "message 1", "mailbox mailspec-x-b", "mail to bob"
    std::string before, after; ///< as an independent session saw it: "(\Seen)", "gone"
    std::string declared;      ///< "gains \Seen", "stays as it is"
    std::string told;          ///< what the acting session was told, where that is something else; else empty
};

/// One expectation that did not hold.
struct failure {
    const rfc::requirement* broken = nullptr; ///< null: a user's scenario that names none
    std::uint32_t line = 0;                   ///< in the scenario file
    std::string expected;                     ///< in the scenario's language
    std::string said_by_server;               ///< raw octets of the nearest response; reports escape them
    std::string said_by_us;                   ///< what is wrong: one clause
    std::size_t transcript_at = 0;            ///< index of the transcript line it is about
    std::vector<difference> differences;      ///< <effect>: everything that goes against this requirement
};

/// A finding, and how often it was made; its transcript line shows it.
struct observed {
    rfc::finding what;
    std::uint32_t times = 1;
    std::size_t transcript_at = 0;
    std::string session;
};

/// What came of one question of a scenario (<outcomes>).
struct answer {
    std::string asked;
    std::string said;                         ///< may hold octets of the server: reports escape them
    const rfc::requirement* breaks = nullptr; ///< the requirement that this answer goes against, if it does
};

/// What is known of a scenario before it runs.
struct scenario_info {
    std::string id, title, file;
    std::uint32_t line = 0;
    std::vector<const rfc::requirement*> proves;
    std::vector<std::string> tags;
    std::vector<std::string> asks;      ///< its questions, in the order of the file
    std::string_view unit = "scenario"; ///< as of the run: what has that file; lives for ever
};

/// What one scenario came to.
struct scenario_record {
    scenario_info info;
    outcome result = outcome::broken;
    std::uint32_t reason_at = UINT32_MAX; ///< index of the transcript line behind it; past the end: the last one
    std::string reason;                   ///< one sentence, for every outcome but conforms
    std::vector<failure> failures;
    std::vector<observed> findings;
    std::vector<answer> answers; ///< of those questions that were answered
    std::vector<transcript_line> transcript;
    std::vector<std::string> notes;       ///< sentences of which the verdict does not depend: what was not looked at
    std::vector<std::string> left_behind; ///< scratch mailboxes that perhaps are still there, as the server calls them
    std::chrono::system_clock::time_point started;
    std::chrono::microseconds duration{};
    tally plays; ///< what each play came to, where it was played again and again: the rest tells of the worst one
    std::shared_ptr<const comparison> compared; ///< null: there is no baseline
};

/// What the run is against. Server's words are raw: reports escape them.
struct server_info {
    std::string protocol;     ///< "imap"
    std::string endpoint;     ///< "127.0.0.1:11143, tls=none"
    std::string greeting;     ///< as said by the server
    std::string name;         ///< from IMAP ID or the greeting; empty: unknown
    std::string capabilities; ///< as announced, in one line
};
struct run_info {
    std::string target; ///< its name, or the URLs
    std::size_t scenarios = 0;
    std::string version; ///< mailspec's own
    std::chrono::system_clock::time_point started;
    std::size_t times = 1;              ///< that each scenario is played
    std::string_view unit = "scenario"; ///< what is counted; "recording": of `mailspec audit`
    std::string baseline{};             ///< its file; empty: none
};
struct run_record {
    run_info info;
    std::vector<server_info> servers;
    std::vector<scenario_record> scenarios; ///< ascending by id
    std::chrono::microseconds duration{};
    bool interrupted = false; ///< Ctrl-C
};

/// What decides the exit status: the outcome, or what of it is new.
outcome counted(const scenario_record& record);

/// How it stands to the baseline, if there is one.
standing standing_of(const scenario_record& record);

/// The exit status of design.md section 5. `strict`: a deviation counts as a violation.
enum class strictness { normal, strict };
int exit_status(const run_record& run, strictness s);

} // namespace mailspec::verdict
