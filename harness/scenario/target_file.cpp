#include "harness/scenario/target_file.hpp"

#include "harness/match/near_name.hpp"
#include "harness/scenario/document.hpp"
#include "harness/wire/sasl/mechanism.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mailspec::scenario {

namespace {

using wire::protocol;

constexpr std::string_view target_namespace = "urn:mailspec:target:1";
constexpr std::array<std::string_view, 9> element_names{"imap",        "pop3",    "smtp",        "submission", "lmtp",
                                                        "managesieve", "account", "after-login", "note"};

/// A value that is one of a few words.
std::size_t one_of(const element& e, const char* attribute, std::initializer_list<std::string_view> words) {
    const auto said = e.get(attribute, "");
    const auto* found = std::find(words.begin(), words.end(), said);
    if (found != words.end())
        return static_cast<std::size_t>(found - words.begin());
    std::string all;
    for (const auto word : words)
        all += (all.empty() ? "" : " or ") + std::string(word);
    e.refuse_value(attribute,
                   std::string(attribute) + " is " + all + match::did_you_mean(said, {words.begin(), words.size()}));
}

std::string not_empty(const element& e, const char* attribute) {
    const auto said = e.required(attribute);
    if (said.empty())
        e.refuse_value(attribute, std::string(attribute) + " must not be empty");
    return std::string(said);
}

/// It becomes part of a command or a name to look up: a line break in it would begin another.
std::string one_line(const element& e, const char* attribute) {
    auto said = not_empty(e, attribute);
    if (const auto at = said.find_first_of("\t\r\n"); at != std::string::npos)
        e.refuse(e.value_at(attribute, at), std::string(attribute) + " must be one line without tabs");
    return said;
}

std::string load_address(const element& e) {
    const auto said = e.get("address", "");
    const auto at = said.find('@');
    if (at == 0 || at >= said.size() - 1 || said.find_first_of("<>\t\r\n") != std::string_view::npos)
        e.refuse_value("address", "address is a mail address, as in alice@example.org");
    return std::string(said);
}

/// A SASL mechanism, or one of the protocols' own commands.
std::string load_auth(const element& e) {
    const auto sasl = wire::sasl::known_mechanisms();
    std::vector<std::string_view> known(sasl.begin(), sasl.end());
    known.insert(known.end(), {"APOP", "command"});
    const auto said = e.get("auth", "");
    if (std::find(known.begin(), known.end(), said) == known.end())
        e.refuse_value("auth", "auth is " + wire::sasl::known_mechanisms_text() + ", APOP or command" +
                                   match::did_you_mean(said, known));
    return std::string(said);
}

target_file::endpoint load_endpoint(const element& e, protocol p) {
    using verification = target_file::endpoint::verification;
    constexpr std::array choices{tls_choice::none, tls_choice::starttls, tls_choice::implicit};
    e.only({"host", "port", "tls", "ca", "verify", "server-name"});
    e.empty();
    target_file::endpoint out;
    out.protocol = p;
    out.host = one_line(e, "host");
    if (e.has("port")) {
        const auto said = e.get("port", "");
        const auto [end, failed] = std::from_chars(said.data(), said.data() + said.size(), out.port);
        if (failed != std::errc() || end != said.data() + said.size() || out.port == 0)
            e.refuse_value("port", "port is a number from 1 to 65535");
    }
    if (e.has("tls"))
        out.tls = choices[one_of(e, "tls", {"none", "starttls", "implicit"})];
    if (e.has("verify"))
        out.verify = one_of(e, "verify", {"yes", "no"}) == 0 ? verification::full : verification::none;
    out.ca = e.get("ca", "");
    out.server_name = e.get("server-name", "");
    return out;
}

/// One of "password", "password-env", "password-file", ...: whichever is given; two are refused.
target_file::secret load_secret(const element& e, const std::string& what) {
    using source = target_file::secret::source;
    constexpr std::array<std::pair<std::string_view, source>, 5> ways{{{"", source::given},
                                                                       {"-env", source::environment},
                                                                       {"-file", source::file},
                                                                       {"-command", source::command},
                                                                       {"-prompt", source::prompt}}};
    target_file::secret out;
    for (const auto& [suffix, from] : ways) {
        const auto name = what + std::string(suffix);
        if (!e.has(name.c_str()))
            continue;
        if (out.from != source::none)
            e.refuse(e.name_at(name), "the " + what + " comes from one place, not from two");
        out.from = from;
        if (from == source::prompt)
            (void)one_of(e, name.c_str(), {"yes"});
        else
            out.what = not_empty(e, name.c_str());
    }
    return out;
}

target_file::account load_account(const element& e) {
    using inbox = target_file::account::inbox;
    e.only({"role", "user", "address", "disposable", "password", "password-env", "password-file", "password-command",
            "password-prompt", "token", "token-env", "token-file", "token-command", "token-prompt"});
    e.empty();
    target_file::account out;
    out.user = one_line(e, "user");
    if (e.has("role")) {
        (void)one_of(e, "role", {"alice", "bob", "carol"});
        out.role = e.get("role", "");
    }
    if (e.has("address"))
        out.address = load_address(e);
    if (e.has("disposable"))
        out.mail = one_of(e, "disposable", {"yes", "no"}) == 0 ? inbox::disposable : inbox::keep;
    out.password = load_secret(e, "password");
    out.token = load_secret(e, "token");
    return out;
}

target_file::extra_command load_extra(const element& e) {
    e.only({"protocol"});
    const auto name = e.required("protocol");
    const auto p = wire::protocol_of(name);
    if (!p)
        e.refuse_value("protocol", "protocol is imap, pop3, smtp, submission, lmtp or managesieve");
    const auto said = e.text();
    const auto from = said.decoded.find_first_not_of(" \t\r\n");
    if (from == std::string::npos)
        e.refuse("<after-login> holds the command to send");
    const auto end = said.decoded.find_last_not_of(" \t\r\n") + 1;
    auto line = said.decoded.substr(from, end - from);
    if (const auto at = line.find_first_of("\r\n"); at != std::string::npos)
        e.refuse_text(said, from + at, "the command must be one line");
    return {*p, std::move(line)};
}

target_file::note load_note(const element& e) {
    e.only({"source", "when"});
    target_file::note out;
    if (e.has("source"))
        out.source = one_line(e, "source");
    if (e.has("when"))
        out.when = one_line(e, "when");
    for (const char c : e.text().decoded) {
        const bool white = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!white)
            out.text += c;
        else if (!out.text.empty() && out.text.back() != ' ')
            out.text += ' ';
    }
    if (out.text.ends_with(' '))
        out.text.pop_back();
    if (out.text.empty())
        e.refuse("<note> holds what people must know");
    return out;
}

void refuse_two_of_a_role(const element& e, const target_file& so_far, const target_file::account& added) {
    for (const auto& each : so_far.accounts)
        if (!added.role.empty() && each.role == added.role)
            e.refuse_value("role", "another account plays " + added.role + " already");
}

/// The file with stars for the secrets written into it: an error shows the line in which it stands.
std::string without_secrets(std::string_view xml) {
    constexpr std::string_view white = " \t\r\n";
    std::string out(xml);
    for (const std::string_view name : {"password", "token"})
        for (auto at = out.find(name); at != std::string::npos; at = out.find(name, at + 1)) {
            auto value = out.find_first_not_of(white, at + name.size());
            if (value == std::string::npos || out[value] != '=')
                continue;
            value = out.find_first_of("\"'", value);
            if (value == std::string::npos)
                continue;
            const auto end = std::min(out.find(out[value], value + 1), out.size());
            std::replace_if(
                out.begin() + static_cast<std::ptrdiff_t>(value) + 1, out.begin() + static_cast<std::ptrdiff_t>(end),
                [](char c) { return c != '\n'; }, '*');
        }
    return out;
}

target_file read_root(const element& root) {
    if (root.name() != "target")
        root.refuse("unknown element <" + std::string(root.name()) +
                    ">; a target file's outermost element is <target>");
    root.only({"xmlns", "xmlns:xsi", "xsi:schemaLocation", "name", "auth"});
    if (root.required("xmlns") != target_namespace)
        root.refuse_value("xmlns", "the namespace of <target> is " + std::string(target_namespace));
    target_file out;
    out.name = root.get("name", "");
    if (root.has("auth"))
        out.auth = load_auth(root);
    for (const auto& e : root.children()) {
        if (const auto p = wire::protocol_of(e.name())) {
            out.endpoints.push_back(load_endpoint(e, *p));
        } else if (e.name() == "account") {
            auto account = load_account(e);
            refuse_two_of_a_role(e, out, account);
            out.accounts.push_back(std::move(account));
        } else if (e.name() == "after-login") {
            out.after_login.push_back(load_extra(e));
        } else if (e.name() == "note") {
            out.notes.push_back(load_note(e));
        } else {
            const auto near = match::near_name(e.name(), element_names);
            e.refuse("unknown element <" + std::string(e.name()) + ">" +
                     (near.empty() ? std::string() : "; did you mean <" + std::string(near) + ">?"));
        }
    }
    if (out.endpoints.empty())
        root.refuse("<target> needs an endpoint: <imap>, <pop3>, <smtp>, <submission>, <lmtp> or <managesieve>");
    return out;
}

} // namespace

std::variant<target_file, load_error> load_target(std::string_view file, std::string_view xml) {
    const auto shown = without_secrets(xml);
    const source in(file, shown);
    try {
        const document parsed(xml, in);
        return read_root(parsed.root());
    } catch (refused& r) {
        return std::move(r.why);
    }
}

} // namespace mailspec::scenario
