#include "harness/match/digest.hpp"

#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/digest.hpp"

namespace mailspec::match {

std::optional<std::string> cram_md5_answer(std::string_view user, std::string_view password,
                                           std::string_view challenge) {
    const auto decoded = wire::sasl::base64_decode(challenge);
    const std::string answer = decoded ? wire::sasl::cram_md5(user, password, *decoded) : std::string();
    if (answer.empty())
        return std::nullopt;
    return wire::sasl::base64_encode(answer);
}

std::optional<std::string> apop_digest(std::string_view password, std::string_view greeting) {
    const std::string_view stamp = wire::sasl::apop_timestamp(greeting);
    if (stamp.empty())
        return std::nullopt;
    return wire::sasl::apop_digest(stamp, password);
}

std::optional<std::string> apop_answer(std::string_view user, std::string_view password, std::string_view greeting) {
    const auto digest = apop_digest(password, greeting);
    if (!digest)
        return std::nullopt;
    return std::string(user) + " " + *digest;
}

} // namespace mailspec::match
