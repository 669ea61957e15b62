#include "harness/scenario/lint.hpp"

#include "harness/match/ascii.hpp"
#include "harness/match/compiled.hpp"

#include <algorithm>
#include <map>

namespace mailspec::scenario {

namespace {

using kind = match::expectation::kind;

class linter {
public:
    explicit linter(const scenario& s) : of_(s), spoken_on_(s.sessions.size(), false) {}

    std::vector<warning> run() {
        look_at(of_.steps);
        for (const auto& [name, line] : captured_)
            if (uses_[name] < 2)
                warn(line, "nothing uses the capture ${" + name + "}; ${_} stands for any value");
        for (std::size_t i = 0; i < of_.sessions.size(); ++i)
            if (!spoken_on_[i] && !matters_by_itself(of_.sessions[i]))
                warn(of_.sessions[i].where.line, "no step speaks on the session " + of_.sessions[i].name);
        std::stable_sort(found_.begin(), found_.end(),
                         [](const warning& a, const warning& b) { return a.line < b.line; });
        return std::move(found_);
    }

private:
    void warn(std::uint32_t line, std::string message) { found_.push_back({of_.file, line, std::move(message)}); }

    /// A mailbox selected or a maildrop locked is something, also where no step speaks there.
    bool matters_by_itself(const session& s) const {
        const bool holds =
            s.state == session_state::selected || s.state == session_state::transaction || !s.messages.empty();
        return holds || std::any_of(uses_.begin(), uses_.end(),
                                    [&](const auto& use) { return use.first.starts_with(s.name + "."); });
    }

    void look_at(const block& steps) {
        for (const step& s : steps) {
            spoken_on_[s.session] = true;
            std::visit([&](const auto& what) { look_at(what, s); }, s.what);
        }
    }

    void look_at(const command& c, const step& s) {
        look_at(c.text);
        look_at(c.expected);
        const std::string_view said = c.text.source();
        const bool login =
            match::same_letters(said.substr(0, 6), "LOGIN ") || match::same_letters(said.substr(0, 5), "PASS ");
        if (c.form == command::form::line && login && c.text.is_constant())
            warn(s.where.line, "a password is written out here; ${alice.password} keeps it out of files and reports");
    }
    void look_at(const pipeline& p, const step&) { look_at(p.commands); }
    void look_at(const condition& c, const step&) { look_at(c.then); }
    void look_at(const repeat& r, const step&) { look_at(r.body); }
    void look_at(const start_tls& t, const step&) {
        look_at(t.behind);
        look_at(t.body);
    }
    void look_at(const effect& e, const step&) {
        for (const auto& c : e.changes) {
            look_at(c.mailbox);
            look_at(c.to);
        }
        look_at(e.body);
    }
    void look_at(const greeting_check& g, const step&) { look_at(g.expected); }
    void look_at(const outcomes& o, const step&) {
        for (const trial& each : o.trials) {
            look_at(each.body);
            look_at(each.answer);
        }
    }
    void look_at(const check& c, const step&) {
        look_at(c.left);
        look_at(c.right);
    }
    void look_at(const poll& p, const step& s) {
        look_at(p.body);
        look_at(p.unsolicited);
        if (!p.body.empty() && std::none_of(p.body.begin(), p.body.end(), awaits_something))
            warn(s.where.line, "this <poll> waits for nothing: it ends as soon as its commands succeed once");
    }
    template <class Other> void look_at(const Other&, const step&) {}

    static bool awaits_something(const step& s) {
        const auto* c = std::get_if<command>(&s.what);
        return !c || !c->expected.wanted.all.empty() || !c->expected.alternatives.empty();
    }

    void look_at(const match::text& t) {
        for (const auto& [name, at] : t.names())
            ++uses_[name];
    }

    void look_at(const answer& a) {
        for (const match::expectation& e : a.wanted.all)
            look_at(e);
        for (const alternative& each : a.alternatives) { // each begins with what stands before the alternatives
            for (std::size_t i = a.wanted.all.size(); i < each.wanted.all.size(); ++i)
                look_at(each.wanted.all[i]);
            look_at(each.answer);
        }
    }

    void look_at(const match::expectation& e) {
        for (const auto& use : e.shape.names()) {
            ++uses_[use.name];
            const bool given = use.name.find('.') != std::string::npos || use.name == "mailbox" ||
                               use.name == "token" || use.name == "greeting" || use.name == "delimiter" ||
                               use.name == "namespace";
            if (use.capturing && e.what == kind::must && !given)
                captured_.emplace(use.name, e.line);
        }
        if (e.shape.inner().strict.words == match::strictness::words::compared)
            warn(e.line, "the prose of a server is compared word for word; other servers say it otherwise");
    }

    const scenario& of_;
    std::vector<warning> found_;
    std::vector<bool> spoken_on_;
    std::map<std::string, std::uint32_t> captured_; ///< name, line of its first capture
    std::map<std::string, int> uses_;
};

} // namespace

std::vector<warning> lint(const scenario& s) { return linter(s).run(); }

std::string warning::show() const { return file + ":" + std::to_string(line) + ": warning: " + message + "\n"; }

} // namespace mailspec::scenario
