#pragma once

#include "harness/wire/sasl/client.hpp"
#include "harness/wire/sasl/server.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace mailspec::wire::sasl {

inline directory one_user() {
    return [](std::string_view user) -> std::optional<secrets> {
        if (user == "alice") {
            return secrets{"s3cret pass", "t0ken"};
        }
        return std::nullopt;
    };
}

inline credentials alice() { return {"alice", "s3cret pass", "t0ken", {}, {}, 0}; }

inline client start_client(std::string_view mechanism, const credentials& who) {
    auto made = client::start(mechanism, who);
    if (auto* fault = std::get_if<std::string>(&made)) {
        throw std::runtime_error(*fault);
    }
    return std::get<client>(std::move(made));
}

inline server start_server(std::string_view mechanism, directory users = one_user()) {
    return std::get<server>(server::start(mechanism, std::move(users)));
}

} // namespace mailspec::wire::sasl
