#pragma once

#include "harness/run/capabilities.hpp"
#include "harness/run/target.hpp"

#include <map>
#include <string>
#include <utility>

namespace mailspec::run {

/// What the scenarios of one run learn of the server and need not ask again.
class facts {
public:
    struct server {
        std::string greeting;
        std::string name;          ///< from IMAP ID
        capabilities before_login; ///< of connections as far as any scenario took them
        capabilities after_login;
        bool asked_name = false;
    };
    struct hierarchy {
        std::string prefix;    ///< of the personal namespace
        std::string delimiter; ///< one octet; empty: no hierarchy
    };

    server& of(const endpoint& door) { return servers_[key(door)]; }
    const server* find(const endpoint& door) const {
        const auto found = servers_.find(key(door));
        return found == servers_.end() ? nullptr : &found->second;
    }
    /// Null until some scenario found it out for that user.
    const hierarchy* hierarchy_of(const std::string& user) const {
        const auto found = hierarchies_.find(user);
        return found == hierarchies_.end() ? nullptr : &found->second;
    }
    void set_hierarchy(const std::string& user, hierarchy h) { hierarchies_[user] = std::move(h); }

private:
    static std::string key(const endpoint& door) {
        return std::string(to_string(door.protocol)) + ' ' + door.show() + ' ' +
               std::to_string(static_cast<int>(door.tls));
    }
    std::map<std::string, server> servers_;
    std::map<std::string, hierarchy> hierarchies_;
};

} // namespace mailspec::run
