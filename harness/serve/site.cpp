#include "harness/serve/site.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/serve/imap/session.hpp"
#include "harness/serve/pop3/session.hpp"
#include "harness/serve/random_secret.hpp"
#include "harness/serve/smtp/session.hpp"

namespace mailspec::serve {

namespace {

std::vector<options::user> default_users(const provider& plays) {
    const auto domain = plays.domain;
    // Where there are digests at all, one user has to use them (RFC 1939 section 13, RFC 2195 section 4).
    const bool digests = plays.pop3.greeting.empty() || plays.takes(plays.pop3, "CRAM-MD5");
    std::vector<options::user> users;
    for (const std::string name : {"alice", "bob", "carol"})
        users.push_back({domain.empty() ? name : name + '@' + std::string(domain), random_secret(), random_secret(),
                         digests && name == "carol"});
    return users;
}

std::chrono::sys_seconds time_of_day() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

} // namespace

site::site(options o) : wanted_(std::move(o)), breaches_(wanted_.mischief) {
    if (const auto* known = provider::find(wanted_.provider))
        plays_ = known;
    if (wanted_.users.empty())
        wanted_.users = default_users(*plays_);
    for (const auto& u : wanted_.users) {
        auto& who = mail_.add_account(u.name, u.password, plays_->folders);
        who.token = u.token;
        who.only_digests = u.only_digests;
    }
}

std::string site::prepare() {
    auto unknown = mischief::refused(wanted_.mischief);
    if (!unknown.empty())
        return "the built-in server has no mischief " + std::string(unknown);
    if (!wanted_.provider.empty() && plays_ == &provider::none())
        return "the built-in server cannot play " + wanted_.provider;
    return {};
}

bool site::has_only_old_tls() const {
    return breaches_.breaks(rfc::req::tls_version) || breaches_.breaks(rfc::req::imap_tls_version);
}

std::unique_ptr<session> site::make_session(wire::protocol spoken, session_options::channel over) {
    session_options o;
    o.starttls = has_tls() ? session_options::tls::available : session_options::tls::unavailable;
    o.over = over;
    o.breaches = &breaches_;
    o.plays = plays_;
    o.clock = time_of_day;
    switch (spoken) {
    case wire::protocol::imap: return std::make_unique<imap_session>(mail_, std::move(o));
    case wire::protocol::pop3: return std::make_unique<pop3::session>(mail_, std::move(o));
    default: return std::make_unique<smtp::session>(mail_, spoken, std::move(o));
    }
}

} // namespace mailspec::serve
