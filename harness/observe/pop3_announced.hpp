#pragma once

#include "harness/observe/report.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace mailspec::observe {

/// What CAPA said before login, held against what it says after it. Source: RFC 2449 sections 3, 5 and 6.
class pop3_announced {
public:
    enum class state { authorization, transaction };

    /// Takes one line of CAPA, without its line end.
    void take(std::string_view one, state now, const report& to);

    /// What was announced outside TLS does not count inside it.
    void forget() { *this = {}; }

private:
    /// The argument of EXPIRE or LOGIN-DELAY, and whether USER follows it.
    struct policy {
        std::uint64_t value = 0;
        bool per_user = false;
    };
    static std::optional<policy> read_policy(std::string_view arguments);

    void take_policy(std::string_view tag, std::optional<policy>& before, const policy& found, state now,
                     const report& to) const;
    void take_mechanisms(std::string_view arguments, state now, const report& to);

    std::optional<policy> expire_, login_delay_;                   ///< before login
    std::optional<std::set<std::string, std::less<>>> mechanisms_; ///< before login
};

} // namespace mailspec::observe
