#pragma once

#include "harness/serve/session.hpp"
#include "harness/serve/store.hpp"

#include <memory>

namespace mailspec::serve {

/// One IMAP session of the built-in server.
///
/// Source   RFC 3501 whole, RFC 9051 where ENABLE asks for it; RFC 7888 LITERAL+, 4959 SASL-IR, 2971 ID, 2177 IDLE,
///          2342 NAMESPACE, 4315 UIDPLUS, 3502 MULTIAPPEND, 6851 MOVE, 3691 UNSELECT, 6154 SPECIAL-USE, 5161 ENABLE,
///          4731 ESEARCH, 5182 SEARCHRES, 8438 STATUS=SIZE, 3348 CHILDREN, 5258 LIST-EXTENDED, 5819 LIST-STATUS,
///          3516 BINARY, 4314 ACL, 9208 QUOTA, 5464 METADATA, 5530 response codes; RFC 2180 for mailboxes in several
///          sessions.
/// Life     the store outlives the session.
class imap_session final : public session {
public:
    imap_session(store& mail, session_options options);
    ~imap_session() override;

    std::string greeting() override;
    void receive(std::string_view octets) override;
    std::string take_output() override;
    action next() const override;
    void set_wake(std::function<void()> wake) override;
    void tls_started() override;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace mailspec::serve
