#include "harness/match/near_name.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/scenario/loader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mailspec::scenario {

namespace {

constexpr std::string_view our_namespace = "urn:mailspec:scenario:1";

constexpr std::array<std::string_view, 18> every_step = {
    "C",       "data",  "raw",    "pipeline", "poll",   "if", "repeat", "check", "starttls",
    "connect", "close", "hangup", "quiet",    "effect", "S",  "never",  "may",   "outcomes"};
constexpr std::array<std::string_view, 6> every_session = {"imap", "pop3", "smtp", "submission", "lmtp", "managesieve"};
constexpr std::array<std::string_view, 7> every_other = {"scenario", "note",    "message", "either",
                                                         "option",   "outcome", "change"};

} // namespace

std::span<const std::string_view> step_names() { return every_step; }

void refuse_misplaced(const element& e, std::string_view inside, std::span<const std::string_view> allowed) {
    std::vector<std::string_view> all(every_step.begin(), every_step.end());
    all.insert(all.end(), every_session.begin(), every_session.end());
    all.insert(all.end(), every_other.begin(), every_other.end());
    const std::string shown = "<" + std::string(e.name()) + ">";
    if (std::find(all.begin(), all.end(), e.name()) != all.end())
        e.refuse(shown + " cannot stand here inside <" + std::string(inside) + ">");
    const std::string_view near = match::near_name(e.name(), allowed);
    e.refuse("unknown element " + shown + (near.empty() ? "" : "; did you mean <" + std::string(near) + ">?"));
}

std::chrono::milliseconds duration_of(const element& e, const char* attribute, std::chrono::milliseconds otherwise) {
    if (!e.has(attribute))
        return otherwise;
    const std::string_view said = e.get(attribute, "");
    long n = 0;
    const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), n);
    const std::string_view unit(end, said.data() + said.size());
    const long factor = unit == "ms" ? 1 : unit == "s" ? 1000 : unit == "m" ? 60000 : 0;
    if (error != std::errc() || n < 0 || factor == 0)
        e.refuse_value(attribute, std::string(attribute) + " is a time, as in 500ms, 30s or 2m");
    if (n > 3'600'000 / factor)
        e.refuse_value(attribute, std::string(attribute) + " is at most an hour");
    return std::chrono::milliseconds(n * factor);
}

std::vector<std::pair<std::string, std::size_t>> words_of(std::string_view list) {
    std::vector<std::pair<std::string, std::size_t>> out;
    for (std::size_t at = list.find_first_not_of(' '); at != std::string_view::npos;
         at = list.find_first_not_of(' ', at)) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        out.emplace_back(list.substr(at, end - at), at);
        at = end;
    }
    return out;
}

std::string_view one_of(const element& e, const char* attribute, std::string_view otherwise,
                        std::initializer_list<std::string_view> values) {
    const std::string_view said = e.get(attribute, otherwise);
    if (!e.has(attribute) || std::find(values.begin(), values.end(), said) != values.end())
        return said;
    std::string all;
    for (const std::string_view v : values)
        all.append(all.empty() ? "" : v == *(values.end() - 1) ? " or " : ", ").append(v);
    e.refuse_value(attribute, std::string(attribute) + " is " + all + ", not \"" + std::string(said) + "\"" +
                                  match::did_you_mean(said, {values.begin(), values.size()}));
}

const rfc::requirement& requirement_in(const element& e, const char* attribute, const std::string& id, std::size_t at) {
    if (const rfc::requirement* found = rfc::find(id))
        return *found;
    std::vector<std::string_view> all;
    for (const rfc::requirement& r : rfc::catalogue())
        all.push_back(r.id);
    e.refuse_value(attribute, "unknown requirement " + id + match::did_you_mean(id, all), at);
}

std::string_view trimmed(std::string_view s) {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = s.find_first_not_of(white);
    return first == std::string_view::npos ? std::string_view()
                                           : s.substr(first, s.find_last_not_of(white) - first + 1);
}

scenario loader::load(const element& root) {
    if (root.name() != "scenario")
        root.refuse("the file's element is <" + std::string(root.name()) + ">, expected <scenario>");
    root_attributes(root);
    const std::vector<element> children = root.children();
    elements left(children);
    if (!left.empty() && left.front().name() == "note") {
        left.front().only({});
        left.front().text();
        left = left.subspan(1);
    }
    const auto is_session = [](const element& e) {
        return std::find(every_session.begin(), every_session.end(), e.name()) != every_session.end();
    };
    for (; !left.empty() && is_session(left.front()); left = left.subspan(1))
        add_session(left.front());
    if (out_.sessions.empty()) {
        const element& at = left.empty() ? root : left.front();
        if (!left.empty() && std::find(every_step.begin(), every_step.end(), at.name()) == every_step.end())
            refuse_misplaced(at, "scenario", every_session);
        at.refuse("a session must be declared before the first step: <imap>, <pop3>, <smtp>, <submission>, <lmtp> or "
                  "<managesieve>");
    }
    needs(root);
    if (left.empty())
        root.refuse("the scenario has no steps");
    for (const element& e : left)
        if (is_session(e))
            e.refuse("<" + std::string(e.name()) + "> declares a session and must stand before the first step");
    const bool greets = out_.sessions.front().state == session_state::connected && is_answer(left.front());
    if (greets)
        out_.steps.push_back(greeting(left, 0));
    for (step& s : steps(left, 0))
        out_.steps.push_back(std::move(s));
    evidence_for_all(root);
    return std::move(out_);
}

void loader::root_attributes(const element& root) {
    root.only({"xmlns", "xmlns:xsi", "xsi:schemaLocation", "id", "title", "proves", "asks", "tags", "needs"});
    if (root.get("xmlns", "") != our_namespace) {
        const std::string sentence = "the namespace of a scenario is " + std::string(our_namespace);
        root.has("xmlns") ? root.refuse_value("xmlns", sentence)
                          : root.refuse(sentence + "; the attribute xmlns is missing");
    }
    const std::string_view id = root.required("id");
    if (id != out_.id)
        root.refuse_value("id", "the id must be the path below the folder of scenarios: \"" + out_.id + "\"");
    out_.title = root.required("title");
    if (trimmed(out_.title).empty())
        root.refuse_value("title", "the title is empty");
    asks_ = root.get("asks", "");
    if (root.has("asks") && trimmed(asks_).empty())
        root.refuse_value("asks", "the question is empty");
    for (auto& [tag, at] : words_of(root.get("tags", "")))
        out_.tags.push_back(std::move(tag));
    out_.where = root.where();
    proves(root);
}

void loader::proves(const element& root) {
    for (const auto& [id, at] : words_of(root.get("proves", ""))) {
        out_.proves.push_back(&requirement_in(root, "proves", id, at));
    }
}

/// The requirement that this step alone is evidence of; null where it does not say.
const rfc::requirement* loader::proven_by(const element& e) {
    if (!e.has("proves"))
        return nullptr;
    const std::string_view id = e.get("proves", "");
    if (id == no_evidence.id)
        return &no_evidence;
    std::vector<std::string_view> all;
    for (const rfc::requirement* r : out_.proves) {
        if (r->id == id)
            return *evident_.insert(r).first;
        all.push_back(r->id);
    }
    if (trimmed(id).empty())
        e.refuse_value("proves", "no requirement is named");
    e.refuse_value("proves",
                   "the scenario does not say that it proves " + std::string(id) + match::did_you_mean(id, all));
}

/// Where several things are proven, it must show which step proves which: a failure accuses one of them.
void loader::evidence_for_all(const element& root) const {
    const auto words = words_of(root.get("proves", ""));
    for (std::size_t i = 1; i < words.size(); ++i)
        if (!evident_.contains(out_.proves[i]))
            root.refuse_value("proves",
                              "no step says that it is evidence of " + words[i].first +
                                  ": the one that is needs the attribute proves",
                              words[i].second);
}

/// Every wish is kept with its protocol: "imap:UIDPLUS", "imap:!IMAP4rev2".
void loader::needs(const element& root) {
    const auto has_session = [&](std::string_view p) {
        return std::any_of(out_.sessions.begin(), out_.sessions.end(),
                           [&](const session& s) { return wire::to_string(s.protocol) == p; });
    };
    for (auto& [wish, at] : words_of(root.get("needs", ""))) {
        const std::size_t colon = wish.find(':');
        const std::string protocol = colon == std::string::npos ? "" : wish.substr(0, colon);
        if (colon == std::string::npos) {
            const std::string_view first = wire::to_string(out_.sessions.front().protocol);
            const bool one = std::all_of(out_.sessions.begin(), out_.sessions.end(),
                                         [&](const session& s) { return wire::to_string(s.protocol) == first; });
            if (!one)
                root.refuse_value(
                    "needs", "several protocols are spoken here: say which one must announce it, as in imap:" + wish,
                    at);
            wish = std::string(first) + ":" + wish;
        } else if (std::find(every_session.begin(), every_session.end(), protocol) == every_session.end()) {
            root.refuse_value("needs", "unknown protocol " + protocol + match::did_you_mean(protocol, every_session),
                              at);
        } else if (!has_session(protocol)) {
            root.refuse_value("needs", "no session here speaks " + protocol, at);
        }
        const std::string_view name = std::string_view(wish).substr(wish.find(':') + 1);
        if (name.empty() || name == "!")
            root.refuse_value("needs", "the name of a capability is missing", at);
        out_.needs.push_back(std::move(wish));
    }
}

} // namespace mailspec::scenario
