#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve {

struct account;
struct message_digest;

/// One mail in one mailbox. The octets are shared between copies.
struct stored_message {
    std::uint32_t uid = 0;
    std::shared_ptr<const std::string> octets; ///< CRLF line ends
    std::set<std::string, std::less<>> flags;  ///< "\Seen", keywords; \Recent is per session, not here
    std::chrono::sys_seconds internal_date{};
    int zone_minutes = 0; ///< of the internal date as given

    /// What the IMAP sessions worked out from the octets (imap/digest.hpp); null until asked for.
    std::shared_ptr<message_digest> digest;
};

/// Told of what happens in a mailbox; each selected session is one.
class mailbox_watcher {
public:
    virtual ~mailbox_watcher() = default;
    virtual void message_added(std::uint32_t uid) = 0;
    virtual void message_expunged(const stored_message& m) = 0; ///< just before it goes
    virtual void flags_changed(std::uint32_t uid) = 0;
    virtual void mailbox_gone() = 0;
};

/// A mailbox; messages ascending by uid. Every change goes through a member, so that each watcher but the one
/// that made it hears of it.
class mailbox {
public:
    static constexpr std::size_t most_messages = 1'000'000; ///< who adds asks first

    std::string name; ///< modified UTF-7, "/" as delimiter; INBOX in capitals
    std::uint32_t uid_validity = 0;
    std::uint32_t uid_next = 1;
    std::uint32_t recent_from = 1; ///< messages with this UID or above were \Recent to no session yet
    std::string special_use;       ///< "\Sent"; empty: none
    bool selectable = true;
    account* owner = nullptr;
    /// What others may do with it (RFC 4314 section 2.1): "bob" has "lrs".
    std::map<std::string, std::string, std::less<>> rights;
    /// Annotations (RFC 5464), names in small letters: "/private/comment".
    std::map<std::string, std::string, std::less<>> notes;
    const std::vector<stored_message>& messages() const { return messages_; }
    stored_message* find(std::uint32_t uid);

    std::uint32_t add(stored_message m, const mailbox_watcher* by); ///< gives the new uid
    void expunge(std::uint32_t uid, const mailbox_watcher* by);
    void set_flags(std::uint32_t uid, std::set<std::string, std::less<>> flags, const mailbox_watcher* by);
    void watch(mailbox_watcher& w);
    void unwatch(mailbox_watcher& w);
    const std::vector<mailbox_watcher*>& watchers() const { return watchers_; }

private:
    std::vector<stored_message> messages_;
    std::vector<mailbox_watcher*> watchers_;
};

/// One user with a password, a token and mailboxes.
struct account {
    std::string user; ///< "alice"; the address is alice@mailspec.test
    std::string password;
    std::string token;         ///< for XOAUTH2 and OAUTHBEARER
    bool only_digests = false; ///< the maildrop is not opened by a password in the clear
    std::map<std::string, std::unique_ptr<mailbox>, std::less<>> mailboxes;
    std::set<std::string, std::less<>> subscriptions;
    bool maildrop_locked = false; ///< a POP3 session holds it

    mailbox* find_mailbox(std::string_view name); ///< INBOX in any case
    mailbox& inbox();

    /// Takes a name that is not taken. Others may do with it what they may with the one that it is below.
    mailbox& create_mailbox(std::string name, std::uint32_t uid_validity);
    void delete_mailbox(std::string_view name); ///< tells its watchers
    /// Keeps messages and UIDs; nothing happens if the one is missing or the other taken.
    void rename_mailbox(std::string_view from, std::string to);
};

/// All accounts of the built-in server; lives on one thread.
class store {
public:
    static constexpr std::string_view domain = "mailspec.test";

    /// Gives the account its INBOX and folders: those listed, as provider::folders does, or Drafts, Sent, Trash, Junk
    /// and Archive, and "已发送" (&XfJT0ZAB-).
    account& add_account(std::string user, std::string password, std::string_view folders = {});
    account* find(std::string_view user);                                   ///< "alice" or "alice@mailspec.test"
    account* find_address(std::string_view local, std::string_view domain); ///< where mail for it goes
    std::uint32_t next_uid_validity();
    const std::map<std::string, std::unique_ptr<account>, std::less<>>& accounts() const { return accounts_; }

    /// For a server that serves one mail client at a time: whether it is this one's turn. The first takes it for good.
    bool begin_alone(const void* client) { return (alone_ = alone_ ? alone_ : client) == client; }

private:
    std::map<std::string, std::unique_ptr<account>, std::less<>> accounts_;
    std::uint32_t uid_validity_ = 0;
    const void* alone_ = nullptr;
};

} // namespace mailspec::serve
