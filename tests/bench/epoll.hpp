#pragma once

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace mailspec::bench {

/// Ends the program when a system call failed: a benchmark has nothing better to do.
inline int need(int given, const char* what) {
    if (given < 0) {
        std::perror(what);
        std::exit(1);
    }
    return given;
}

inline sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return at;
}

inline void send_at_once(int socket) {
    int yes = 1;
    need(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes), "TCP_NODELAY");
}

inline void watch(int epoll, int socket, std::uint64_t name) {
    epoll_event e{};
    e.events = EPOLLIN;
    e.data.u64 = name;
    need(epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &e), "epoll_ctl");
}

/// A listening loopback socket; prints "port N" on standard output for whoever started the program.
inline int listen_and_tell(std::uint16_t port) {
    int door = need(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
    int yes = 1;
    need(setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "SO_REUSEADDR");
    auto at = loopback(port);
    need(bind(door, reinterpret_cast<sockaddr*>(&at), sizeof at), "bind");
    need(listen(door, 4096), "listen");
    socklen_t size = sizeof at;
    need(getsockname(door, reinterpret_cast<sockaddr*>(&at), &size), "getsockname");
    std::printf("port %u\n", unsigned{ntohs(at.sin_port)});
    std::fflush(stdout);
    return door;
}

} // namespace mailspec::bench
