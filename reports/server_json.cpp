#include "reports/server_json.hpp"

#include "reports/escape.hpp"
#include "reports/json.hpp"

namespace mailspec::reports {

std::string json_server(const verdict::server_info& s) {
    const auto line = [](std::string_view said) {
        return json_string(printable(said.ends_with("\r\n") ? said.substr(0, said.size() - 2) : said));
    };
    return json_object({{"protocol", json_string(s.protocol)},
                        {"endpoint", line(s.endpoint)},
                        {"name", line(s.name)},
                        {"greeting", line(s.greeting)},
                        {"capabilities", line(s.capabilities)}});
}

} // namespace mailspec::reports
