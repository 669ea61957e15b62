#pragma once

#include "harness/serve/imap/session.hpp"
#include "harness/serve/store.hpp"

#include "tests/serve/line_dialogue.hpp"

#include <memory>
#include <set>
#include <string>

namespace mailspec::serve {

/// A store with alice and bob, and the sessions of a test upon it.
struct imap_world {
    imap_world() {
        mail.add_account("alice", "alice-secret").token = "alice-token";
        mail.add_account("bob", "bob-secret");
    }

    /// A session that has only been greeted.
    line_dialogue connect() { return line_dialogue(std::make_unique<imap_session>(mail, options)); }

    /// A session of alice's.
    line_dialogue log_in() {
        auto c = connect();
        c.say("t LOGIN alice alice-secret");
        return c;
    }

    /// A session of alice's with that mailbox selected.
    line_dialogue select(const std::string& name = "INBOX") {
        auto c = log_in();
        c.say("t SELECT " + name);
        return c;
    }

    /// Puts a message into alice's INBOX.
    std::uint32_t deliver(std::string octets, std::set<std::string, std::less<>> flags = {}) {
        stored_message m;
        m.octets = std::make_shared<const std::string>(std::move(octets));
        m.flags = std::move(flags);
        m.internal_date = fixed_time();
        return mail.find("alice")->inbox().add(std::move(m), nullptr);
    }

    store mail;
    session_options options = plain_options();
};

inline const std::string plain_message = "Date: Mon, 7 Feb 1994 21:52:25 -0800\r\n"
                                         "From: Fred Foobar <foobar@Blurdybloop.example>\r\n"
                                         "Subject: =?utf-8?q?gr=C3=BCn?= tea\r\n"
                                         "To: mooch@owatagu.example\r\n"
                                         "Message-Id: <B27397-0100000@Blurdybloop.example>\r\n"
                                         "\r\n"
                                         "Hello Joe, do you think we can meet at 3:30 tomorrow?\r\n";

inline const std::string two_parts = "Subject: two\r\n"
                                     "MIME-Version: 1.0\r\n"
                                     "Content-Type: multipart/mixed; boundary=b\r\n"
                                     "\r\n"
                                     "--b\r\n"
                                     "Content-Type: text/plain; charset=utf-8\r\n"
                                     "Content-Transfer-Encoding: base64\r\n"
                                     "\r\n"
                                     "SGVsbG8gd29ybGQ=\r\n"
                                     "--b\r\n"
                                     "Content-Type: text/html\r\n"
                                     "\r\n"
                                     "<p>two</p>\r\n"
                                     "--b--\r\n";

} // namespace mailspec::serve
