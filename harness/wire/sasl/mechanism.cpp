#include "harness/wire/sasl/mechanism.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::wire::sasl {
namespace {

constexpr std::string_view all[] = {"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN",
                                    "LOGIN",         "OAUTHBEARER", "XOAUTH2"};

} // namespace

std::span<const std::string_view> known_mechanisms() { return all; }

std::optional<std::string_view> find_mechanism(std::string_view name) {
    const auto found =
        std::find_if(std::begin(all), std::end(all), [&](std::string_view known) { return same_ci(known, name); });
    return found == std::end(all) ? std::nullopt : std::optional(*found);
}

std::string known_mechanisms_text() {
    std::string out;
    for (const auto name : all) {
        out.append(out.empty() ? "" : ", ").append(name);
    }
    return out;
}

bool takes_token(std::string_view mechanism) { return mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER"; }

bool client_begins(std::string_view mechanism) { return mechanism != "LOGIN" && mechanism != "CRAM-MD5"; }

} // namespace mailspec::wire::sasl
