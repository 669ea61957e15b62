#include "harness/wire/sasl/base64.hpp"

#include <gsasl.h>

#include <memory>
#include <new>

namespace mailspec::wire::sasl {
namespace {

struct freer {
    void operator()(char* p) const { gsasl_free(p); }
};
using owned = std::unique_ptr<char, freer>;

} // namespace

std::string base64_encode(std::string_view octets) {
    char* made = nullptr;
    std::size_t size = 0;
    if (gsasl_base64_to(octets.data(), octets.size(), &made, &size) != GSASL_OK) {
        throw std::bad_alloc();
    }
    const owned keep(made);
    return {made, size};
}

std::optional<std::string> base64_decode(std::string_view text) {
    char* made = nullptr;
    std::size_t size = 0;
    if (gsasl_base64_from(text.data(), text.size(), &made, &size) != GSASL_OK) {
        return std::nullopt;
    }
    const owned keep(made);
    return std::string(made, size);
}

} // namespace mailspec::wire::sasl
