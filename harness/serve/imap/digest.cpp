#include "harness/serve/imap/digest.hpp"

#include "harness/wire/mail/dates.hpp"
#include "harness/wire/mail/fetch_text.hpp"
#include "harness/wire/mail/field_reader.hpp"
#include "harness/wire/mail/header.hpp"
#include "harness/wire/mail/structure.hpp"

namespace mailspec::serve::imap {

namespace mail = wire::mail;

namespace {

message_digest& digest_of(stored_message& m) {
    if (!m.digest)
        m.digest = std::make_shared<message_digest>();
    return *m.digest;
}

template <typename T, typename Make> const T& once(std::optional<T>& kept, Make make) {
    if (!kept)
        kept = make();
    return *kept;
}

std::string readable(std::string_view value) {
    auto line = mail::unfold(value);
    return line.find("=?") == line.npos ? line : mail::field_reader::get().decode_words(line);
}

bool is_text(const mail::part& p) { return mail::same_name(p.type.type, "text"); }

void append_readable(std::string& out, const mail::part& p) {
    for (const auto& child : p.children)
        append_readable(out, child);
    if (p.what != mail::part::form::leaf || !is_text(p))
        return;
    auto how = mail::transfer_encoding(p);
    if (how == mail::encoding::identity || how == mail::encoding::unknown)
        return;
    out += "\r\n";
    out += mail::field_reader::get().decode(how, p.body);
}

std::optional<std::chrono::sys_days> day_sent(const std::string& octets) {
    const auto value = mail::find_field(mail::split(octets).header, "Date");
    const auto date = value ? mail::parse_mail_date(*value) : std::nullopt;
    return date ? std::optional(std::chrono::sys_days(std::chrono::days(mail::shown_day(*date)))) : std::nullopt;
}

} // namespace

const std::string& envelope_of(stored_message& m) {
    return once(digest_of(m).envelope, [&] { return mail::envelope(*m.octets); });
}

const std::string& body_of(stored_message& m) {
    return once(digest_of(m).body, [&] { return mail::body(*m.octets, mail::extension_data::no); });
}

const std::string& body_structure_of(stored_message& m) {
    return once(digest_of(m).body_structure, [&] { return mail::body(*m.octets, mail::extension_data::yes); });
}

std::vector<std::string> field_values(const stored_message& m, std::string_view name) {
    std::vector<std::string> out;
    for (const auto& f : mail::fields(mail::split(*m.octets).header))
        if (mail::same_name(f.name, name))
            out.push_back(readable(f.value));
    return out;
}

const std::string& readable_header(stored_message& m) {
    return once(digest_of(m).readable_header, [&] {
        std::string out;
        for (const auto& f : mail::fields(mail::split(*m.octets).header))
            out.append(f.name).append(": ").append(readable(f.value)).append("\r\n");
        return out;
    });
}

const std::string& readable_body(stored_message& m) {
    return once(digest_of(m).readable_body, [&] {
        std::string out(mail::split(*m.octets).body);
        append_readable(out, mail::read_structure(*m.octets));
        return out;
    });
}

std::optional<std::chrono::sys_days> sent_on(stored_message& m) {
    return once(digest_of(m).sent_on, [&] { return day_sent(*m.octets); });
}

} // namespace mailspec::serve::imap
