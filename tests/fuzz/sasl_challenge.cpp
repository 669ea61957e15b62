#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/client.hpp"
#include "harness/wire/sasl/mechanism.hpp"
#include "harness/wire/sasl/oauth.hpp"
#include "harness/wire/sasl/server.hpp"

#include "tests/fuzz/line_reader.hpp"

namespace {

using namespace mailspec;
using namespace mailspec::wire::sasl;

constexpr std::string_view secret = "k7#Qz-not-to-be-guessed";

std::optional<secrets> only_alice(std::string_view user) {
    return user == "alice" ? std::optional(secrets{std::string(secret), std::string(secret)}) : std::nullopt;
}

/// The next line, taken away.
std::string_view take_line(std::string_view& octets) {
    const auto feed = std::min(octets.find('\n'), octets.size());
    const auto line = octets.substr(0, feed);
    octets.remove_prefix(std::min(feed + 1, octets.size()));
    return line;
}

void be_client(std::string_view mechanism, std::string_view challenges) {
    auto made = client::start(mechanism, {"alice", std::string(secret), std::string(secret), {}, {}, 0});
    auto& c = std::get<client>(made);
    // A nonce of the client's own stands where the input says "@", else no challenge would ever fit SCRAM.
    const auto& initial = c.initial_response();
    const auto nonce = initial && initial->find("r=") != initial->npos ? initial->substr(initial->find("r=")) : "";
    for (int i = 0; i < 5 && !challenges.empty(); ++i) {
        std::string challenge(take_line(challenges));
        if (const auto at = challenge.find('@'); at != std::string::npos) {
            challenge.replace(at, 1, nonce);
        }
        if (const auto many = challenge.find("i="); many != std::string::npos) {
            challenge = challenge.substr(0, many + 3); // few iterations, so that the fuzzer gets on
        }
        fuzz::require(c.step(challenge).fault.find(secret) == std::string::npos);
    }
}

void be_server(std::string_view mechanism, std::string_view answers) {
    auto made = server::start(mechanism, only_alice);
    auto& s = std::get<server>(made);
    const auto first = take_line(answers);
    fuzz::require(s.begin(first).fault.find(secret) == std::string::npos);
    for (int i = 0; i < 5 && s.where() == server::state::challenging; ++i) {
        s.step(take_line(answers));
    }
    fuzz::require(s.where() != server::state::accepted && s.user().empty());
}

} // namespace

/// The first octet chooses mechanism and side; then one challenge or answer to a line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto mechanism = known_mechanisms()[data[0] % known_mechanisms().size()];
    data[0] < 128 ? be_client(mechanism, octets) : be_server(mechanism, octets);
    if (const auto decoded = base64_decode(octets)) {
        fuzz::require(base64_decode(base64_encode(*decoded)) == decoded);
    }
    if (const auto b = read_oauthbearer(octets)) {
        const auto again = read_oauthbearer(write_oauthbearer(*b));
        fuzz::require(again && again->user == b->user && again->token == b->token);
    }
    read_xoauth2(octets);
    return 0;
}
