#include "harness/serve/store.hpp"

#include "harness/serve/take_word.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::serve {

namespace {

constexpr std::string_view inbox_name = "INBOX";
constexpr std::uint32_t first_uid = 101; // so that nobody takes a UID for a message number

bool is_inbox(std::string_view name) { return wire::same_ci(name, inbox_name); }

} // namespace

stored_message* mailbox::find(std::uint32_t uid) {
    auto it = std::ranges::lower_bound(messages_, uid, {}, &stored_message::uid);
    return it != messages_.end() && it->uid == uid ? &*it : nullptr;
}

std::uint32_t mailbox::add(stored_message m, const mailbox_watcher* by) {
    auto uid = m.uid = uid_next++;
    messages_.push_back(std::move(m));
    for (auto* w : watchers_)
        if (w != by)
            w->message_added(uid);
    return uid;
}

void mailbox::expunge(std::uint32_t uid, const mailbox_watcher* by) {
    auto it = std::ranges::lower_bound(messages_, uid, {}, &stored_message::uid);
    if (it == messages_.end() || it->uid != uid)
        return;
    for (auto* w : watchers_)
        if (w != by)
            w->message_expunged(*it);
    messages_.erase(it);
}

void mailbox::set_flags(std::uint32_t uid, std::set<std::string, std::less<>> flags, const mailbox_watcher* by) {
    auto* m = find(uid);
    if (!m || m->flags == flags)
        return;
    m->flags = std::move(flags);
    for (auto* w : watchers_)
        if (w != by)
            w->flags_changed(uid);
}

void mailbox::watch(mailbox_watcher& w) { watchers_.push_back(&w); }

void mailbox::unwatch(mailbox_watcher& w) { std::erase(watchers_, &w); }

mailbox* account::find_mailbox(std::string_view name) {
    auto it = mailboxes.find(is_inbox(name) ? inbox_name : name);
    return it == mailboxes.end() ? nullptr : it->second.get();
}

mailbox& account::inbox() { return *mailboxes.find(inbox_name)->second; }

mailbox& account::create_mailbox(std::string name, std::uint32_t uid_validity) {
    auto box = std::make_unique<mailbox>();
    box->name = name;
    box->uid_validity = uid_validity;
    box->uid_next = first_uid;
    box->owner = this;
    if (const auto* parent = find_mailbox(std::string_view(name).substr(0, name.rfind('/'))); parent)
        box->rights = parent->rights;
    return *(mailboxes[std::move(name)] = std::move(box));
}

void account::delete_mailbox(std::string_view name) {
    auto it = mailboxes.find(name);
    if (it == mailboxes.end())
        return;
    auto gone = std::move(it->second);
    mailboxes.erase(it);
    auto watchers = gone->watchers();
    for (auto* w : watchers)
        w->mailbox_gone();
}

void account::rename_mailbox(std::string_view from, std::string to) {
    auto it = mailboxes.find(from);
    if (it == mailboxes.end() || mailboxes.contains(to))
        return;
    auto node = mailboxes.extract(it);
    node.mapped()->name = to;
    node.key() = std::move(to);
    mailboxes.insert(std::move(node));
}

account& store::add_account(std::string user, std::string password, std::string_view folders) {
    if (folders.empty())
        folders = "\\Archive Archive \\Drafts Drafts \\Junk Junk \\Sent Sent \\Trash Trash - &XfJT0ZAB-";
    auto made = std::make_unique<account>();
    made->user = user;
    made->password = std::move(password);
    made->create_mailbox(std::string(inbox_name), next_uid_validity());
    made->subscriptions.emplace(inbox_name);
    while (!folders.empty()) {
        const auto use = take_word(folders);
        const std::string name(take_word(folders));
        made->create_mailbox(name, next_uid_validity()).special_use = use == "-" ? "" : use;
        made->subscriptions.insert(name);
    }
    return *(accounts_[std::move(user)] = std::move(made));
}

account* store::find(std::string_view user) {
    auto at = user.find('@');
    if (at != user.npos && user.substr(at + 1) == domain)
        user = user.substr(0, at);
    auto it = accounts_.find(user);
    return it == accounts_.end() ? nullptr : it->second.get();
}

account* store::find_address(std::string_view local, std::string_view at) {
    if (at.empty() || at == domain)
        return local.find('@') == local.npos ? find(local) : nullptr;
    return find(std::string(local).append(1, '@').append(at));
}

std::uint32_t store::next_uid_validity() { return ++uid_validity_; }

} // namespace mailspec::serve
