#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/known_codes.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/sequence_set.hpp"

#include <algorithm>
#include <array>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

/// What stands behind a code's name.
enum class arguments {
    charsets,
    capabilities,
    permanent_flags,
    nz_number,
    modseq,
    sequence_set,
    appenduid,
    copyuid,
    metadata,
    mailboxid
};

struct known_code {
    std::string_view name;
    arguments takes;
    const rfc::requirement* rule;
};

/// Standard codes without arguments, or whose arguments are not judged (RFC 3501, 5530, 9051, 7162, 4315, 5182, 3516).
bool is_plain_code(std::string_view name) {
    static constexpr std::array<std::string_view, 28> names = {"ALERT",
                                                               "PARSE",
                                                               "READ-ONLY",
                                                               "READ-WRITE",
                                                               "TRYCREATE",
                                                               "UIDNOTSTICKY",
                                                               "NOMODSEQ",
                                                               "CLOSED",
                                                               "NOTSAVED",
                                                               "UNKNOWN-CTE",
                                                               "UNAVAILABLE",
                                                               "AUTHENTICATIONFAILED",
                                                               "AUTHORIZATIONFAILED",
                                                               "EXPIRED",
                                                               "PRIVACYREQUIRED",
                                                               "CONTACTADMIN",
                                                               "NOPERM",
                                                               "INUSE",
                                                               "EXPUNGEISSUED",
                                                               "CORRUPTION",
                                                               "SERVERBUG",
                                                               "CLIENTBUG",
                                                               "CANNOT",
                                                               "LIMIT",
                                                               "OVERQUOTA",
                                                               "ALREADYEXISTS",
                                                               "NONEXISTENT",
                                                               "HASCHILDREN"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return same_ci(n, name); });
}

const known_code* find_code(std::string_view name) {
    static const std::array<known_code, 12> codes = {{
        {"CAPABILITY", arguments::capabilities, &req::imap_syntax_capability},
        {"UIDVALIDITY", arguments::nz_number, &req::imap_syntax_code_uidvalidity},
        {"UIDNEXT", arguments::nz_number, &req::imap_syntax_code_uidnext},
        {"PERMANENTFLAGS", arguments::permanent_flags, &req::imap_syntax_code_permanentflags},
        {"UNSEEN", arguments::nz_number, &req::imap_syntax_code_unseen},
        {"HIGHESTMODSEQ", arguments::modseq, &req::imap_syntax_code_modseq},
        {"APPENDUID", arguments::appenduid, &req::imap_syntax_code_appenduid},
        {"COPYUID", arguments::copyuid, &req::imap_syntax_code_copyuid},
        {"MODIFIED", arguments::sequence_set, &req::imap_syntax_code_modseq},
        {"BADCHARSET", arguments::charsets, &req::imap_syntax_code_badcharset},
        {"METADATA", arguments::metadata, &req::imap_syntax_code_metadata},
        {"MAILBOXID", arguments::mailboxid, &req::imap_syntax_code_mailboxid},
    }};
    const auto* found =
        std::find_if(codes.begin(), codes.end(), [&](const known_code& k) { return same_ci(k.name, name); });
    return found == codes.end() ? nullptr : found;
}

class code_check {
public:
    code_check(checker& c, const known_code& known, const node& name, std::size_t end)
        : c_(c), known_(known), rest_(c.values(), c.values().next(name)), end_(end) {}

    void run();

private:
    const rfc::requirement& rule() const { return *known_.rule; }
    const node* need(std::string_view what);
    void one();
    void numbers_and_sets(std::size_t sets);
    void charsets();
    void metadata();

    checker& c_;
    const known_code& known_;
    cursor rest_;
    std::size_t end_;
};

const node* code_check::need(std::string_view what) {
    const node* n = rest_.take();
    if (!n) {
        c_.missing(rule(), end_, what);
    }
    return n;
}

void code_check::run() {
    switch (known_.takes) {
    case arguments::capabilities: check_capabilities(c_, rest_.peek(), end_); return;
    case arguments::charsets: charsets(); return;
    case arguments::appenduid: numbers_and_sets(1); break;
    case arguments::copyuid: numbers_and_sets(2); break;
    case arguments::metadata: metadata(); break;
    default: one(); break;
    }
    c_.surplus(rule(), rest_.peek(), known_.name);
}

void code_check::one() {
    const node* n = need("the argument");
    if (!n) {
        return;
    }
    switch (known_.takes) {
    case arguments::permanent_flags: c_.permanent_flags(rule(), *n, known_.name); break;
    case arguments::modseq: c_.modseq(rule(), *n, known_.name); break;
    case arguments::sequence_set: c_.sequence_set(*n, known_.name); break;
    case arguments::mailboxid: c_.objectid(rule(), *n, known_.name); break;
    default: c_.nz_number(*n, known_.name); break;
    }
}

/// UIDVALIDITY and that many sets of UIDs.
void code_check::numbers_and_sets(std::size_t sets) {
    if (const node* validity = need("the UIDVALIDITY")) {
        c_.nz_number(*validity, "UIDVALIDITY");
    }
    for (std::size_t i = 0; i < sets; ++i) {
        if (const node* set = need("a set of UIDs")) {
            c_.uid_set(*set, known_.name);
        }
    }
}

/// RFC 9051 itself shows a single charset without parentheses, so only a list is looked into.
void code_check::charsets() {
    const node* n = rest_.take();
    if (!n || n->kind != value_kind::list) {
        return;
    }
    if (!n->child) {
        c_.broken(rule(), *n, known_.name, "an empty list");
    }
    for (const node& charset : children(c_.values(), *n)) {
        c_.astring(charset, "charset");
    }
    c_.surplus(rule(), rest_.peek(), known_.name);
}

void code_check::metadata() {
    const node* n = need("what was wrong");
    if (!n) {
        return;
    }
    if (c_.is(*n, "LONGENTRIES") || c_.is(*n, "MAXSIZE")) {
        if (const node* size = need("a number")) {
            c_.number(*size, known_.name);
        }
    } else if (!c_.is(*n, "TOOMANY") && !c_.is(*n, "NOPRIVATE")) {
        c_.broken(rule(), *n, known_.name, "none of LONGENTRIES, MAXSIZE, TOOMANY, NOPRIVATE");
    }
}

} // namespace

code_kind kind_of_code(std::string_view name) {
    if (find_code(name)) {
        return code_kind::with_arguments;
    }
    return is_plain_code(name) ? code_kind::plain : code_kind::unknown;
}

void check_code(checker& c, const node& code) {
    const node* name = c.values().child(code);
    const known_code* known = name ? find_code(c.raw(*name)) : nullptr;
    if (known) {
        code_check(c, *known, *name, checker::end(code)).run();
    }
}

} // namespace mailspec::wire::imap
