#include "tests/reports/sample_coverage.hpp"

#include "tests/reports/sample_run.hpp"

namespace mailspec::tests {
namespace {

using breach = reports::covered::breach;

constexpr rfc::citation both_sources[]{{"9051", "6.1.2", "The NOOP command always succeeds."},
                                       {"3501", "6.1.2", "The NOOP command always succeeds."}};
constexpr rfc::requirement noop{"imap.noop.succeeds", rfc::level::must, "NOOP succeeds", both_sources, ""};

constexpr rfc::citation hidden_sources[]{
    {"5321", "7.8", "<SMTP servers> MUST NOT \"trust\" & a_b|c `what` they were told."}};
constexpr rfc::requirement hidden{"smtp.trust", rfc::level::must_not, "a server trusts <nobody>", hidden_sources,
                                  "what a server believes is not sent & never seen"};

constexpr rfc::citation open_sources[]{{"2449", "6.3", "The \"LOGIN-DELAY\" tag SHOULD be there."}};
constexpr rfc::requirement unproven{"pop3.capa.login-delay", rfc::level::should, "LOGIN-DELAY is announced",
                                    open_sources, ""};

} // namespace

reports::coverage sample_coverage() {
    return {{{&a_must(), {"imap/fetch/rfc822-sets-seen"}, {"facts/imap/seen"}, {"observer"}, breach::known},
             {&noop, {"imap/greeting", "imap/noop"}, {}, {}, breach::known},
             {&a_should(), {}, {}, {"reader", "monitor"}, breach::none},
             {&unproven, {}, {}, {}, breach::none},
             {&hidden, {}, {}, {}, breach::none}},
            {}};
}

} // namespace mailspec::tests
