#include "harness/rfc/catalogue.hpp"
#include "harness/serve/smtp/session.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::serve::smtp {

namespace req = rfc::req;

/// Source: RFC 3030 section 2. Where it is refused, the octets announced are taken all the same, then comes the reply.
void session::bdat(std::string_view argument) {
    const auto space = argument.find(' ');
    const auto size = argument.substr(0, space);
    const bool last = space != argument.npos && wire::same_ci(argument.substr(space + 1), "LAST");
    if (size.empty() || size.size() > 18 || size.find_first_not_of("0123456789") != size.npos ||
        (space != argument.npos && !last))
        return reply("501", "5.5.4", "say BDAT with a number of octets, and LAST if it is the last chunk");
    chunk_.emplace(chunk{std::stoull(std::string(size)), last});
    if (chunk_->left == 0)
        finish_chunk();
}

std::size_t session::take_chunk(std::string_view octets) {
    constexpr std::string_view end_of_data = "\r\n.\r\n";
    if (const auto at = octets.find(end_of_data); at != octets.npos && breaks(req::smtp_data_smuggling))
        chunk_.emplace(chunk{at + end_of_data.size(), true});
    octets = octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(octets.size(), chunk_->left)));
    chunk_->left -= octets.size();
    chunks_size_ += octets.size();
    if (chunks_size_ <= message_limit)
        chunks_ += octets;
    if (chunk_->left == 0)
        finish_chunk();
    return octets.size();
}

void session::finish_chunk() {
    const bool last = chunk_->last;
    chunk_.reset();
    if (needs_login())
        return reply("530", "5.7.0", "authentication required");
    if (!sender_)
        return reply("503", "5.5.1", "say MAIL first");
    chunking_ = true;
    if (!last)
        return reply("250", "2.0.0", "chunk taken");
    if (recipients_.empty()) {
        // RFC 2033 section 4.3: in LMTP "the BDAT LAST command returns zero replies".
        if (role_ != wire::protocol::lmtp || breaks(req::lmtp_bdat_without_rcpt))
            reply("503", "5.5.1", "no valid recipients");
    } else if (chunks_size_ > message_limit) {
        answer_data("552", "5.3.4", "message size exceeds the fixed maximum message size");
    } else {
        answer_data("250", "2.0.0", "delivered as " + file_mail(std::move(chunks_)));
    }
    reset();
}

} // namespace mailspec::serve::smtp
