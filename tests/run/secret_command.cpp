#include "harness/run/secret_command.hpp"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <poll.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace mailspec::run {
namespace {

TEST(SecretCommands, GiveTheirFirstLineOrSayWhyThereIsNone) {
    const auto why = [](const std::string& command, std::chrono::milliseconds within = std::chrono::minutes(1)) {
        const auto got = run_secret_command(command, within);
        const auto* none = std::get_if<no_secret>(&got);
        return none ? none->why : "it gave " + std::get<std::string>(got);
    };
    EXPECT_EQ(why("printf 'a b\\r\\nsecond\\nthird'"), "it gave a b");
    EXPECT_EQ(why("echo x; exit 3"), "failed with exit status 3");
    EXPECT_EQ(why("kill -9 $$"), "was ended by signal 9");
    EXPECT_EQ(why("true"), "printed nothing in its first line");
    EXPECT_EQ(why("echo; echo second"), "printed nothing in its first line");
    EXPECT_EQ(why("no-such-program-there 2>/dev/null"), "failed with exit status 127");
    EXPECT_EQ(why("yes"), "printed more than a secret");
}

TEST(SecretCommands, EndWhenTheirTimeIsUp) {
    using std::chrono::milliseconds;
    for (const auto* command : {"exec sleep 1000", "echo early; exec sleep 1000", "exec >&-; exec sleep 1000"}) {
        const auto got = run_secret_command(command, milliseconds(50));
        EXPECT_EQ(std::get<no_secret>(got).why, "did not end within 50 ms") << command;
    }
}

/// Runs a command that is too slow.
void leaves_nobody(const std::string& command) {
    // Whoever lives has this pipe open for writing: it ends when nobody is left.
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const auto got =
        run_secret_command("echo up >&" + std::to_string(ends[1]) + "; " + command, std::chrono::milliseconds(300));
    ::close(ends[1]);
    EXPECT_EQ(std::get<no_secret>(got).why, "did not end within 300 ms") << command;
    std::array<char, 8> said{};
    EXPECT_EQ(::read(ends[0], said.data(), said.size()), 3) << "it was not started: " << command;
    pollfd left{ends[0], POLLIN, 0};
    EXPECT_EQ(::poll(&left, 1, 10000), 1) << "somebody lives on: " << command;
    EXPECT_EQ(::read(ends[0], said.data(), said.size()), 0);
    ::close(ends[0]);
}

TEST(SecretCommands, LeaveNobodyOfAPipelineBehind) {
    leaves_nobody("(sleep 1000; echo b) | (sleep 1001 & sleep 1002) | cat; sleep 1003");
}

TEST(SecretCommands, LeaveNobodyBehindWhereTheShellHasEndedBefore) {
    leaves_nobody("sleep 1000 &");
    leaves_nobody("(sleep 1001 | (sleep 1002 & sleep 1003)) & exit 0");
}

/// What is there already is not theirs.
TEST(SecretCommands, LeaveOtherChildrenAlone) {
    const auto other = ::fork();
    if (other == 0) {
        ::pause();
        ::_exit(0);
    }
    leaves_nobody("sleep 1000 &");
    EXPECT_EQ(::waitpid(other, nullptr, WNOHANG), 0);
    ::kill(other, SIGKILL);
    EXPECT_EQ(::waitpid(other, nullptr, 0), other);
}

} // namespace
} // namespace mailspec::run
