#pragma once

#include "harness/wire/sasl/turn.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace mailspec::wire::sasl {

/// What a server knows of one user.
struct secrets {
    std::string password;
    std::string token; ///< for XOAUTH2 and OAUTHBEARER; empty: no token is accepted
};

/// Gives the secrets of a user, or nothing where there is no such user.
using directory = std::function<std::optional<secrets>(std::string_view user)>;

/// The server's side of one authentication; no I/O, no base64: raw octets in and out.
///
/// Source   as for the client.
class server {
public:
    /// Gives a server, or the sentence that says why not.
    static std::variant<server, std::string> start(std::string_view mechanism, directory users);

    server(server&&) noexcept;
    server& operator=(server&&) noexcept;
    ~server();

    enum class state {
        challenging, ///< send the turn's octets as a challenge, then give the answer to step()
        accepted,    ///< the user is who user() says
        refused      ///< the turn's fault says why
    };

    /// Begins, with the client's initial response where the command had one.
    turn begin(std::optional<std::string_view> initial_response);
    /// Takes the client's answer to the challenge.
    turn step(std::string_view answer);
    /// The same in base64, and "*" for a client that gives up; the next challenge is raw.
    turn step_base64(std::string_view answer);

    state where() const { return where_; }
    /// The name under which the user is known to the directory; empty until accepted.
    const std::string& user() const { return user_; }

    class exchange; ///< one mechanism at work

private:
    explicit server(std::unique_ptr<exchange> at_work);
    turn refuse(std::string why);

    std::unique_ptr<exchange> at_work_;
    state where_ = state::challenging;
    bool proven_ = false; ///< accepted, but the client's empty answer to the last challenge is still to come
    std::string user_;
};

} // namespace mailspec::wire::sasl
