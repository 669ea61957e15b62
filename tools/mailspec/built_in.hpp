#pragma once

#include "tools/mailspec/private_folder.hpp"

#include "harness/run/target.hpp"
#include "harness/serve/server.hpp"

#include <string>
#include <vector>

namespace mailspec::tools {

/// The built-in server while it runs, and where its certificate authority lies.
class built_in {
public:
    explicit built_in(serve::options o) : server_(std::move(o)) {}

    /// Gives the sentence that says why not, or nothing.
    std::string start();

    /// The doors: plain, with STARTTLS and with TLS from the start, each with the authority's file.
    std::vector<run::endpoint> endpoints() const;
    /// How to test it from this process: passwords are given.
    run::target target() const;
    /// A target file for another process. Passwords are in files of the private folder.
    ///
    /// Takes   the profile of the provider that it plays: its doors become these, all else is said as there.
    std::string target_file(const run::target& profile);

private:
    serve::server server_;
    private_folder files_;
    std::string ca_file_;
};

/// A target at those doors with these users, whose passwords are given.
run::target target_of(std::vector<run::endpoint> doors, const std::vector<serve::options::user>& users);

} // namespace mailspec::tools
