#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/terminal.hpp"

#include <cerrno>
#include <exception>
#include <iostream>
#include <system_error>

namespace {

using namespace mailspec::tools;

struct dispatch {
    const world& to;
    int operator()(const told& t) const {
        (t.status == exit_done ? to.out : to.err) << t.text;
        return t.status;
    }
    int operator()(const run_arguments& how) const { return run_command(how, to); }
    int operator()(const audit_arguments& how) const { return audit_command(how, to); }
    int operator()(const ask_arguments& how) const { return ask_command(how, to); }
    int operator()(const list_arguments& how) const { return list_command(how, to); }
    int operator()(const show_arguments& how) const { return show_command(how, to); }
    int operator()(const lint_arguments& how) const { return lint_command(how, to); }
    int operator()(const clean_arguments& how) const { return clean_command(how, to); }
    int operator()(const serve_arguments& how) const { return serve_command(how, to); }
    int operator()(const requirements_arguments& how) const { return requirements_command(how, to); }
    int operator()(const providers_arguments&) const { return providers_command(to); }
};

/// A verdict that nobody could read is none. Why the stream went bad is known only to the write that failed, so that
/// it is asked for once more.
int after_flushing(int status) {
    if (std::cout.flush())
        return status;
    std::cout.clear();
    errno = 0;
    std::cout << '\n' << std::flush;
    std::cerr << "mailspec: could not write standard output: "
              << std::generic_category().message(errno != 0 ? errno : EIO) << "\n";
    return exit_broken;
}

} // namespace

int main(int count, char** words) {
    std::ios::sync_with_stdio(false);
    try {
        const world real{std::cout, std::cerr, look_of_standard_output()};
        return after_flushing(std::visit(dispatch{real}, parse({words + 1, words + count})));
    } catch (const std::exception& e) {
        std::cerr << "mailspec: " << e.what() << "\n";
        return exit_broken;
    }
}
