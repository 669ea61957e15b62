#include "harness/serve/imap/digest.hpp"

namespace mailspec::serve::imap {

const std::string& envelope_of(stored_message&) {
    static const std::string none = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";
    return none;
}
const std::string& body_of(stored_message& m) { return envelope_of(m); }
const std::string& body_structure_of(stored_message& m) { return envelope_of(m); }
std::optional<std::string> section_of(const stored_message& m, const section_spec& spec) {
    if (!spec.part.empty())
        return std::nullopt;
    auto end = m.octets->find("\r\n\r\n");
    end = end == std::string::npos ? m.octets->size() : end + 4;
    return spec.what == section_spec::text::text ? m.octets->substr(end) : m.octets->substr(0, end);
}
std::vector<std::string> field_values(const stored_message&, std::string_view) { return {}; }
std::string readable_header(const stored_message& m) { return *m.octets; }
std::string readable_body(const stored_message& m) { return *m.octets; }
std::optional<std::chrono::sys_days> sent_on(const stored_message&) { return std::nullopt; }

} // namespace mailspec::serve::imap
