#include "harness/serve/random_secret.hpp"

#include <random>
#include <string_view>

namespace mailspec::serve {

std::string random_secret() {
    static constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    std::random_device random;
    std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
    std::string secret;
    while (secret.size() < 20)
        secret += letters[any(random)];
    return secret;
}

} // namespace mailspec::serve
