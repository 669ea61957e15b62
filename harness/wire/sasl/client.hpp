#pragma once

#include "harness/wire/sasl/turn.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace mailspec::wire::sasl {

/// Who logs in, and with what. Never print it.
struct credentials {
    std::string user;
    std::string password;      ///< for all mechanisms but XOAUTH2 and OAUTHBEARER
    std::string token;         ///< for XOAUTH2 and OAUTHBEARER
    std::string authorization; ///< act as; empty: as the user
    std::string host;          ///< OAUTHBEARER tells it to the server where it is set
    std::uint16_t port = 0;    ///< the same
};

/// The client's side of one authentication; no I/O, no base64: raw octets in and out.
///
/// Source   PLAIN RFC 4616, LOGIN, CRAM-MD5 RFC 2195, SCRAM RFC 5802 and 7677 (these through GNU SASL),
///          OAUTHBEARER RFC 7628, XOAUTH2.
/// Takes    challenges as raw octets, or as base64 with step_base64().
class client {
public:
    /// Gives a client, or the sentence that says what is amiss: an unknown mechanism, a missing password.
    static std::variant<client, std::string> start(std::string_view mechanism, const credentials& who);

    client(client&&) noexcept;
    client& operator=(client&&) noexcept;
    ~client();

    /// What the client says first, where the mechanism lets the client begin; nothing where the server does.
    const std::optional<std::string>& initial_response() const { return initial_; }

    /// Answers a challenge. Where the initial response could not go with the command, send it yourself in answer
    /// to the server's empty challenge, without step().
    turn step(std::string_view challenge);
    /// The same with the challenge in base64, as IMAP, POP3 and SMTP send it; the answer is raw.
    turn step_base64(std::string_view challenge);

    /// True when the mechanism needs nothing more: a server that says "success" before has not proven itself.
    bool done() const;

    class exchange; ///< one mechanism at work

private:
    explicit client(std::unique_ptr<exchange> at_work);
    std::unique_ptr<exchange> at_work_;
    std::optional<std::string> initial_;
};

} // namespace mailspec::wire::sasl
