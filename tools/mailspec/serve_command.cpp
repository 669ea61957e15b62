#include "tools/mailspec/built_in.hpp"
#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/interrupt.hpp"

#include "harness/run/provider.hpp"
#include "harness/serve/mischief.hpp"
#include "harness/serve/random_secret.hpp"

#include <ostream>

namespace mailspec::tools {
namespace {

void list_mischief(std::ostream& out) {
    for (const auto* requirement : serve::mischief::known())
        out << requirement->id << "  " << requirement->title << "\n";
}

serve::options options_of(const serve_arguments& how) {
    serve::options o;
    o.first_port = how.first_port;
    o.provider = how.provider;
    o.mischief = {how.mischief.begin(), how.mischief.end()};
    for (const auto& name : how.users)
        o.users.push_back({name, serve::random_secret(), serve::random_secret()});
    return o;
}

} // namespace

int serve_command(const serve_arguments& how, const world& to) {
    if (how.list_mischief) {
        list_mischief(to.out);
        return exit_done;
    }
    run::target profile;
    if (!how.provider.empty()) {
        auto known = run::profile_of(how.provider);
        if (const auto* fault = std::get_if<std::string>(&known)) {
            to.err << "mailspec: " << *fault << "\n";
            return exit_bad_usage;
        }
        profile = std::get<run::target>(std::move(known));
    }
    interrupt_watch watch([] {});
    built_in server(options_of(how));
    if (const auto fault = server.start(); !fault.empty()) {
        to.err << "mailspec: " << fault << "\n";
        return exit_bad_usage;
    }
    to.out << server.target_file(profile) << std::flush;
    watch.wait();
    return exit_done;
}

} // namespace mailspec::tools
