#include "harness/wire/mail/structure.hpp"

#include "harness/wire/mail/header.hpp"

#include <algorithm>

namespace mailspec::wire::mail {
namespace {

const std::string* find_parameter(const media& type, std::string_view name) {
    for (const auto& p : type.parameters) {
        if (same_name(p.name, name)) {
            return &p.value;
        }
    }
    return nullptr;
}

/// Is the line "--" boundary, perhaps "--" again, and white space only after it?
enum class delimiter { none, between, close };
delimiter delimiter_in(std::string_view line, std::string_view boundary) {
    if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) {
        return delimiter::none;
    }
    line.remove_prefix(2 + boundary.size());
    const bool close = line.starts_with("--");
    if (close) {
        return delimiter::close; // whatever follows: the parts have ended
    }
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos ? delimiter::between : delimiter::none;
}

std::string_view without_line_end(std::string_view s) {
    if (s.ends_with('\n')) {
        s.remove_suffix(1);
        if (s.ends_with('\r')) {
            s.remove_suffix(1);
        }
    }
    return s;
}

/// The octets of each part of a multipart body; preamble and epilogue left out. Source: RFC 2046 section 5.1.1.
std::vector<std::string_view> cut(std::string_view body, std::string_view boundary, std::size_t most) {
    std::vector<std::string_view> parts;
    std::size_t begin = std::string_view::npos; // of the part being read
    std::size_t line = 0;
    while (line < body.size()) {
        const auto feed = body.find('\n', line);
        const auto next = feed == std::string_view::npos ? body.size() : feed + 1;
        const auto kind = delimiter_in(body.substr(line, next - line), boundary);
        if (kind != delimiter::none) {
            if (begin != std::string_view::npos) {
                parts.push_back(without_line_end(body.substr(begin, line - begin)));
            }
            begin = next;
            if (kind == delimiter::close || parts.size() == most) {
                return parts;
            }
        }
        line = next;
    }
    if (begin != std::string_view::npos) {
        parts.push_back(body.substr(begin)); // no closing boundary: the part goes to the end
    }
    return parts;
}

/// What a part is when its header does not say (RFC 2045 section 5.2, RFC 2046 section 5.1.5).
enum class fallback { text, message };

media default_type(fallback when) {
    if (when == fallback::message) {
        return {"message", "rfc822", {}};
    }
    return {"text", "plain", {{"charset", "us-ascii"}}};
}

class builder {
public:
    explicit builder(structure_limits most) : depth_left_(most.depth), parts_left_(most.parts) {}

    part build(std::string_view octets, fallback when) {
        const auto cut_here = split(octets);
        part made{cut_here.header, cut_here.body, {}, part::form::leaf, {}};
        made.type = read_type(made.header, when);
        if (same_name(made.type.type, "multipart")) {
            add_parts(made, when);
        } else if (same_name(made.type.type, "message") &&
                   (same_name(made.type.subtype, "rfc822") || same_name(made.type.subtype, "global"))) {
            add_message(made);
        }
        return made;
    }

private:
    static media read_type(std::string_view header, fallback when) {
        const auto value = find_field(header, "Content-Type");
        if (!value) {
            return default_type(when);
        }
        auto type = field_reader::get().content_type(unfold(*value));
        if (type.type.empty() || type.subtype.empty()) {
            return default_type(fallback::text);
        }
        if (same_name(type.type, "text") && find_parameter(type, "charset") == nullptr &&
            find_parameter(type, "charset*") == nullptr) {
            type.parameters.push_back({"charset", "us-ascii"});
        }
        return type;
    }

    void add_parts(part& made, fallback when) {
        const auto* const boundary = find_parameter(made.type, "boundary");
        if (boundary == nullptr || boundary->empty()) {
            made.type = default_type(when);
            return;
        }
        if (depth_left_ == 0 || parts_left_ == 0) {
            made.type = {"application", "octet-stream", {}};
            return;
        }
        made.what = part::form::multipart;
        const auto inner = same_name(made.type.subtype, "digest") ? fallback::message : fallback::text;
        auto parts = cut(made.body, *boundary, parts_left_);
        if (parts.empty()) {
            parts.push_back(made.body.substr(0, 0)); // a multipart has at least one part
        }
        parts_left_ -= std::min(parts_left_, parts.size());
        --depth_left_;
        made.children.reserve(parts.size());
        for (const auto octets : parts) {
            made.children.push_back(build(octets, inner));
        }
        ++depth_left_;
    }

    void add_message(part& made) {
        if (depth_left_ == 0 || parts_left_ == 0) {
            made.type = {"application", "octet-stream", {}};
            return;
        }
        made.what = part::form::message;
        --parts_left_;
        --depth_left_;
        made.children.push_back(build(made.body, fallback::text));
        ++depth_left_;
    }

    std::size_t depth_left_;
    std::size_t parts_left_;
};

/// Part n of a message: one of its parts, or itself where it is no multipart.
const part* part_of_message(const part& message, std::size_t n) {
    if (message.what == part::form::multipart) {
        return n >= 1 && n <= message.children.size() ? &message.children[n - 1] : nullptr;
    }
    return n == 1 ? &message : nullptr;
}

} // namespace

part read_structure(std::string_view message, structure_limits most) {
    return builder(most).build(message, fallback::text);
}

const part* find_part(const part& message, const std::vector<std::size_t>& numbers) {
    const part* at = &message;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i == 0) {
            at = part_of_message(message, numbers[i]);
        } else if (at->what == part::form::multipart) {
            at = numbers[i] >= 1 && numbers[i] <= at->children.size() ? &at->children[numbers[i] - 1] : nullptr;
        } else if (at->what == part::form::message) {
            at = part_of_message(at->children.front(), numbers[i]);
        } else {
            at = nullptr;
        }
        if (at == nullptr) {
            return nullptr;
        }
    }
    return at;
}

encoding transfer_encoding(const part& p) {
    const auto value = find_field(p.header, "Content-Transfer-Encoding");
    return value ? field_reader::get().transfer_encoding(unfold(*value)) : encoding::identity;
}

} // namespace mailspec::wire::mail
