#include "harness/wire/sasl/digest.hpp"

#include "harness/wire/sasl/client.hpp"

namespace mailspec::wire::sasl {

std::string cram_md5(std::string_view user, std::string_view password, std::string_view challenge) {
    auto made = client::start("CRAM-MD5", {std::string(user), std::string(password), {}, {}, {}, 0});
    auto* const started = std::get_if<client>(&made);
    return started == nullptr ? std::string() : started->step(challenge).octets;
}

} // namespace mailspec::wire::sasl
