#include "harness/wire/mail/field_reader.hpp"

#include <gmime/gmime.h>

#include <memory>

namespace mailspec::wire::mail {
namespace {

template <auto Release> struct releaser {
    template <typename Thing> void operator()(Thing* thing) const { Release(thing); }
};
template <typename Thing> using object = std::unique_ptr<Thing, releaser<g_object_unref>>;
using text = std::unique_ptr<char, releaser<g_free>>;

std::string or_empty(const char* s) { return s == nullptr ? "" : s; }

/// Hides "=?" from GMime, which would decode the encoded words that IMAP wants as they stand.
class hidden_words {
public:
    explicit hidden_words(const std::string& value) : value_(value) {
        for (const std::string_view mark : {"=!", "=%", "={", "=^", "=~"}) {
            if (value.find(mark) == std::string::npos) {
                mark_ = mark;
                break;
            }
        }
        replace(value_, "=?", mark_);
    }
    const char* value() const { return value_.c_str(); }
    std::string shown(const char* s) const {
        auto out = or_empty(s);
        replace(out, mark_, "=?");
        return out;
    }

private:
    static void replace(std::string& in, std::string_view from, std::string_view to) {
        for (auto at = in.find(from); !from.empty() && !to.empty() && at != std::string::npos; at = in.find(from, at)) {
            in.replace(at, from.size(), to);
        }
    }
    std::string value_;
    std::string_view mark_; ///< two octets that the value does not hold; empty: all are taken, words get decoded
};

std::vector<parameter> parameters(GMimeParamList* list, const hidden_words& words) {
    std::vector<parameter> all;
    for (int i = 0; i < g_mime_param_list_length(list); ++i) {
        GMimeParam* const one = g_mime_param_list_get_parameter_at(list, i);
        const bool told_charset = g_mime_param_get_charset(one) != nullptr;
        all.push_back({words.shown(g_mime_param_get_name(one)) + (told_charset ? "*" : ""),
                       words.shown(g_mime_param_get_value(one))});
    }
    return all;
}

/// Source routes, which GMime drops, taken out of an address list: "<@a,@b:x@y>" becomes "<mark1.x@y>".
class hidden_routes {
public:
    explicit hidden_routes(const std::string& value) {
        while (value.find(mark_) != std::string::npos) {
            mark_ += 'z';
        }
        for (std::size_t at = 0; at < value.size();) {
            at = value[at] == '"' ? copy_quoted(value, at) : value[at] == '<' ? copy_angle(value, at) : copy(value, at);
        }
    }
    const std::string& value() const { return value_; }
    /// Gives an address its route back.
    void show(address& a) const {
        const auto dot = a.local.find('.');
        if (!a.local.starts_with(mark_) || dot == std::string::npos) {
            return;
        }
        const auto index = dot - mark_.size(); // the mark is followed by as many "i" as there were routes before
        if (index < routes_.size()) {
            a.route = routes_[index];
            a.local.erase(0, dot + 1);
        }
    }

private:
    std::size_t copy(const std::string& from, std::size_t at) {
        value_ += from[at];
        return at + 1;
    }
    std::size_t copy_quoted(const std::string& from, std::size_t at) {
        do {
            at = from[at] == '\\' && at + 1 < from.size() ? copy(from, copy(from, at)) : copy(from, at);
        } while (at < from.size() && from[at] != '"');
        return at < from.size() ? copy(from, at) : at;
    }
    std::size_t copy_angle(const std::string& from, std::size_t at) {
        at = copy(from, at);
        const auto colon = from.find(':', at);
        const auto end = from.find_first_of(">\"", at);
        if (at < from.size() && from[at] == '@' && colon < end && routes_.size() < 20) {
            value_ += mark_ + std::string(routes_.size(), 'i') + '.';
            routes_.push_back(from.substr(at, colon - at));
            return colon + 1;
        }
        return at;
    }

    std::string mark_ = "mailspecroute";
    std::string value_;
    std::vector<std::string> routes_;
};

address mailbox(InternetAddressMailbox* box, const hidden_words& words, const hidden_routes& routes) {
    address one;
    one.name = words.shown(internet_address_get_name(INTERNET_ADDRESS(box)));
    const auto whole = words.shown(internet_address_mailbox_get_addr(box));
    const auto at = whole.rfind('@');
    one.local = whole.substr(0, at);
    one.host = at == std::string::npos ? "" : whole.substr(at + 1);
    routes.show(one);
    if (one.local.size() >= 2 && one.local.front() == '"' && one.local.back() == '"') {
        g_mime_utils_unquote_string(one.local.data());
        one.local.resize(std::char_traits<char>::length(one.local.c_str()));
    }
    return one;
}

void flatten(InternetAddressList* list, const hidden_words& words, const hidden_routes& routes,
             std::vector<address>& into) {
    for (int i = 0; i < internet_address_list_length(list); ++i) {
        InternetAddress* const one = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(one)) {
            into.push_back({address::kind::group_start, words.shown(internet_address_get_name(one)), {}, {}, {}});
            if (auto* members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)); members != nullptr) {
                flatten(members, words, routes, into);
            }
            into.push_back({address::kind::group_end, {}, {}, {}, {}});
        } else {
            into.push_back(mailbox(INTERNET_ADDRESS_MAILBOX(one), words, routes));
        }
    }
}

/// False where GMime falls back on application/octet-stream: RFC 2045 section 5.2 suggests text/plain instead.
bool names_type(const std::string& value) {
    const auto slash = value.find('/');
    const auto token = [](char c) { return c > ' ' && c < 0x7f && c != ';' && c != '/'; };
    return slash != std::string::npos && slash < value.find(';') && slash > 0 && slash + 1 < value.size() &&
           (token(value[slash - 1]) || value[slash - 1] == ' ') && (token(value[slash + 1]) || value[slash + 1] == ' ');
}

class gmime_reader final : public field_reader {
public:
    gmime_reader() { g_mime_init(); }

    media content_type(const std::string& value) const override {
        const hidden_words words(value);
        const object<GMimeContentType> parsed(g_mime_content_type_parse(nullptr, words.value()));
        if (!names_type(value)) {
            return {};
        }
        media out{or_empty(g_mime_content_type_get_media_type(parsed.get())),
                  or_empty(g_mime_content_type_get_media_subtype(parsed.get())),
                  {}};
        if (auto* list = g_mime_content_type_get_parameters(parsed.get()); list != nullptr) {
            out.parameters = parameters(list, words);
        }
        return out;
    }

    disposition content_disposition(const std::string& value) const override {
        const hidden_words words(value);
        const object<GMimeContentDisposition> parsed(g_mime_content_disposition_parse(nullptr, words.value()));
        disposition out{or_empty(g_mime_content_disposition_get_disposition(parsed.get())), {}};
        if (auto* list = g_mime_content_disposition_get_parameters(parsed.get()); list != nullptr) {
            out.parameters = parameters(list, words);
        }
        return out;
    }

    std::vector<address> addresses(const std::string& value) const override {
        const hidden_routes routes(value);
        const hidden_words words(routes.value());
        std::vector<address> all;
        const object<InternetAddressList> parsed(internet_address_list_parse(nullptr, words.value()));
        if (parsed) {
            flatten(parsed.get(), words, routes, all);
        }
        return all;
    }

    encoding transfer_encoding(const std::string& value) const override {
        switch (g_mime_content_encoding_from_string(value.c_str())) {
        case GMIME_CONTENT_ENCODING_7BIT:
        case GMIME_CONTENT_ENCODING_8BIT:
        case GMIME_CONTENT_ENCODING_BINARY: return encoding::identity;
        case GMIME_CONTENT_ENCODING_BASE64: return encoding::base64;
        case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: return encoding::quoted_printable;
        case GMIME_CONTENT_ENCODING_UUENCODE: return encoding::uuencode;
        default: return encoding::unknown;
        }
    }

    std::string decode(encoding how, std::string_view octets) const override {
        const auto kind = how == encoding::base64             ? GMIME_CONTENT_ENCODING_BASE64
                          : how == encoding::quoted_printable ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
                          : how == encoding::uuencode         ? GMIME_CONTENT_ENCODING_UUENCODE
                                                              : GMIME_CONTENT_ENCODING_BINARY;
        if (kind == GMIME_CONTENT_ENCODING_BINARY || octets.empty()) {
            return std::string(octets);
        }
        GMimeEncoding state;
        g_mime_encoding_init_decode(&state, kind);
        std::string out(g_mime_encoding_outlen(&state, octets.size()), '\0');
        out.resize(g_mime_encoding_flush(&state, octets.data(), octets.size(), out.data()));
        return out;
    }

    std::optional<date> read_date(const std::string& value) const override {
        const std::unique_ptr<GDateTime, releaser<g_date_time_unref>> read(
            g_mime_utils_header_decode_date(value.c_str()));
        if (!read) {
            return std::nullopt;
        }
        return date{g_date_time_to_unix(read.get()),
                    static_cast<int>(g_date_time_get_utc_offset(read.get()) / G_TIME_SPAN_MINUTE)};
    }

    std::string decode_words(const std::string& value) const override {
        const text decoded(g_mime_utils_header_decode_text(nullptr, value.c_str()));
        return or_empty(decoded.get());
    }

    std::string md5(std::string_view octets) const override {
        const text digest(
            g_compute_checksum_for_data(G_CHECKSUM_MD5, reinterpret_cast<const guchar*>(octets.data()), octets.size()));
        return or_empty(digest.get());
    }
};

} // namespace
} // namespace mailspec::wire::mail

extern "C" __attribute__((visibility("default"))) const mailspec::wire::mail::field_reader* mailspec_field_reader() {
    static const mailspec::wire::mail::gmime_reader reader;
    return &reader;
}
