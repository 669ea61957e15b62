#include "tests/run/puppet.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace mailspec::run::testing {
namespace {

struct connection {
    std::string to_come;
    bool open = false, closing = false;
    puppet* to = nullptr;
};

class stage_hand {
public:
    stage_hand(interpreter& plays, puppet& server, travel how) : plays_(plays), server_(server), how_(how) {}

    std::size_t run() {
        event e;
        for (;;) {
            const auto& wanted = plays_.resume(e);
            if (wanted.what == action::kind::finished)
                return operations_;
            ++operations_;
            EXPECT_LT(operations_, 5000u) << "it never ends";
            if (operations_ >= 5000)
                return operations_;
            const auto at = e.at + std::chrono::milliseconds(1);
            e = {};
            e.at = at;
            if (operations_ == how_.fail_at)
                fail(e, how_.why);
            else
                perform(wanted, e);
        }
    }

private:
    static void fail(event& e, trouble why) {
        e.why = why;
        e.sentence = "it failed";
    }

    void perform(const action& a, event& e) {
        auto& c = connections_[a.line];
        switch (a.what) {
        case action::kind::connect:
            c = connect(a.to->protocol);
            if (a.to->tls == security::implicit)
                e.tls = "TLSv1.3";
            break;
        case action::kind::start_tls: e.tls = "TLSv1.3"; break;
        case action::kind::close: c.open = false; break;
        case action::kind::send: send(a, c); break;
        case action::kind::receive:
        case action::kind::listen: receive(a, c, e); break;
        case action::kind::finished: break;
        }
    }

    connection connect(wire::protocol p) {
        const auto other = server_.others.find(p);
        auto& to = other == server_.others.end() ? server_ : other->second;
        return {to.greeting, true, false, &to};
    }

    void send(const action& a, connection& c) {
        auto said = c.to->answer(a.octets);
        if (const auto end = said.find('!'); end != std::string::npos) {
            said.resize(end);
            c.closing = true;
        }
        c.to_come += said;
    }

    void receive(const action& a, connection& c, event& e) {
        if (c.to_come.empty()) {
            fail(e, c.closing || !c.open ? trouble::closed : trouble::timed_out);
            if (e.why == trouble::timed_out)
                e.at += a.within;
            return;
        }
        const auto n = how_.most == 0 ? c.to_come.size() : std::min(how_.most, c.to_come.size());
        auto& in = *a.into;
        const auto room = in.prepare(n);
        std::copy_n(c.to_come.begin(), n, room.begin());
        in.commit(n);
        c.to_come.erase(0, n);
    }

    interpreter& plays_;
    puppet& server_;
    travel how_;
    std::map<std::size_t, connection> connections_;
    std::size_t operations_ = 0;
};

std::string show(const verdict::scenario_record& record) {
    std::string out;
    for (const auto& line : record.transcript) {
        using direction = verdict::transcript_line::direction;
        out += line.way == direction::sent ? "C: " : line.way == direction::received ? "S: " : "-: ";
        out += line.octets;
        if (!line.octets.ends_with('\n'))
            out += '\n';
    }
    return out;
}

} // namespace

puppet puppet::imap() {
    puppet p;
    p.answers = {{"LOGIN", {"@ OK [CAPABILITY IMAP4rev1 LITERAL+ NAMESPACE UNSELECT UIDPLUS] done\r\n"}},
                 {"NAMESPACE", {"* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n@ OK done\r\n"}},
                 {"CREATE", {"@ OK done\r\n"}},
                 {"APPEND", {"@ OK done\r\n"}},
                 {"SELECT", {"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n@ OK [READ-WRITE] done\r\n"}},
                 {"EXAMINE", {examined(1)}},
                 {"UNSELECT", {"@ OK done\r\n"}},
                 {"LIST", {"* LIST () \"/\" mailspec-t0k3n\r\n@ OK done\r\n"}},
                 {"LSUB", {"@ OK done\r\n"}},
                 {"DELETE", {"@ OK done\r\n"}},
                 {"NOOP", {"@ OK done\r\n"}},
                 {"LOGOUT", {"* BYE bye\r\n@ OK done\r\n!"}}};
    return p;
}

std::string puppet::examined(int messages) {
    return "* " + std::to_string(messages) + " EXISTS\r\n@ OK [READ-ONLY] done\r\n";
}

std::string puppet::shown(int number, std::string_view flags, std::size_t size) {
    return "* " + std::to_string(number) + " FETCH (UID " + std::to_string(number + 4) + " FLAGS (" +
           std::string(flags) + ") INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE " + std::to_string(size) +
           ")\r\n";
}

std::string puppet::fetched(std::string_view flags) { return shown(1, flags) + "@ OK done\r\n"; }

puppet puppet::smtp() {
    puppet p;
    p.tagged = false;
    p.greeting = "220 mail.example ESMTP\r\n";
    p.answers = {{"EHLO", {"250-mail.example\r\n250-PIPELINING\r\n250 SIZE 1000\r\n"}},
                 {"LHLO", {"250-mail.example\r\n250 PIPELINING\r\n"}},
                 {"NOOP", {"250 2.0.0 ok\r\n"}},
                 {"MAIL", {"250 2.1.0 ok\r\n"}},
                 {"RCPT", {"250 2.1.5 ok\r\n"}},
                 {"DATA", {"354 go on\r\n"}},
                 {"QUIT", {"221 bye\r\n!"}}};
    return p;
}

puppet puppet::pop3() {
    puppet p;
    p.tagged = false;
    p.greeting = "+OK ready <1.2@mail.example>\r\n";
    p.answers = {{"USER", {"+OK\r\n"}},
                 {"PASS", {"+OK\r\n"}},
                 {"NOOP", {"+OK\r\n"}},
                 {"CAPA", {"+OK\r\nUIDL\r\nTOP\r\n.\r\n"}},
                 {"QUIT", {"+OK\r\n!"}}};
    return p;
}

std::string puppet::answer(std::string_view octets) {
    heard.emplace_back(octets);
    std::string tag;
    auto words = octets;
    if (tagged) {
        tag = octets.substr(0, octets.find(' '));
        words.remove_prefix(std::min(octets.size(), tag.size() + 1));
    }
    const std::vector<std::string>* found = nullptr;
    std::string_view key;
    for (const auto& [begins, all] : answers)
        if (words.starts_with(begins) && begins.size() >= key.size()) {
            found = &all;
            key = begins;
        }
    if (!found)
        return {};
    auto& times = asked_[std::string(key)];
    auto said = (*found)[std::min(times, found->size() - 1)];
    ++times;
    for (auto at = said.find('@'); at != std::string::npos; at = said.find('@', at + tag.size()))
        said.replace(at, 1, tag);
    return said;
}

target plain_target() {
    target t;
    t.name = "puppet";
    for (const auto p : {wire::protocol::imap, wire::protocol::pop3, wire::protocol::smtp, wire::protocol::submission,
                         wire::protocol::lmtp}) {
        endpoint e;
        e.protocol = p;
        e.host = "127.0.0.1";
        e.port = default_port(p, security::none);
        t.endpoints.push_back(std::move(e));
    }
    for (const std::string user : {"alice", "bob"}) {
        account a;
        a.user = user;
        a.address = user + "@mail.example";
        a.password = "sesame-" + user;
        a.inbox = disposal::disposable;
        t.accounts.push_back(std::move(a));
    }
    return t;
}

scenario::scenario scenario_of(std::string_view inside, std::string_view attributes) {
    const auto xml = "<scenario xmlns=\"urn:mailspec:scenario:1\" id=\"t/x\" title=\"t\" " + std::string(attributes) +
                     ">\n" + std::string(inside) + "\n</scenario>";
    auto loaded =
        scenario::load("t/x", "t/x.xml", xml, [](std::string_view) { return std::string("A: b\r\n\r\nhi\r\n"); });
    if (auto* why = std::get_if<scenario::load_error>(&loaded)) {
        ADD_FAILURE() << why->show();
        return {};
    }
    return std::move(std::get<scenario::scenario>(loaded));
}

played play(const scenario::scenario& what, puppet& server, travel how) {
    return play(what, server, how, plain_target());
}

played play(const scenario::scenario& what, puppet& server, travel how, const target& against) {
    facts known;
    verdict::masker secrets;
    for (const auto& a : against.accounts)
        secrets.add_secret(a.password);
    interpreter::settings settings;
    settings.token = "t0k3n";
    interpreter plays(what, against, known, secrets, settings);
    played out;
    out.operations = stage_hand(plays, server, how).run();
    out.record = plays.take_record();
    out.transcript = show(out.record);
    return out;
}

played play(std::string_view steps_xml, puppet& server, travel how) {
    return play(scenario_of(steps_xml), server, how);
}

} // namespace mailspec::run::testing
