#include "harness/serve/mischief.hpp"
#include "harness/serve/pop3/session.hpp"
#include "harness/serve/smtp/session.hpp"
#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/digest.hpp"

#include "tests/serve/line_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::serve {
namespace {

/// Everything that POP3 and SMTP sessions can be asked, in one text without what differs by chance.
class behaviour {
public:
    explicit behaviour(const mischief& breaches) : breaches_(breaches) {
        mail_.add_account("alice", "secret");
        mail_.add_account("bob", "word");
        mail_.add_account("carol", "phrase");
        for (auto p : {wire::protocol::smtp, wire::protocol::submission, wire::protocol::lmtp})
            play_smtp(p);
        drop_smtp();
        play_tls();
        play_pop3();
    }

    const std::string& text() const { return text_; }

private:
    session_options wanted() const {
        auto o = plain_options();
        o.breaches = &breaches_;
        return o;
    }

    line_dialogue smtp(wire::protocol p) { return line_dialogue(std::make_unique<smtp::session>(mail_, p, wanted())); }

    line_dialogue pop3() { return line_dialogue(std::make_unique<pop3::session>(mail_, wanted())); }

    void note(std::string answer) {
        for (auto id = answer.find("delivered as "); id != answer.npos; id = answer.find("delivered as "))
            answer.erase(id, answer.find_first_of("\r\n", id) - id);
        text_ += answer;
    }

    void note_mail() {
        for (const auto* user : {"alice", "bob", "carol"})
            for (const auto& m : mail_.find(user)->inbox().messages())
                text_ += m.octets->substr(m.octets->find("Subject"));
    }

    void play_smtp(wire::protocol p) {
        auto d = smtp(p);
        note(d.greeting());
        auto login = wire::sasl::base64_encode(std::string("\0alice\0secret", 13));
        for (const auto* line : {"HELO a", "EHLO a", "LHLO a", "NOOP", "RSET", "VRFY alice", "XYZZY", "MAIL FROM:<a@b>",
                                 "RSET", "DATA", "AUTH PLAIN", login.c_str(), "MAIL FROM:<a@b> SIZE=99999999",
                                 "MAIL FROM:<a@b>", "RSET", "RCPT TO:<bob@mailspec.test>", "RSET", "MAIL FROM:<a@b>"})
            note(d.say(line));
        note(d.raw("NOOP\r\nRCPT TO:<alice@mailspec.test>\r\nRCPT TO:<bob@mailspec.test>\r\n"));
        note(d.say("DATA"));
        note(d.raw("Subject: \xe4\r\n\r\n..dot\r\n.\r\n"));
        note_mail();
        note(d.say("MAIL FROM:<a@b>"));
        note(d.say("DATA"));
        note(d.raw(".\r\n"));
        for (const auto* line : {"RSET", "MAIL FROM:<a@b>", "RCPT TO:<bob@mailspec.test>", "DATA"})
            note(d.say(line));
        note(d.raw("Subject: lone\n.\nRSET\r\n.\r\n"));
        note(d.say("QUIT"));
    }

    /// The connection goes before the final dot.
    void drop_smtp() {
        {
            auto d = smtp(wire::protocol::smtp);
            note(d.raw("EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@mailspec.test>\r\n"));
            note(d.say("DATA"));
            note(d.raw("Subject: cut off\r\n"));
        }
        note_mail();
    }

    void play_tls() {
        auto d = smtp(wire::protocol::smtp);
        note(d.raw("EHLO a\r\nMAIL FROM:<a@b>\r\n"));
        note(d.say("STARTTLS"));
        if (!d.wants_tls())
            return;
        d.tls_started();
        note(d.say("EHLO a"));
        note(d.say("RCPT TO:<bob@mailspec.test>"));
    }

    void put(std::string_view octets) {
        stored_message m;
        m.octets = std::make_shared<const std::string>(octets);
        mail_.find("alice")->inbox().add(std::move(m), nullptr);
    }

    void play_pop3() {
        put("Subject: one\r\n\r\nfirst\r\n.second\r\n");
        put("Subject: two\r\n\r\n");
        play_pop3_logins();
        auto d = pop3();
        for (const auto* line :
             {"STAT",   "XYZZY",   "CAPA", "USER alice", "PASS secret", "CAPA", "STAT", "LIST", "LIST 99", "NOOP",
              "RETR 4", "TOP 4 1", "UIDL", "DELE 4",     "DELE 4",      "STAT", "LIST", "UIDL", "RSET",    "STAT"})
            note(d.say(line));
        auto second = pop3();
        second.say("USER alice");
        note(second.say("PASS secret"));
        d.say("DELE 5");
        note(d.say("QUIT"));
        note(d.is_closed() ? "closed" : "open");
        note_mail();
    }

    void play_pop3_logins() {
        auto d = pop3();
        auto greeting = d.greeting();
        note(greeting.substr(0, greeting.find('<')));
        d.say("USER alice");
        note(d.say("PASS wrong"));
        note(d.say("AUTH PLAIN"));
        note(d.say("*"));
        note(d.say("STLS"));
        note(pop3().say("APOP alice 0123456789abcdef0123456789abcdef"));
        {
            auto by_digest = pop3();
            auto stamp = by_digest.greeting().substr(by_digest.greeting().find('<'));
            stamp.resize(stamp.find('>') + 1);
            note(by_digest.say("APOP alice " + wire::sasl::apop_digest(stamp, "secret")));
            by_digest.say("DELE 1");
        }
        {
            auto by_sasl = pop3();
            note(by_sasl.say("AUTH PLAIN " + wire::sasl::base64_encode(std::string("\0alice\0secret", 13))));
        }
        note_mail();
    }

    const mischief& breaches_;
    store mail_;
    std::string text_;
};

TEST(OtherMischief, IsTheSameBehaviourTwiceWithout) {
    EXPECT_TRUE(behaviour(mischief::none()).text() == behaviour(mischief::none()).text());
}

TEST(OtherMischief, ShowsInTheDialogueWhateverIsBroken) {
    const auto right = behaviour(mischief::none()).text();
    for (const auto id :
         {"smtp.ehlo", "smtp.data.transparency", "lmtp.data.reply-each", "pop3.noop", "pop3.stat", "pop3.uidl"})
        EXPECT_FALSE(behaviour(mischief({id})).text() == right) << id;
}

} // namespace
} // namespace mailspec::serve
