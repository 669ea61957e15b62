#pragma once

#include "harness/observe/maildrop_memory.hpp"
#include "harness/observe/report.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::observe {

/// What one POP3 session has been told of the messages in its maildrop.
///
/// Source   RFC 1939 sections 4, 5, 7 and 11. New messages with new numbers are put up with: the text does not say
///          outright that none may come.
class maildrop_view {
public:
    enum class kind { sizes, ids };

    /// The payload of LIST or UIDL.
    void take_listing(kind what, std::string_view payload, const report& to);
    /// The answer to LIST n or UIDL n.
    void take_one(kind what, std::uint32_t asked, std::string_view text, const report& to);
    void take_stat(std::string_view text, const report& to);
    /// The payload of RETR, dot-stuffing undone.
    void take_message(std::uint32_t number, std::string_view octets, const report& to);
    void note_fetched(std::uint32_t number);
    void note_deleted(std::uint32_t number);
    void note_reset();

    bool is_deleted(std::uint32_t number) const;
    /// Did RETR or TOP give it, and is it not marked as deleted since?
    bool was_fetched(std::uint32_t number) const;
    /// Are sizes and unique-ids of all messages known?
    bool is_complete() const { return whole_[0] && whole_[1]; }
    bool holds_deleted() const { return deleted_ > 0; }
    /// Those not marked as deleted; the view must be complete.
    maildrop_memory::messages snapshot() const;

    /// Messages with higher numbers are not followed.
    static constexpr std::uint32_t most = 100000;

private:
    static constexpr std::size_t most_of_ids = 16u << 20; ///< octets
    static constexpr std::uint64_t unknown = ~std::uint64_t{0};

    struct message {
        std::uint64_t octets = unknown;   ///< by LIST
        std::uint64_t measured = unknown; ///< by RETR
        std::uint64_t dots = 0;           ///< lines of it that begin with a dot
        std::uint32_t id_at = 0;          ///< in ids_
        std::uint16_t id_size = 0;        ///< 0: not known
        bool deleted = false;
        bool listed = false; ///< in the listing under way
        bool fetched = false;
        bool known() const { return octets != unknown || id_size > 0; }
    };
    struct total {
        std::uint64_t count = 0, octets = 0;
        bool operator==(const total&) const = default;
    };

    static std::string message_number(std::uint64_t n);
    static std::string_view command_of(kind k);
    message* at(std::uint32_t number);
    const message* find(std::uint32_t number) const;
    std::string_view id_of(const message& m) const { return std::string_view(ids_).substr(m.id_at, m.id_size); }
    void take_entry(kind what, std::uint32_t number, std::string_view value, const report& to);
    void take_size(std::uint32_t number, message& m, std::string_view text, const report& to);
    void take_id(std::uint32_t number, message& m, std::string_view text, const report& to);
    void keep_id(message& m, std::string_view text);
    void check_listing(kind what, const report& to);
    void check_size(std::uint32_t number, const message& m, const report& to) const;
    void check_unique(const report& to) const;
    enum class counting { present, deleted_too };
    total sum(counting which) const;
    enum class order { stat_first, list_first };
    void check_stat(order came, const report& to) const;

    std::vector<message> all_; ///< by number - 1
    std::string ids_;
    std::uint32_t deleted_ = 0;
    bool whole_[2] = {false, false}; ///< by kind: was the whole listing seen?
    bool has_stat_ = false;
    total stat_; ///< since the last DELE or RSET
};

} // namespace mailspec::observe
