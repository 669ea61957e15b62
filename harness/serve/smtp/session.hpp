#pragma once

#include "harness/serve/delivery.hpp"
#include "harness/serve/line_session.hpp"
#include "harness/serve/login_exchange.hpp"
#include "harness/serve/smtp/data_input.hpp"
#include "harness/serve/smtp/path.hpp"
#include "harness/serve/smtp/writer.hpp"
#include "harness/serve/store.hpp"
#include "harness/wire/protocol.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve::smtp {

/// The SMTP, submission and LMTP server: RFC 5321, RFC 6409, RFC 2033, with STARTTLS (RFC 3207), AUTH (RFC 4954),
/// PIPELINING, SIZE, 8BITMIME, CHUNKING (RFC 3030) and ENHANCEDSTATUSCODES.
///
/// It delivers to the INBOX of the accounts of one store and nowhere else.
/// Life: the store outlives the session.
class session final : public line_session {
public:
    /// Takes which of smtp, submission and lmtp it is.
    session(store& mail, wire::protocol role, session_options options);

    session(const session&) = delete;
    session& operator=(const session&) = delete;
    /// A mail transaction that is open goes with it.
    ~session() override;

    void secured_by(std::string_view ciphersuite) override { ciphersuite_ = ciphersuite; }

private:
    struct command;
    static const command* find_command(std::string_view keyword);

    std::string welcome() override;
    void obey(std::string_view line) override;
    void refuse_line(line_input::found why) override;
    void forget() override;
    leftovers before_tls() const override;
    bare_ends within_lines() const override;
    reading reads() const override { return data_ || chunk_ ? reading::octets : reading::lines; }
    std::size_t take_octets(std::string_view octets) override;

    void perform(std::string_view line);
    void ehlo(std::string_view argument);
    void helo(std::string_view argument);
    void lhlo(std::string_view argument);
    void mail(std::string_view argument);
    void rcpt(std::string_view argument);
    void data(std::string_view argument);
    void bdat(std::string_view argument);
    void rset(std::string_view argument);
    void noop(std::string_view argument);
    void quit(std::string_view argument);
    void vrfy(std::string_view argument);
    void expn(std::string_view argument);
    void help(std::string_view argument);
    void starttls(std::string_view argument);
    void auth(std::string_view argument);

    void introduce(std::string_view client);
    bool accept(const std::vector<parameter>& parameters);
    bool accept(const parameter& p);
    void refuse_login();
    void hold_back(std::string_view code, std::string_view status, std::string_view text);
    void judge(login_exchange::step step);
    void finish_data();
    std::size_t take_chunk(std::string_view octets);
    void finish_chunk();
    std::string file_mail(std::string octets);
    void answer_data(std::string_view code, std::string_view status, std::string_view text);
    bool needs_login() const;
    account* local(const path& p);
    account* named(std::string_view argument); ///< of VRFY and EXPN
    trace make_trace() const;
    void notify(const trace& failed, std::string_view mail);
    std::vector<account*> addressees(std::string_view octets) const;
    std::string protocol_name() const;
    void reset();
    void reply(std::string_view code, std::string_view status, std::string_view text);

    struct recipient {
        account* to;
        std::string path;
    };
    void take_recipient(recipient who);
    void mistake_order();

    struct chunk {
        std::uint64_t left; ///< octets that are still to come
        bool last;
    };

    enum class greeted { no, helo, ehlo };

    static constexpr std::size_t message_limit = 12u << 20;
    static std::string host() { return std::string(store::domain); }

    store& mail_;
    writer writer_;
    wire::protocol role_;
    greeted greeted_ = greeted::no;
    std::string client_;
    std::string ciphersuite_;           ///< empty: in the clear
    account* user_ = nullptr;           ///< logged in
    bool had_mail_ = false;             ///< a transaction has come to its end
    std::optional<std::string> sender_; ///< set: a mail transaction is open
    std::vector<recipient> recipients_;
    std::string refused_;            ///< mischief: a recipient of this transaction who was refused
    std::optional<data_input> data_; ///< set: mail data is coming
    std::optional<chunk> chunk_;     ///< set: a chunk is coming
    bool chunking_ = false;          ///< the transaction has had BDAT
    std::string chunks_;             ///< its message so far
    std::uint64_t chunks_size_ = 0;
    std::optional<login_exchange> login_;
    std::string held_; ///< mischief: a reply that is sent with the next one
    int failed_logins_ = 0;
};

} // namespace mailspec::serve::smtp
