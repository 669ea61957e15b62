#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace mailspec::run {

/// What one IMAP session does, read command by command: would it change mailboxes that the run did not make?
class imap_conduct {
public:
    /// Whether that argument of a command names a mailbox of the run's own.
    using ownership = std::function<bool(std::string_view argument)>;
    explicit imap_conduct(ownership is_own) : is_own_(std::move(is_own)) {}

    /// Takes a command without tag and CRLF, its literals inline.
    void see(std::string_view command);
    /// Also true where a mailbox is only EXAMINEd, but with commands that a server which gets that wrong would obey.
    bool changes_others() const { return changes_ || (examines_ && alters_); }

private:
    bool names_others(std::string_view arguments, std::size_t first, std::size_t last) const;

    ownership is_own_;
    bool changes_ = false, examines_ = false, alters_ = false;
};

} // namespace mailspec::run
