#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve::smtp {

/// An envelope address as MAIL and RCPT carry it. Source: RFC 5321 section 4.1.2.
struct path {
    std::string local;  ///< unquoted; empty in the null reverse-path
    std::string domain; ///< as written, an address literal with its brackets; empty in "<>" and "<Postmaster>"

    bool is_null() const { return local.empty() && domain.empty(); }

    /// In angle brackets, with no more quotes than needed and without a source route.
    std::string text() const;
};

/// One esmtp-param.
struct parameter {
    std::string keyword; ///< in capitals
    std::optional<std::string> value;
};

/// What follows "MAIL FROM:" or "RCPT TO:".
struct path_argument {
    path address;
    std::vector<parameter> parameters;
};

/// Which paths are right besides <local@domain>.
enum class side {
    reverse, ///< MAIL: the null path
    forward  ///< RCPT: <Postmaster>
};

/// Gives nothing when it is not what RFC 5321 allows.
std::optional<path_argument> parse_path_argument(std::string_view text, side s);

/// A Domain or an address-literal, as EHLO has it.
bool is_host(std::string_view text);

/// A mailbox without angle brackets: "alice@mailspec.test".
std::optional<path> parse_mailbox(std::string_view text);

} // namespace mailspec::serve::smtp
