#include "harness/wire/mail/fetch_text.hpp"
#include "harness/wire/mail/header.hpp"
#include "harness/wire/mail/structure.hpp"

#include <algorithm>

namespace mailspec::wire::mail {
namespace {

/// Writes one part after the other into one string.
class writer {
public:
    explicit writer(extension_data e) : extension_(e) {}
    std::string take() { return std::move(out_); }

    void write(const part& p) {
        out_ += '(';
        if (p.what == part::form::multipart) {
            write_multipart(p);
        } else {
            write_single(p);
        }
        out_ += ')';
    }

private:
    void string(std::string_view s) { append_string(out_, s); }
    void space() { out_ += ' '; }
    void number(std::size_t n) { out_ += std::to_string(n); }

    void write_multipart(const part& p) {
        for (const auto& child : p.children) {
            write(child);
        }
        space();
        string(p.type.subtype);
        if (extension_ == extension_data::yes) {
            space();
            parameters(p.type.parameters);
            write_disposition_language_location(p);
        }
    }

    void write_single(const part& p) {
        string(p.type.type);
        space();
        string(p.type.subtype);
        space();
        parameters(p.type.parameters);
        space();
        field_or_nil(p, "Content-ID");
        space();
        field_or_nil(p, "Content-Description");
        space();
        string(encoding_name(p));
        space();
        number(p.body.size());
        if (p.what == part::form::message) {
            out_ += ' ' + envelope(p.body) + ' ';
            write(p.children.front());
            space();
            number(lines(p.body));
        } else if (same_name(p.type.type, "text")) {
            space();
            number(lines(p.body));
        }
        if (extension_ == extension_data::yes) {
            space();
            field_or_nil(p, "Content-MD5");
            write_disposition_language_location(p);
        }
    }

    void write_disposition_language_location(const part& p) {
        space();
        write_disposition(p);
        space();
        write_language(p);
        space();
        field_or_nil(p, "Content-Location");
    }

    void write_disposition(const part& p) {
        const auto value = find_field(p.header, "Content-Disposition");
        const auto read = value ? field_reader::get().content_disposition(unfold(*value)) : disposition();
        if (read.kind.empty()) {
            out_ += "NIL";
            return;
        }
        out_ += '(';
        string(read.kind);
        space();
        parameters(read.parameters);
        out_ += ')';
    }

    /// A list of tags between commas (RFC 3282).
    void write_language(const part& p) {
        std::string list;
        std::size_t count = 0;
        const auto value = unfold(find_field(p.header, "Content-Language").value_or(""));
        for (std::size_t at = 0; at <= value.size();) {
            const auto comma = std::min(value.find(',', at), value.size());
            const auto tag = unfold(std::string_view(value).substr(at, comma - at));
            if (!tag.empty()) {
                list += count++ == 0 ? "" : " ";
                append_string(list, tag);
            }
            at = comma + 1;
        }
        out_ += count == 0 ? "NIL" : count == 1 ? list : '(' + list + ')';
    }

    void parameters(const std::vector<parameter>& all) {
        if (all.empty()) {
            out_ += "NIL";
            return;
        }
        out_ += '(';
        for (const auto& p : all) {
            if (&p != &all.front()) {
                space();
            }
            string(p.name);
            space();
            string(p.value);
        }
        out_ += ')';
    }

    void field_or_nil(const part& p, std::string_view name) {
        const auto value = find_field(p.header, name);
        const auto text = value ? unfold(*value) : std::string();
        if (text.empty()) {
            out_ += "NIL";
        } else {
            string(text);
        }
    }

    /// The token, comments left out (RFC 2045 section 6.1).
    static std::string encoding_name(const part& p) {
        const auto value = unfold(find_field(p.header, "Content-Transfer-Encoding").value_or(""));
        const auto begin = std::min(value.find_first_not_of(" \t"), value.size());
        const auto name = value.substr(begin, value.find_first_of(" \t;(", begin) - begin);
        return name.empty() ? "7bit" : name;
    }

    static std::size_t lines(std::string_view s) {
        return static_cast<std::size_t>(std::count(s.begin(), s.end(), '\n'));
    }

    extension_data extension_;
    std::string out_;
};

} // namespace

std::string body(std::string_view message, extension_data e) {
    writer w(e);
    w.write(read_structure(message));
    return w.take();
}

} // namespace mailspec::wire::mail
