#pragma once

#include "harness/serve/provider.hpp"
#include "harness/serve/store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mailspec::serve {

/// One AUTHENTICATE command of IMAP or AUTH command of POP3 or SMTP: base64 lines around a SASL mechanism.
/// Source: RFC 9051 section 6.2.2, RFC 5034 section 4, RFC 4954 section 4.
///
/// Base64 is read strictly: what the alphabet does not have, or padding elsewhere than at the end, is malformed.
/// Life: the store outlives the exchange.
class login_exchange {
public:
    enum class step {
        challenge, ///< challenge() is to be sent, base64
        success,   ///< who() has logged in
        failure,   ///< wrong secret, unknown user, or another's identity asked for
        malformed, ///< not base64
        cancelled, ///< the client sent "*"
        no_initial ///< an initial response to a mechanism in which the server speaks first
    };

    /// Takes a mechanism in any case; offers() must hold for it.
    login_exchange(store& mail, std::string_view mechanism, const provider& plays);
    ~login_exchange();
    login_exchange(login_exchange&&) noexcept;
    login_exchange& operator=(login_exchange&&) noexcept;

    static bool offers(std::string_view mechanism);

    /// All mechanisms, a space between: "PLAIN LOGIN CRAM-MD5 ...".
    static const std::string& mechanisms();

    /// The initial response as it stands in the command: "=" is an empty one, nullopt none.
    step start(std::optional<std::string_view> initial);

    /// One line of the client's.
    step receive(std::string_view line);

    const std::string& challenge() const; ///< base64
    account* who() const;                 ///< null until success
    bool uses_digest() const;             ///< the mechanism does not send the secret itself

private:
    step judge(std::string octets);
    std::string prompt();

    struct state;
    std::unique_ptr<state> state_;
};

} // namespace mailspec::serve
