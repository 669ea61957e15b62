#include "harness/net/sentences.hpp"

#include <boost/asio/error.hpp>
#include <fmt/format.h>

namespace mailspec::net {

namespace error = boost::asio::error;

std::string display_name(std::string_view host, std::uint16_t port) {
    if (host.find(':') != host.npos)
        return fmt::format("[{}]:{}", host, port);
    return fmt::format("{}:{}", host, port);
}

std::string display_time(clock::duration d) {
    auto ms = std::chrono::round<std::chrono::milliseconds>(d).count();
    if (ms < 1000)
        return fmt::format("{} ms", ms);
    return fmt::format("{:g} s", static_cast<double>(ms) / 1000);
}

result explain(boost::system::error_code failed, std::string_view peer) {
    if (failed == error::eof)
        return {trouble::closed, 0, fmt::format("{} closed the connection", peer)};
    if (failed == error::connection_reset || failed == error::broken_pipe || failed == error::connection_aborted ||
        failed == error::not_connected || failed == error::shut_down)
        return {trouble::reset, 0, fmt::format("{} reset the connection", peer)};
    if (failed == error::connection_refused)
        return {trouble::refused, 0, fmt::format("{} refused the connection", peer)};
    if (failed == error::timed_out)
        return {trouble::timed_out, 0, fmt::format("no answer from {}", peer)};
    if (failed == error::host_unreachable || failed == error::network_unreachable || failed == error::network_down)
        return {trouble::unreachable, 0, fmt::format("{} cannot be reached: {}", peer, failed.message())};
    if (failed == error::operation_aborted || failed == error::bad_descriptor)
        return explain_end(trouble::cancelled, peer, {});
    return {trouble::other, 0, fmt::format("{}: {}", peer, failed.message())};
}

result explain_end(trouble why, std::string_view peer, clock::duration waited) {
    if (why == trouble::timed_out)
        return {why, 0, fmt::format("no answer from {} within {}", peer, display_time(waited))};
    return {why, 0, fmt::format("the dialogue with {} was given up", peer)};
}

} // namespace mailspec::net
