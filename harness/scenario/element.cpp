#include "harness/scenario/element.hpp"

#include "harness/match/near_name.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cstdlib>

namespace mailspec::scenario {

namespace {

constexpr std::string_view white = " \t\r\n";

/// Octets that the reference at the front of `raw` decodes to: "&#xe9;" is two octets of UTF-8.
std::size_t decoded_size(std::string_view reference) {
    if (!reference.starts_with("&#"))
        return 1;
    const bool hex = reference.size() > 2 && reference[2] == 'x';
    const unsigned long value =
        std::strtoul(std::string(reference.substr(hex ? 3 : 2)).c_str(), nullptr, hex ? 16 : 10);
    return value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
}

} // namespace

void located_text::append(std::string_view octets, std::size_t file_offset, coding c) {
    runs_.push_back({decoded.size(), file_offset, c});
    decoded += octets;
}

std::size_t located_text::in_file(std::size_t offset, std::string_view file) const {
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), offset,
                                        [](std::size_t o, const run& r) { return o < r.decoded_at; });
    if (after == runs_.begin())
        return 0;
    const run& r = *(after - 1);
    std::size_t at = r.file_at;
    for (std::size_t done = r.decoded_at; done < offset && at < file.size();) {
        std::size_t taken = 1, made = 1;
        if (file.substr(at).starts_with("\r\n")) {
            taken = 2;
        } else if (file[at] == '&' && r.how == coding::references) {
            taken = std::min(file.find(';', at), file.size() - 1) - at + 1;
            made = decoded_size(file.substr(at, taken));
        }
        if (done + made > offset)
            break;
        at += taken;
        done += made;
    }
    return at;
}

std::string_view element::name() const { return pugi::xml_node(node_).name(); }
std::size_t element::at() const { return static_cast<std::size_t>(pugi::xml_node(node_).offset_debug()); }

const char* element::find(const char* attribute) const {
    const pugi::xml_attribute a = pugi::xml_node(node_).attribute(attribute);
    return a ? a.value() : nullptr;
}

std::string_view element::get(const char* attribute, std::string_view otherwise) const {
    const char* value = find(attribute);
    return value ? std::string_view(value) : otherwise;
}

void element::only(std::initializer_list<std::string_view> attributes) const {
    for (const pugi::xml_attribute a : pugi::xml_node(node_).attributes()) {
        const std::string_view called = a.name();
        if (std::find(attributes.begin(), attributes.end(), called) == attributes.end())
            refuse(name_at(called), "unknown attribute " + std::string(called) + " of <" + std::string(name()) + ">" +
                                        match::did_you_mean(called, {attributes.begin(), attributes.size()}));
    }
}

std::string_view element::required(const char* attribute) const {
    const char* value = find(attribute);
    if (!value)
        refuse("<" + std::string(name()) + "> needs the attribute " + attribute);
    return value;
}

/// The file is known to be well-formed, so its attributes can be walked over.
std::optional<element::span> element::find_in_file(std::string_view attribute) const {
    const std::string_view file = in_->octets();
    std::size_t at = at_end_of_name(file);
    for (;;) {
        at = file.find_first_not_of(white, at);
        if (at == std::string_view::npos || file[at] == '>' || file[at] == '/')
            return std::nullopt;
        const std::size_t name_start = at;
        const std::size_t name_end = file.find_first_of(" \t\r\n=", at);
        const std::size_t quote = file.find_first_of("\"'", name_end);
        if (quote == std::string_view::npos)
            return std::nullopt;
        if (file.substr(name_start, name_end - name_start) == attribute)
            return span{name_start, quote + 1};
        at = file.find(file[quote], quote + 1);
        if (at == std::string_view::npos)
            return std::nullopt;
        ++at;
    }
}

std::size_t element::at_end_of_name(std::string_view file) const {
    return std::min(file.find_first_of(" \t\r\n/>", at()), file.size());
}

std::size_t element::name_at(std::string_view attribute) const {
    const auto found = find_in_file(attribute);
    return found ? found->name : at();
}

std::size_t element::value_at(std::string_view attribute, std::size_t offset) const {
    const auto found = find_in_file(attribute);
    if (!found)
        return at();
    located_text value;
    value.append({}, found->value, located_text::coding::references);
    return value.in_file(offset, in_->octets());
}

located_text element::text() const {
    located_text out;
    for (const pugi::xml_node child : pugi::xml_node(node_).children()) {
        const auto offset = static_cast<std::size_t>(child.offset_debug());
        if (child.type() == pugi::node_pcdata)
            out.append(child.value(), offset, located_text::coding::references);
        else if (child.type() == pugi::node_cdata)
            out.append(child.value(), offset, located_text::coding::verbatim);
        else if (child.type() == pugi::node_element)
            refuse(offset, "<" + std::string(child.name()) + "> cannot stand inside <" + std::string(name()) +
                               ">, which holds text");
    }
    return out;
}

std::vector<element> element::children() const {
    std::vector<element> out;
    for (const pugi::xml_node child : pugi::xml_node(node_).children()) {
        if (child.type() == pugi::node_element) {
            out.emplace_back(child.internal_object(), *in_);
            continue;
        }
        const std::string_view said = child.value();
        const std::size_t first = said.find_first_not_of(white);
        if (child.type() == pugi::node_cdata || (child.type() == pugi::node_pcdata && first != std::string_view::npos))
            refuse(static_cast<std::size_t>(child.offset_debug()) + std::min(first, said.size()),
                   "text cannot stand directly inside <" + std::string(name()) + ">");
    }
    return out;
}

void element::empty() const {
    for (const element& child : children())
        child.refuse("<" + std::string(child.name()) + "> cannot stand inside <" + std::string(name()) +
                     ">, which is empty");
}

} // namespace mailspec::scenario
