#include "harness/run/secret_command.hpp"

#include "harness/run/line.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace mailspec::run {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t most_octets = 64u << 10;

std::vector<pid_t> children_of(pid_t parent) {
    const auto id = std::to_string(parent);
    std::ifstream in("/proc/" + id + "/task/" + id + "/children");
    return {std::istream_iterator<pid_t>(in), {}};
}

bool is_in(pid_t each, const std::vector<pid_t>& of) { return std::find(of.begin(), of.end(), each) != of.end(); }

/// Kills a shell and what it runs, a pipeline say.
///
/// They have no process group of their own: in the background they could not ask on the terminal, and Ctrl-C would not
/// reach them. So each is stopped, to start nothing more, before all are killed; who has lost its parent is the shell's
/// child, or ours where the shell is gone. What has left our group, an agent that is to stay say, stays.
/// Takes    our children that are not of that family.
void kill_family(pid_t shell, const std::vector<pid_t>& others) {
    ::kill(shell, SIGSTOP);
    std::vector<pid_t> family{shell}; // none of it is reaped meanwhile, so these numbers stay theirs
    for (std::size_t known = 0; known != family.size();) {
        known = family.size();
        for (std::size_t n = 0; n <= known; ++n)
            for (const auto each : children_of(n < known ? family[n] : ::getpid()))
                if (::getpgid(each) == ::getpgrp() && !is_in(each, family) && !is_in(each, others)) {
                    ::kill(each, SIGSTOP);
                    family.push_back(each);
                }
    }
    for (const auto each : family)
        ::kill(each, SIGKILL);
    for (const auto each : family)
        ::waitpid(each, nullptr, 0);
}

/// While it lives, who loses its parent, having been started by a child of ours, becomes our child.
class foster_parent {
public:
    foster_parent() {
        ::prctl(PR_GET_CHILD_SUBREAPER, &before_);
        ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    }
    ~foster_parent() { ::prctl(PR_SET_CHILD_SUBREAPER, before_); }
    foster_parent(const foster_parent&) = delete;
    foster_parent& operator=(const foster_parent&) = delete;

private:
    int before_ = 0;
};

/// The shell with the command in it, and the reading end of its standard output.
class child {
public:
    explicit child(const std::string& command) {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return;
        const auto parent = ::getpid();
        pid_ = ::fork();
        if (pid_ == 0)
            become(command, ends[1], parent);
        ::close(ends[1]);
        out_ = ends[0];
    }
    ~child() {
        if (out_ >= 0)
            ::close(out_);
        if (pid_ > 0)
            kill_family(pid_, others_);
    }
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    bool started() const { return pid_ > 0; }

    enum class progress { some, end, none };
    /// Waits for octets, no longer than until then.
    progress read(std::string& into, steady_clock::time_point until) const {
        std::array<char, 512> piece;
        for (;;) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now()).count();
            pollfd what{out_, POLLIN, 0};
            const int ready = left > 0 ? ::poll(&what, 1, static_cast<int>(left)) : 0;
            if (ready < 0 && errno == EINTR)
                continue;
            if (ready <= 0)
                return progress::none;
            const auto got = ::read(out_, piece.data(), piece.size());
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                return progress::end;
            into.append(piece.data(), static_cast<std::size_t>(got));
            return progress::some;
        }
    }

    /// The exit status as waitpid() has it; nothing while it runs on after having closed its output.
    std::optional<int> ended(steady_clock::time_point until) {
        int status = 0;
        while (steady_clock::now() < until) {
            if (::waitpid(pid_, &status, WNOHANG) == pid_) {
                pid_ = -1;
                return status;
            }
            ::poll(nullptr, 0, 1);
        }
        return std::nullopt;
    }

private:
    [[noreturn]] static void become(const std::string& command, int out, pid_t parent) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::prctl(PR_SET_CHILD_SUBREAPER, 1); // nobody gets away from kill_family()
        if (::getppid() == parent && ::dup2(out, STDOUT_FILENO) >= 0)
            ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }

    foster_parent adopts_;
    std::vector<pid_t> others_ = children_of(::getpid());
    pid_t pid_ = -1;
    int out_ = -1;
};

} // namespace

std::variant<std::string, no_secret> run_secret_command(const std::string& command, std::chrono::milliseconds within) {
    const auto until = steady_clock::now() + within;
    child running(command);
    if (!running.started())
        return no_secret{"could not be started"};
    std::string printed;
    auto how = child::progress::some;
    while (how == child::progress::some && printed.size() < most_octets)
        how = running.read(printed, until);
    const auto status = how == child::progress::end ? running.ended(until) : std::nullopt;
    if (printed.size() >= most_octets)
        return no_secret{"printed more than a secret"};
    if (!status)
        return no_secret{"did not end within " + show_time(within)};
    if (*status != 0)
        return no_secret{WIFEXITED(*status) ? "failed with exit status " + std::to_string(WEXITSTATUS(*status))
                                            : "was ended by signal " + std::to_string(WTERMSIG(*status))};
    printed.resize(std::min(printed.find_first_of("\r\n"), printed.size()));
    if (printed.empty())
        return no_secret{"printed nothing in its first line"};
    return printed;
}

} // namespace mailspec::run
