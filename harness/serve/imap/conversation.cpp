#include "harness/serve/imap/conversation.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/writer.hpp"
#include "harness/wire/mail/utf7.hpp"

#include <utility>
#include <vector>

namespace mailspec::serve::imap {

namespace {

void put_list(std::string& out, const std::vector<std::string_view>& words) {
    auto between = '(';
    for (const auto word : words)
        (out += std::exchange(between, ' ')) += word;
    out += words.empty() ? "()" : ")";
}

void put_untagged(std::string& out, std::uint32_t n, std::string_view name) {
    out += "* ";
    put_number(out, n);
    out += ' ';
    out += name;
    out += "\r\n";
}

} // namespace

conversation::conversation(store& mail, session_options options)
    : mail_(mail), options_(std::move(options)), secured_(options_.over == session_options::channel::secured) {}

conversation::state conversation::where() const {
    if (over_)
        return state::logout;
    if (!who_)
        return state::not_authenticated;
    return view_ ? state::selected : state::authenticated;
}

bool conversation::may_start_tls() const { return options_.starttls == session_options::tls::available && !secured_; }

void conversation::tls_started() {
    tls_wanted_ = false;
    secured_ = true;
}

void conversation::select(mailbox& box, mailbox_view::access how) {
    keywords_.clear();
    if (!breaks(rfc::req::imap_search_save_select_resets))
        saved_.clear();
    for (const auto& m : box.messages())
        for (const auto& f : m.flags)
            if (!f.starts_with('\\'))
                keywords_.insert(f);
    mailbox_view::breaches b{breaks(rfc::req::imap_recent_one_session), breaks(rfc::req::imap_sessions_see_changes)};
    view_ = std::make_unique<mailbox_view>(box, how, b, [this] {
        if (idling_ && wake_)
            wake_();
    });
}

std::string conversation::shown_name(std::string_view name) const {
    auto decoded = rev2_ ? wire::mail::utf7_decode(name) : std::nullopt;
    return decoded ? std::move(*decoded) : std::string(name);
}

bool conversation::ended_by_deletion() {
    if (!view_ || !view_->gone())
        return false;
    view_.reset();
    out_ += "* BYE the selected mailbox was deleted\r\n";
    log_out();
    return true;
}

void conversation::tell(news what, numbering by) {
    if (!view_ || view_->gone() || what == news::none || !view_->has_news())
        return;
    bool counted_anew = false;
    if (what == news::all && !breaks(rfc::req::imap_expunge_told)) {
        for (auto n : view_->take_expunged()) {
            put_untagged(out_, n, "EXPUNGE");
            counted_anew = true;
        }
    }
    if (!breaks(rfc::req::imap_exists_told) && view_->take_added()) {
        put_untagged(out_, view_->exists(), "EXISTS");
        counted_anew = true;
    }
    if (counted_anew && !rev2_) {
        put_untagged(out_, view_->recent_count(), "RECENT");
    }
    for (auto uid : view_->take_changed())
        if (!breaks(rfc::req::imap_flags_told))
            tell_flags(uid, by);
}

void conversation::tell_flags(std::uint32_t uid, numbering by) {
    auto n = view_->number_of(uid);
    auto* m = n ? view_->at(n - 1) : nullptr;
    if (!m)
        return;
    announce_keywords(m->flags);
    out_ += "* ";
    put_number(out_, n);
    out_ += " FETCH (";
    if (by == numbering::uid || (rev2_ && !breaks(rfc::req::imap_fetch_unsolicited_uid))) {
        out_ += "UID ";
        put_number(out_, uid);
        out_ += ' ';
    }
    out_ += "FLAGS ";
    put_flags(out_, m->flags, !rev2_ && view_->is_recent(uid) ? recent::yes : recent::no);
    out_ += ")\r\n";
    view_->told_flags(uid);
}

void conversation::announce_keywords(const std::set<std::string, std::less<>>& flags) {
    bool grown = false;
    for (const auto& f : flags)
        if (!f.starts_with('\\'))
            grown |= keywords_.insert(f).second;
    if (grown)
        announce_flags();
}

void conversation::announce_flags() {
    std::vector<std::string_view> flags{"\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"};
    flags.insert(flags.end(), keywords_.begin(), keywords_.end());
    put_list(out_ += "* FLAGS ", flags);
    std::erase_if(flags, [&](auto flag) { return !view_->writable() || !may_flag(*this, view_->box(), flag); });
    const bool takes_more = keywords_.size() < most_keywords || breaks(rfc::req::imap_permanentflags_limit);
    if (takes_more && view_->writable() && may_flag(*this, view_->box(), "\\*"))
        flags.push_back("\\*");
    put_list(out_ += "\r\n* OK [PERMANENTFLAGS ", flags);
    out_ += flags.empty() ? "] nothing can be changed here\r\n" : "] flags that are kept\r\n";
}

} // namespace mailspec::serve::imap
