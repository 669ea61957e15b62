#include "tests/observe/imap/dialogue.hpp"

#include "harness/observe/imap/session_monitor.hpp"
#include "harness/wire/imap/response.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace mailspec::observe::testing {
namespace {

class player {
public:
    void play(std::string_view line) {
        while (line.starts_with(' '))
            line.remove_prefix(1);
        const auto colon = line.find(':');
        if (line.empty())
            return;
        ASSERT_NE(colon, std::string_view::npos) << line;
        auto& s = session_of(line.substr(1, colon - 1));
        auto octets = unescaped(line.substr(std::min(colon + 2, line.size())));
        if (line.front() != 'R')
            octets += "\r\n";
        if (line.front() == 'S')
            receive(s, octets);
        else if (line.front() == 'X')
            s.watched.closed(s.at, found);
        else if (line.front() == 'T')
            s.watched.secured();
        else
            s.watched.sent(octets);
    }

    std::vector<std::string> unwatched() const { return shared_.unwatched(); }

    std::vector<rfc::finding> found;

private:
    struct session {
        explicit session(imap::scenario_view& of) : watched(of) {}
        imap::session_monitor watched;
        std::uint64_t at = 0;
    };

    static std::string unescaped(std::string_view text) {
        std::string out(text);
        for (auto at = out.find("\\r\\n"); at != std::string::npos; at = out.find("\\r\\n"))
            out.replace(at, 4, "\r\n");
        return out;
    }

    session& session_of(std::string_view name) {
        auto& s = sessions_.try_emplace(std::string(name), shared_).first->second;
        if (s.at == 0)
            receive(s, "* OK hello\r\n");
        return s;
    }

    void receive(session& s, const std::string& octets) {
        std::vector<rfc::finding> of_the_grammar;
        wire::imap::response r;
        wire::imap::parse(octets, s.at, r, of_the_grammar);
        s.watched.received(r, found);
        s.at += octets.size();
    }

    imap::scenario_view shared_;
    std::map<std::string, session> sessions_;
};

void play(player& p, std::string_view dialogue) {
    while (!dialogue.empty()) {
        const auto end = std::min(dialogue.find('\n'), dialogue.size());
        p.play(dialogue.substr(0, end));
        dialogue.remove_prefix(std::min(end + 1, dialogue.size()));
    }
}

std::vector<rfc::finding> played(std::string_view dialogue) {
    player p;
    play(p, dialogue);
    return p.found;
}

} // namespace

std::string broken_by(std::string_view dialogue) {
    std::string out;
    for (const auto& each : played(dialogue)) {
        auto id = each.broken->id;
        id.remove_prefix(id.starts_with("imap.") ? 5 : 0);
        out += (out.empty() ? "" : " ") + std::string(id);
    }
    return out;
}

std::string details_of(std::string_view dialogue) {
    std::string out;
    for (const auto& each : played(dialogue))
        out += (out.empty() ? "" : "\n") + each.detail;
    return out;
}

std::string unwatched_in(std::string_view dialogue) {
    player p;
    play(p, dialogue);
    std::string out;
    for (const auto& each : p.unwatched())
        out += (out.empty() ? "" : "\n") + each;
    return out;
}

std::string opened(std::string_view behind, std::string_view command) {
    const auto code = command.starts_with("EXAMINE") ? "[READ-ONLY]" : "[READ-WRITE]";
    return "C: s1 " + std::string(command) + R"(
        S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
        S: * OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft \*)] yes
        S: * 3 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY 7] valid
        S: * OK [UIDNEXT 10] next
        S: s1 OK )" +
           code + " done\n" + std::string(behind);
}

std::string both(const std::string& first, const std::string& second, const std::string& select) {
    const auto code = select.starts_with("EXAMINE") ? "[READ-ONLY]" : "[READ-WRITE]";
    return R"(
        C: l1 LOGIN alice secret
        S: l1 OK done
        C2: l2 LOGIN "alice" secret
        S2: l2 OK done
)" + opened(first + "\nC2: s2 " + select + R"(
        S2: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
        S2: * 3 EXISTS
        S2: * OK [UIDVALIDITY 7] valid
        S2: s2 OK )" +
            code + "\n" + second);
}

} // namespace mailspec::observe::testing
