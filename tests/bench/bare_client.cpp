// The least a client can do: N connections, on each a number of NOOPs in flight, one epoll loop, no parsing but
// counting line ends. What any real client's CPU per command is held against.
//
// usage: bench_bare_client PORT CONNECTIONS IN_FLIGHT COMMANDS     COMMANDS on each connection
// prints "microseconds of CPU per command"

#include "tests/bench/cpu.hpp"
#include "tests/bench/epoll.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unistd.h>
#include <vector>

namespace mailspec::bench {
namespace {

struct load {
    std::uint16_t port;
    std::size_t connections, in_flight, commands;
};

class bare_client {
public:
    explicit bare_client(load l) : load_(l) {
        for (std::size_t i = 0; i < l.in_flight; ++i)
            batch_ += "a1 NOOP\r\n";
        for (std::size_t i = 0; i < l.connections; ++i)
            dialogues_.push_back({open(), 0, l.commands});
    }

    /// Gives the microseconds of CPU that one command took.
    double measure() {
        auto before = cpu_used();
        for (auto& d : dialogues_)
            send_batch(d);
        auto left = dialogues_.size();
        std::array<epoll_event, 512> events;
        while (left != 0) {
            int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < count; ++i)
                left -= attend(dialogues_[events[static_cast<std::size_t>(i)].data.u64]);
        }
        return (cpu_used() - before) / static_cast<double>(load_.connections * load_.commands);
    }

private:
    struct dialogue {
        int socket;
        std::size_t awaited, left;
    };

    int open() {
        int s = need(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
        auto at = loopback(load_.port);
        need(connect(s, reinterpret_cast<sockaddr*>(&at), sizeof at), "connect");
        send_at_once(s);
        std::array<char, 200> greeting;
        need(static_cast<int>(recv(s, greeting.data(), greeting.size(), 0)), "greeting");
        watch(epoll_, s, dialogues_.size());
        return s;
    }

    void send_batch(dialogue& d) {
        d.awaited = std::min(load_.in_flight, d.left);
        d.left -= d.awaited;
        need(static_cast<int>(send(d.socket, batch_.data(), d.awaited * (batch_.size() / load_.in_flight), 0)), "send");
    }

    /// Gives 1 when that dialogue is over.
    std::size_t attend(dialogue& d) {
        std::array<char, 4096> room;
        auto got = need(static_cast<int>(recv(d.socket, room.data(), room.size(), MSG_DONTWAIT)), "recv");
        d.awaited -= static_cast<std::size_t>(std::count(room.data(), room.data() + got, '\n'));
        if (d.awaited == 0 && d.left != 0)
            send_batch(d);
        return d.awaited == 0 ? 1 : 0;
    }

    load load_;
    int epoll_ = need(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    std::string batch_;
    std::vector<dialogue> dialogues_;
};

} // namespace
} // namespace mailspec::bench

int main(int count, char** arguments) {
    if (count != 5) {
        std::fprintf(stderr, "usage: bench_bare_client PORT CONNECTIONS IN_FLIGHT COMMANDS\n");
        return 2;
    }
    auto number = [&](int i) { return std::strtoul(arguments[i], nullptr, 10); };
    mailspec::bench::bare_client client({static_cast<std::uint16_t>(number(1)), number(2), number(3), number(4)});
    std::printf("%.3f\n", client.measure());
}
