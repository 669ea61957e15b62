#pragma once

#include "harness/rfc/catalogue.hpp"
#include "harness/run/difference.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailspec::run::testing {

using kind = declared::kind;
using place = snapshot::place;
using message = snapshot::message;

/// What a mail to bob is as it was sent.
inline constexpr std::string_view sent = "Subject: a\r\nX-Two: b\r\n c\r\n\r\nbody\r\n";

inline message mail(const std::string& id, std::string_view flags = "", const std::string& size = "120") {
    return {id, flag_set(flags), "17-Jul-1996 02:44:25 +0000", size, ""};
}

inline message post(const std::string& id, std::string_view octets) {
    auto m = mail(id);
    m.octets = octets;
    return m;
}

inline place box(const std::string& name, std::vector<message> messages, std::uint64_t next = 110) {
    place p;
    p.role = "alice";
    p.name = name;
    p.exists = true;
    p.delimiter = "/";
    p.validity = 7;
    p.next = next;
    p.messages = std::move(messages);
    return p;
}

inline place inbox_of(const std::string& role, std::vector<message> messages) {
    auto p = box("INBOX", std::move(messages), 0);
    p.what = place::kind::inbox;
    p.role = role;
    return p;
}

inline declared change(kind what, std::uint32_t number = 0, std::string_view flags = "") {
    static const rfc::requirement& proves = rfc::req::imap_store_flags;
    declared d;
    d.what = what;
    d.message = number;
    d.flags = flag_set(flags);
    d.role = "alice";
    d.mailbox = "m";
    d.words = "does so";
    d.line = 9;
    d.proves = &proves;
    return d;
}

inline declared of_mailbox(kind what, std::string mailbox, std::string to = "") {
    auto d = change(what);
    d.mailbox = std::move(mailbox);
    d.to = std::move(to);
    return d;
}

inline declared to_bob(kind what, std::uint32_t times = 1) {
    auto d = change(what);
    d.role = "bob";
    d.mailbox = "INBOX";
    d.times = times;
    return d;
}

struct trial {
    snapshot before, after;
    std::vector<declared> changes;

    std::vector<undeclared> amiss(const told* acting = nullptr,
                                  comparison::uids next = comparison::uids::only_by_arrivals) const {
        watch at;
        at.role = "alice";
        at.home = "m";
        const std::vector<std::string> mails{std::string(sent)};
        return compare({before, after, changes, mails, acting, at, next});
    }
    /// "message 1: () -> (\Seen)" for each.
    std::vector<std::string> rows() const {
        std::vector<std::string> out;
        for (const auto& u : amiss())
            out.push_back(u.row.what + ": " + u.row.before + " -> " + u.row.after);
        return out;
    }
    std::vector<std::string> broken() const {
        std::vector<std::string> out;
        for (const auto& u : amiss())
            out.emplace_back(u.proves ? u.proves->id : "the effect's");
        return out;
    }
};

inline trial of_m(std::vector<message> before, std::vector<message> after, std::vector<declared> changes = {}) {
    return {{{box("m", std::move(before))}}, {{box("m", std::move(after))}}, std::move(changes)};
}

} // namespace mailspec::run::testing
