// A minimal IMAP server for measuring clients: one epoll loop that greets and says OK to everything, with just enough
// sense in LOGIN, CAPABILITY, SELECT and APPEND that a real client gets as far as sending NOOP; SELECT finds an empty
// mailbox, EXAMINE one of a hundred messages, whose UIDs and flags FETCH gives.
//
// usage: bench_responder [PORT]     prints "port N", serves until killed

#include "tests/bench/epoll.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <strings.h>
#include <unistd.h>
#include <unordered_map>
#include <utility>

namespace mailspec::bench {
namespace {

/// One client: what it sent and was not answered yet. Whole lines are answered where they lie: as little work per
/// command as can be, lest a fast client waits for this program and looks dear.
class dialogue {
public:
    /// Answers every whole line in what was received.
    void answer(std::string_view received, std::string& out) {
        if (!unanswered_.empty()) {
            unanswered_ += received;
            received = unanswered_;
        }
        for (;;) {
            auto skipped = std::min(skip_, received.size());
            received.remove_prefix(skipped);
            skip_ -= skipped;
            auto end = received.find('\n');
            if (end == received.npos)
                break;
            respond(received.substr(0, end), out);
            received.remove_prefix(end + 1);
        }
        unanswered_ = std::string(received);
    }

private:
    void respond(std::string_view line, std::string& out) {
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.ends_with('}')) {
            await_literal(line, out);
            return;
        }
        auto begun = std::exchange(begun_, {});
        auto whole = begun.empty() ? line : std::string_view(begun);
        auto space = whole.find(' ');
        if (space == whole.npos)
            return;
        auto verb = whole.substr(space + 1);
        verb = verb.substr(0, verb.find(' '));
        untagged(verb, out);
        out.append(whole.substr(0, space)).append(completion(verb));
    }

    void await_literal(std::string_view line, std::string& out) {
        auto open = line.rfind('{');
        skip_ = open == line.npos ? 0 : std::strtoul(line.data() + open + 1, nullptr, 10);
        if (!line.ends_with("+}"))
            out += "+ go on\r\n";
        if (begun_.empty())
            begun_ = line;
    }

    static bool is(std::string_view verb, std::string_view name) {
        return verb.size() == name.size() && strncasecmp(verb.data(), name.data(), name.size()) == 0;
    }

    static std::string_view completion(std::string_view verb) {
        return is(verb, "APPEND")    ? " OK [APPENDUID 1 1] done\r\n"
               : is(verb, "EXAMINE") ? " OK [READ-ONLY] done\r\n"
                                     : " OK done\r\n";
    }

    /// What FETCH 1:100 (UID FLAGS) is answered with.
    static const std::string& a_hundred() {
        static const std::string all = [] {
            std::string out;
            for (int n = 1; n <= 100; ++n)
                out +=
                    "* " + std::to_string(n) + " FETCH (UID " + std::to_string(n) + " FLAGS (\\Seen \\Answered))\r\n";
            return out;
        }();
        return all;
    }

    static void untagged(std::string_view verb, std::string& out) {
        if (is(verb, "NOOP"))
            return;
        if (is(verb, "CAPABILITY"))
            out += "* CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS\r\n";
        else if (is(verb, "SELECT") || is(verb, "EXAMINE"))
            out.append("* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)\r\n* ")
                .append(is(verb, "SELECT") ? "0" : "100")
                .append(" EXISTS\r\n* 0 RECENT\r\n"
                        "* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)] flags\r\n"
                        "* OK [UIDVALIDITY 1] valid\r\n* OK [UIDNEXT 101] next\r\n");
        else if (is(verb, "FETCH"))
            out += a_hundred();
        else if (is(verb, "LIST"))
            out += "* LIST () \"/\" \"\"\r\n";
        else if (is(verb, "LOGOUT"))
            out += "* BYE bye\r\n";
    }

    std::string unanswered_; ///< the begin of a line
    std::string begun_;      ///< the first line of a command with literals
    std::size_t skip_ = 0;   ///< octets of a literal still to come
};

class responder {
public:
    explicit responder(std::uint16_t port) : door_(listen_and_tell(port)) { watch(epoll_, door_, 0); }

    [[noreturn]] void serve() {
        std::array<epoll_event, 512> events;
        for (;;) {
            int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < count; ++i) {
                if (events[static_cast<std::size_t>(i)].data.u64 == 0)
                    admit();
                else
                    attend(static_cast<int>(events[static_cast<std::size_t>(i)].data.u64));
            }
        }
    }

private:
    void admit() {
        int client = 0;
        while ((client = accept4(door_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
            send_at_once(client);
            watch(epoll_, client, static_cast<std::uint64_t>(client));
            clients_[client];
            say(client, "* OK [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] ready\r\n");
        }
    }

    void attend(int client) {
        std::array<char, 16384> room;
        auto got = recv(client, room.data(), room.size(), 0);
        if (got < 0 && errno == EAGAIN)
            return;
        if (got <= 0) {
            clients_.erase(client);
            close(client);
            return;
        }
        said_.clear();
        clients_[client].answer({room.data(), static_cast<std::size_t>(got)}, said_);
        if (!said_.empty())
            say(client, said_);
    }

    static void say(int client, std::string_view what) { (void)!send(client, what.data(), what.size(), MSG_NOSIGNAL); }

    int epoll_ = need(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    int door_;
    std::unordered_map<int, dialogue> clients_;
    std::string said_;
};

} // namespace
} // namespace mailspec::bench

int main(int count, char** arguments) {
    auto port = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 0;
    mailspec::bench::responder(static_cast<std::uint16_t>(port)).serve();
}
