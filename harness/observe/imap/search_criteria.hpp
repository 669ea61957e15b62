#pragma once

#include "harness/observe/imap/argument_reader.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace mailspec::observe::imap {

class mailbox_view;

/// The criteria of a SEARCH, as far as a monitor can judge them from what it was told.
///
/// Life     of the arguments given.
class search_criteria {
public:
    enum class verdict : std::uint8_t { no, unknown, yes };
    enum class flags : std::uint8_t { certain, uncertain };

    /// Gives false where it can't be told how far the criteria go, or that the answer lists all that matches.
    bool read(std::string_view arguments);
    /// Does that message match? Where flags are uncertain, nothing that hangs on them is judged.
    verdict judge(mailbox_view& view, std::uint32_t number, flags how) const;

private:
    enum class key : std::uint8_t {
        all,
        unknown,
        with_flag,
        without_flag,
        larger,
        smaller,
        on,
        before,
        since,
        uids,
        numbers,
        negation,   ///< of the one before
        either,     ///< of the two before
        conjunction ///< of so many before as the number says
    };
    struct step {
        key what;
        std::int64_t number = 0;
        std::string_view text;
    };
    struct named;

    bool read_prefix(argument_reader& in);
    bool read_all(argument_reader& in, bool nested);
    bool read_key(argument_reader& in, const argument_reader::token& name);
    bool read_named(argument_reader& in, std::string_view name);
    bool read_operand(argument_reader& in, const named& key);
    verdict judge_one(const step& s, mailbox_view& view, std::uint32_t number, flags how) const;

    std::vector<step> steps_; ///< operands before what joins them
    std::size_t depth_ = 0;
};

} // namespace mailspec::observe::imap
