#pragma once

#include "harness/serve/line_session.hpp"
#include "harness/serve/login_exchange.hpp"
#include "harness/serve/pop3/maildrop.hpp"
#include "harness/serve/pop3/writer.hpp"
#include "harness/serve/store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve::pop3 {

/// The POP3 server: RFC 1939 with every optional command, CAPA (RFC 2449), STLS (RFC 2595), AUTH (RFC 5034).
///
/// It serves the INBOX of the account that logs in.
/// Life: the store outlives the session.
class session final : public line_session {
public:
    session(store& mail, session_options options);
    ~session() override;

private:
    using arguments = std::vector<std::string_view>;
    struct command;
    const command* find_command(std::string_view keyword) const;

    std::string welcome() override;
    void obey(std::string_view line) override;
    void refuse_line(line_input::found why) override;
    void forget() override;
    leftovers before_tls() const override;

    void perform(std::string_view line);
    void capabilities(const arguments& args);
    void user(const arguments& args);
    void pass(const arguments& args);
    void apop(const arguments& args);
    void auth(const arguments& args);
    void stls(const arguments& args);
    void stat(const arguments& args);
    void list(const arguments& args);
    void uidl(const arguments& args);
    void retr(const arguments& args);
    void top(const arguments& args);
    void dele(const arguments& args);
    void noop(const arguments& args);
    void rset(const arguments& args);
    void quit(const arguments& args);
    std::size_t update();

    void judge(login_exchange::step step);
    void enter(account& who);
    item* message(std::string_view number);
    void ok(std::string_view text);
    void refuse(std::string_view why);
    void refuse_login();
    std::string summary() const;
    std::string_view policy(std::string_view before, std::string_view after) const;
    std::string_view expire() const;
    std::string_view login_delay() const;
    std::string mechanisms() const;
    std::size_t longest_line() const;
    std::string unspoilt(std::string_view response) const;
    void refuse_in_wrong_state();
    bool knows(account* who, std::string_view password) const;
    std::string size_of(const item& i) const;
    std::string unique_id(const item& i) const;
    template <typename F> std::string listing(const rfc::requirement& without_deleted, F value);

    store& mail_;
    writer writer_;
    std::string timestamp_;
    std::string user_;
    bool spoilt_ = false; ///< an AUTH failed, and the server is to bear a grudge
    std::optional<login_exchange> login_;
    std::unique_ptr<maildrop> drop_; ///< non-null: the TRANSACTION state
};

} // namespace mailspec::serve::pop3
