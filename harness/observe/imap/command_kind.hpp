#pragma once

#include <cstdint>
#include <string_view>

namespace mailspec::observe::imap {

/// The commands that a monitor tells apart (RFC 3501 and 9051 section 6, and common extensions).
enum class command_kind : std::uint8_t {
    other, ///< any that is not listed here: nothing is held against its answer
    append,
    authenticate,
    capability,
    check,
    close,
    copy,
    create,
    delete_,
    enable,
    examine,
    expunge,
    fetch,
    id,
    idle,
    list,
    login,
    logout,
    lsub,
    move,
    namespace_,
    noop,
    notify,
    rename,
    search,
    select,
    starttls,
    status,
    store,
    subscribe,
    uid_copy,
    uid_expunge,
    uid_fetch,
    uid_move,
    uid_search,
    uid_store,
    unselect,
    unsubscribe
};

/// A set of commands as bits.
class command_set {
public:
    constexpr command_set() = default;
    template <typename... Kinds> constexpr explicit command_set(Kinds... all) : bits_((bit(all) | ... | 0u)) {}
    static constexpr command_set all_of_them() {
        command_set all;
        all.bits_ = ~std::uint64_t{0};
        return all;
    }
    constexpr bool has(command_kind k) const { return (bits_ & bit(k)) != 0; }

private:
    static constexpr std::uint64_t bit(command_kind k) { return std::uint64_t{1} << static_cast<unsigned>(k); }
    std::uint64_t bits_ = 0;
};

/// Takes the words behind the tag: "UID FETCH 1:* (FLAGS)"; gives the kind, and takes its name and the space off.
command_kind take_command(std::string_view& words);

} // namespace mailspec::observe::imap
