#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/query.hpp>

namespace mailspec::net {

/// A TCP socket that knows the type of its executor: an operation on one that is type-erased costs twice as much.
using tcp_socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// Takes the executor of an io_context; this room knows no other.
inline boost::asio::io_context::executor_type plain_executor(const boost::asio::any_io_executor& of) {
    auto& context = boost::asio::query(of, boost::asio::execution::context);
    return static_cast<boost::asio::io_context&>(context).get_executor();
}

} // namespace mailspec::net
