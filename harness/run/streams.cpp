#include "harness/run/streams.hpp"

namespace mailspec::run {

trouble in_run(net::trouble t) {
    switch (t) {
    case net::trouble::none: return trouble::none;
    case net::trouble::closed: return trouble::closed;
    case net::trouble::reset: return trouble::reset;
    case net::trouble::timed_out: return trouble::timed_out;
    case net::trouble::cancelled: return trouble::cancelled;
    case net::trouble::refused: return trouble::refused;
    case net::trouble::unreachable: return trouble::unreachable;
    case net::trouble::unknown_host: return trouble::unknown_host;
    case net::trouble::tls_handshake: return trouble::tls_handshake;
    case net::trouble::tls_version: return trouble::tls_version;
    case net::trouble::tls_certificate: return trouble::tls_certificate;
    case net::trouble::other: return trouble::other;
    }
    return trouble::other;
}

net::tls_settings tls_of(const endpoint& door) {
    net::tls_settings s;
    s.server_name = door.name.empty() ? door.host : door.name;
    s.ca_file = door.ca_file;
    s.verify = door.verify == verification::none ? net::tls_settings::verification::none
                                                 : net::tls_settings::verification::full;
    return s;
}

net::endpoint in_net(const endpoint& door) {
    const auto how = door.tls == security::implicit ? net::endpoint::security::implicit : net::endpoint::security::none;
    return {door.host, door.port, how, tls_of(door)};
}

event failed(trouble why, std::string_view sentence) {
    event e;
    e.why = why;
    e.sentence = sentence;
    return e;
}

event cancelled() { return failed(trouble::cancelled, "it was interrupted"); }

} // namespace mailspec::run
