#include "harness/run/recorded/audit.hpp"

#include "harness/run/conclude.hpp"
#include "harness/run/dialogue.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/recorded/follower.hpp"
#include "harness/run/recorded/secrets.hpp"
#include "harness/run/transcript_log.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace mailspec::run::recorded {
namespace {

using wire::protocol;

/// What a client says next is sought in so many lines.
constexpr std::size_t most_looked_ahead = 1000;

std::string_view word(std::string_view text, std::size_t which) {
    for (; which > 0; --which)
        text.remove_prefix(std::min(text.find(' '), text.size()) == text.size() ? text.size() : text.find(' ') + 1);
    return text.substr(0, text.find(' '));
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return is_command(word, n); });
}

/// What a line of a server shows of its protocol.
std::optional<protocol> protocol_of_line(std::string_view said) {
    const auto first = word(said, 0);
    const auto digits = said.substr(0, said.find_first_not_of("0123456789"));
    const bool code = digits.size() == 3 && digits[0] >= '2' && digits[0] <= '5';
    if (code && (said.size() == 3 || said[3] == ' ' || said[3] == '-'))
        return protocol::smtp;
    if (is_one_of(first, {"+OK", "-ERR"}))
        return protocol::pop3;
    if (first == "*" || (said.find(' ') != said.npos && is_one_of(word(said, 1), {"OK", "NO", "BAD"})))
        return protocol::imap;
    return std::nullopt;
}

/// The lines of one part, session by session, in their order.
class auditor {
public:
    auditor(const recording& r, const std::vector<line>& part, std::optional<protocol> spoken,
            std::vector<std::string>& names, finding_log& findings)
        : part_(part), file_(r.file), names_(names), of_{r.by, findings}, spoken_(spoken) {
        if (r.by != recording::writer::mailspec)
            of_.imap.note_writer(0); // who else changes these mailboxes meanwhile is not written down
    }

    /// Gives the sentence that says why a protocol cannot be told, or nothing.
    std::optional<std::string> run() {
        for (std::size_t at = 0; at < part_.size(); ++at)
            if (part_[at].who == line::speaker::client && is_command(word(part_[at].octets, 0), "LHLO"))
                last_lhlo_[part_[at].session] = at;
        for (std::size_t at = 0; at < part_.size();) {
            const auto& first = part_[at];
            std::size_t end = at + 1;
            while (end < part_.size() && part_[end].who == first.who && part_[end].session == first.session &&
                   first.who != line::speaker::note)
                ++end;
            if (first.who == line::speaker::note)
                note(first);
            else if (auto fault = take(at, end))
                return fault;
            at = end;
        }
        return std::nullopt;
    }

    std::vector<std::string> unwatched() const { return of_.imap.unwatched(); }

private:
    struct session {
        std::unique_ptr<follower> by;
        bool tls_due = false; ///< STARTTLS was the last thing that the client said
        bool tls = false;     ///< it was there before the greeting
    };

    void note(const line& said) {
        const bool tls = said.octets.find("TLS") != said.octets.npos && said.octets.find("fail") == said.octets.npos;
        auto& s = sessions_[said.session];
        if (said.octets.ends_with(lines_left_out)) {
            sessions_.clear();
            gap_ = true;
        } else if (s.by && said.octets.starts_with(came_unasked)) {
            s.by->unasked(said, std::string_view(said.octets).substr(came_unasked.size()));
        } else if (s.by && said.octets == has_closed) {
            s.by->closed(said);
        } else if (said.octets == reconnects) {
            s = {};
        } else if (tls && s.by && s.tls_due) {
            s.by->secured();
        } else if (tls && of_.by == recording::writer::mailspec) {
            s = {};
            s.tls = true;
        }
    }

    std::optional<std::string> take(std::size_t at, std::size_t end) {
        auto lines = std::span(part_).subspan(at, end - at);
        auto& s = sessions_[lines.front().session];
        const bool client = lines.front().who == line::speaker::client;
        if (!client)
            of_.next = next_of_client(end, lines.front().session, most_looked_ahead).value_or(std::string_view());
        while (!lines.empty()) {
            if (s.by && !client && s.by->begins_anew(lines.front()))
                s = {};
            if (auto fault = s.by ? std::nullopt : begin(s, end - lines.size()))
                return fault;
            if (!client) {
                s.by->received(lines);
                continue;
            }
            const auto& last = lines.back().octets;
            s.tls_due = is_one_of(word(last, 0), {"STARTTLS", "STLS"}) || is_command(word(last, 1), "STARTTLS");
            s.by->sent(std::exchange(lines, {}));
        }
        return std::nullopt;
    }

    /// A connection that begins with that line.
    std::optional<std::string> begin(session& s, std::size_t at) {
        const auto& first = part_[at];
        const auto kind = protocol_of(at);
        if (!kind || *kind == protocol::managesieve)
            return file_ + ":" + std::to_string(first.number) +
                   ": nothing here tells whether this is IMAP, POP3, SMTP or LMTP; --protocol says it";
        spoke_[first.session] = *kind;
        names_.push_back(first.session.empty() ? std::string(to_string(*kind)) : first.session);
        s.by = make_follower(of_, begun_at(at, *kind), *kind, names_.size() - 1);
        if (s.tls)
            s.by->secured();
        return std::nullopt;
    }

    /// A session of mailspec's own speaks one protocol: what stands behind a gap may be a line of a message.
    std::optional<protocol> protocol_of(std::size_t at) const {
        if (spoken_)
            return spoken_;
        const auto found = spoke_.find(part_[at].session);
        const auto before = found == spoke_.end() ? std::nullopt : std::optional(found->second);
        if (before && of_.by == recording::writer::mailspec)
            return before;
        const auto seen = protocol_at(at);
        return seen ? seen : before;
    }

    std::optional<protocol> protocol_at(std::size_t at) const {
        const auto& name = part_[at].session;
        std::optional<protocol> out;
        for (auto i = at; i < part_.size() && !out; ++i)
            if (part_[i].session == name && part_[i].who == line::speaker::server)
                out = protocol_of_line(part_[i].octets);
        const auto lhlo = last_lhlo_.find(name);
        const bool lmtp = lhlo != last_lhlo_.end() && lhlo->second >= at;
        return out == protocol::smtp && lmtp ? protocol::lmtp : out;
    }

    /// Looks no further than so many lines.
    std::optional<std::string_view> next_of_client(std::size_t from, std::string_view name, std::size_t most) const {
        const auto ahead = std::span(part_).subspan(from, std::min(most, part_.size() - from));
        const auto next = std::find_if(ahead.begin(), ahead.end(), [&](const line& l) {
            return l.session == name && l.who == line::speaker::client;
        });
        return next == ahead.end() ? std::nullopt : std::optional<std::string_view>(next->octets);
    }

    /// A piece of a session may begin with an answer that looks like a greeting: what the client says next tells.
    follower::begun begun_at(std::size_t at, protocol kind) const {
        const auto& first = part_[at];
        if (kind == protocol::imap && first.octets.starts_with("* PREAUTH"))
            return follower::begun::greeting;
        if (gap_ || first.who != line::speaker::server)
            return follower::begun::midway;
        if (of_.by == recording::writer::mailspec)
            return follower::begun::greeting;
        const auto next = next_of_client(at, first.session, part_.size());
        const auto verb = next ? word(*next, 0) : std::string_view("QUIT");
        bool greets = false;
        switch (kind) {
        case protocol::imap:
            greets = word(first.octets, 0) == "*" && is_one_of(word(first.octets, 1), {"OK", "PREAUTH", "BYE"});
            break;
        case protocol::pop3: greets = is_one_of(verb, {"USER", "APOP", "AUTH", "CAPA", "STLS", "QUIT"}); break;
        default: greets = is_one_of(verb, {"EHLO", "HELO", "LHLO", "QUIT"}); break;
        }
        return greets ? follower::begun::greeting : follower::begun::midway;
    }

    const std::vector<line>& part_;
    const std::string& file_;
    std::vector<std::string>& names_;
    together of_;
    std::optional<protocol> spoken_;
    std::map<std::string, session, std::less<>> sessions_;
    std::map<std::string, protocol, std::less<>> spoke_;        ///< by session
    std::map<std::string, std::size_t, std::less<>> last_lhlo_; ///< by session: where its last LHLO is
    bool gap_ = false; ///< lines were left out: no session is known from its beginning
};

verdict::transcript_line show(const line& l, const verdict::masker& secrets) {
    using direction = verdict::transcript_line::direction;
    verdict::transcript_line out;
    out.way = l.who == line::speaker::client   ? direction::sent
              : l.who == line::speaker::server ? direction::received
                                               : direction::note;
    out.session = l.session;
    out.octets = secrets.mask(l.octets) + (out.way == direction::note ? "" : "\r\n");
    return out;
}

} // namespace

std::variant<verdict::scenario_record, std::string> audit(const recording& r, std::optional<protocol> spoken) {
    finding_log findings;
    std::vector<std::string> names;
    std::set<std::string> unwatched;
    for (const auto& part : r.parts) {
        auditor one(r, part, spoken, names, findings);
        if (auto fault = one.run())
            return *fault;
        for (auto& each : one.unwatched())
            unwatched.insert(std::move(each));
    }
    const auto secrets = secrets_of(r);
    verdict::scenario_record record;
    record.info.id = record.info.file = r.file;
    record.info.title = audit_title;
    record.info.unit = "recording";
    record.result = verdict::outcome::conforms;
    std::vector<std::uint32_t> numbers;
    for (const auto& part : r.parts)
        for (const auto& each : part) {
            record.transcript.push_back(show(each, secrets));
            numbers.push_back(each.number);
        }
    for (const auto& each : findings.all()) {
        verdict::observed seen;
        seen.what = each.what;
        seen.times = each.times;
        seen.transcript_at = each.at.transcript;
        seen.session = names[each.at.line] + ", " + r.file + ":" + std::to_string(numbers[seen.transcript_at]);
        record.info.line = record.info.line == 0 ? numbers[seen.transcript_at] : record.info.line;
        add_finding(std::move(seen), secrets, record);
    }
    add_notes(findings, {unwatched.begin(), unwatched.end()}, record);
    return record;
}

} // namespace mailspec::run::recorded
