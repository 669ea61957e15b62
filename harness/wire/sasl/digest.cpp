#include "harness/wire/sasl/digest.hpp"

#include "harness/wire/mail/field_reader.hpp"
#include "harness/wire/sasl/client.hpp"

namespace mailspec::wire::sasl {

std::string cram_md5(std::string_view user, std::string_view password, std::string_view challenge) {
    auto made = client::start("CRAM-MD5", {std::string(user), std::string(password), {}, {}, {}, 0});
    auto* const started = std::get_if<client>(&made);
    return started == nullptr ? std::string() : started->step(challenge).octets;
}

std::string apop_digest(std::string_view timestamp, std::string_view secret) {
    return mail::field_reader::get().md5(std::string(timestamp).append(secret));
}

std::string_view apop_timestamp(std::string_view greeting) {
    const auto begin = greeting.find('<');
    const auto end = greeting.find('>', begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) {
        return {};
    }
    const auto stamp = greeting.substr(begin, end + 1 - begin);
    return stamp.find('@') == std::string_view::npos || stamp.find(' ') != std::string_view::npos ? "" : stamp;
}

} // namespace mailspec::wire::sasl
