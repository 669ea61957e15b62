#pragma once

#include "harness/serve/imap/mailbox_view.hpp"
#include "harness/serve/imap/reply.hpp"
#include "harness/serve/session.hpp"
#include "harness/serve/store.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// Whether messages are named by number or by unique identifier: FETCH or UID FETCH.
enum class numbering { sequence, uid };

/// What a session may be told at the end of a command (RFC 3501 section 7.4.1, RFC 2180).
enum class news {
    none,
    no_expunge, ///< message numbers stay as they are: FETCH, STORE, SEARCH
    all
};

/// What the commands of one IMAP session share: its state, its mailbox and its output.
class conversation {
public:
    enum class state : unsigned { not_authenticated = 1, authenticated = 2, selected = 4, logout = 8 };

    conversation(store& mail, session_options options);

    store& mail() const { return mail_; }
    const session_options& options() const { return options_; }
    bool breaks(const rfc::requirement& r) const { return options_.breaches->breaks(r); }
    const provider& plays() const { return *options_.plays; }
    std::string& out() { return out_; }

    state where() const;
    bool secured() const { return secured_; }
    bool may_start_tls() const;

    account& who() const { return *who_; }
    void log_in(account& who) { who_ = &who; }
    void forget_who() { who_ = nullptr; } ///< back to before the login, which no server may
    void log_out() { over_ = true; }

    mailbox_view& view() { return *view_; }
    bool has_view() const { return view_ != nullptr; }
    void select(mailbox& box, mailbox_view::access how);
    void deselect() { view_.reset(); }

    /// Ends the session when its mailbox is no more; true when it did.
    bool ended_by_deletion();

    /// Tells what others did. Takes what may be told now, and whether a UID command asks.
    void tell(news what, numbering by);

    /// Appends "* n FETCH (FLAGS (...))", with the UID where a UID command asks.
    void tell_flags(std::uint32_t uid, numbering by);

    /// Appends FLAGS and PERMANENTFLAGS anew when the message has a keyword that was never announced.
    void announce_keywords(const std::set<std::string, std::less<>>& flags);
    void announce_flags(); ///< FLAGS and PERMANENTFLAGS
    const std::set<std::string, std::less<>>& keywords() const { return keywords_; }
    static constexpr std::size_t most_keywords = 200; ///< different ones in one mailbox

    /// IMAP4rev2 is in force (RFC 9051 section 6.3.1).
    void enable_rev2() { rev2_ = true; }
    bool is_rev2() const { return rev2_; }
    /// A name as it goes out: in UTF-8 with IMAP4rev2.
    std::string shown_name(std::string_view name) const;

    /// The search result variable (RFC 5182 section 2.1): UIDs.
    std::set<std::uint32_t>& saved() { return saved_; }

    /// The client's next line goes to `taker`, until that gives another reply than later().
    using line_taker = std::function<reply(std::string_view)>;
    void await_line(line_taker taker) { taker_ = std::move(taker); }
    line_taker& taker() { return taker_; }

    enum class idling : bool { no, yes };
    void set_idling(idling i) { idling_ = i == idling::yes; }
    bool is_idling() const { return idling_; }

    void request_tls() { tls_wanted_ = true; }
    bool tls_wanted() const { return tls_wanted_; }
    void tls_started();

    /// The client has said by ID who it is, since it logged in.
    void introduce() { introduced_ = who_ != nullptr; }
    bool is_introduced() const { return introduced_; }

    void note_enabled() { enabled_ = true; } ///< ENABLE has succeeded
    bool has_enabled() const { return enabled_; }

    void set_wake(std::function<void()> wake) { wake_ = std::move(wake); }

private:
    store& mail_;
    session_options options_;
    std::string out_;
    account* who_ = nullptr;
    std::unique_ptr<mailbox_view> view_;
    std::set<std::string, std::less<>> keywords_; ///< announced by FLAGS in this mailbox
    std::set<std::uint32_t> saved_;
    line_taker taker_;
    std::function<void()> wake_;
    bool secured_;
    bool over_ = false;
    bool idling_ = false;
    bool tls_wanted_ = false;
    bool introduced_ = false;
    bool rev2_ = false;
    bool enabled_ = false;
};

} // namespace mailspec::serve::imap
