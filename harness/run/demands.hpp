#pragma once

#include "harness/run/target.hpp"
#include "harness/scenario/scenario.hpp"

#include <optional>
#include <set>
#include <string>

namespace mailspec::run {

/// What a scenario needs of a target, read off its text before anything is sent.
struct demands {
    std::set<std::string> roles;     ///< whose names it uses, those of its sessions included
    std::set<std::string> named;     ///< roles of which a command says the name, address or password
    std::set<std::string> touched;   ///< roles whose mail beyond ${mailbox} it may change: disposable accounts only
    std::set<std::string> opened;    ///< roles whose maildrop it logs in to: disposable accounts only
    std::set<std::string> exclusive; ///< roles whose INBOX or maildrop nobody else may use meanwhile
    std::set<std::string> passwords; ///< roles whose password it sends itself
    bool names_mailbox = false;      ///< it may make ${mailbox} itself
    bool hands_over = false;         ///< a session of SMTP may get as far as DATA: what RCPT names gets mail
    bool names_stranger = false;     ///< it has a RCPT to somebody who plays no role

    bool mails_stranger() const { return names_stranger && hands_over; }
};
demands read_demands(const scenario::scenario& of);

/// The door of the target that a session goes through, its tls as the session wants it. Nothing: the target has none;
/// `why` says so.
std::optional<endpoint> choose_door(const scenario::session& of, const target& against, std::string& why);

/// How a sentence ends that tells what is not done to the mail of an account that is to be kept.
std::string not_disposable(const account& who);

/// An account of the scenario whose mail is to be kept, and the role it plays; null for none. Life: that of both.
struct kept_account {
    const account* who = nullptr;
    const std::string* role = nullptr;
    explicit operator bool() const { return who != nullptr; }
};
kept_account find_kept(const demands& of, const target& against);

/// Why the scenario cannot run against that target at all: one sentence, as the reason for "unsupported".
std::optional<std::string> why_unsupported(const scenario::scenario& of, const demands& needs, const target& against);

} // namespace mailspec::run
