#pragma once

#include "harness/serve/server.hpp"
#include "harness/serve/session.hpp"
#include "harness/serve/store.hpp"

#include <memory>
#include <string>

namespace mailspec::serve {

/// What the built-in server serves, however it is reached: accounts and their mail, its manners and its mischief.
class site {
public:
    explicit site(options o);
    site(const site&) = delete;
    site& operator=(const site&) = delete;

    /// Gives an empty text when all that was wanted can be had, else the sentence that says why not.
    std::string prepare();

    /// Life: the site outlives its sessions.
    std::unique_ptr<session> make_session(wire::protocol spoken, session_options::channel over);

    const options& wanted() const { return wanted_; } ///< its users filled in
    bool has_tls() const { return wanted_.security == options::tls::on; }
    bool has_only_old_tls() const;

private:
    options wanted_;
    mischief breaches_;
    const provider* plays_ = &provider::none();
    store mail_;
};

} // namespace mailspec::serve
