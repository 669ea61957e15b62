#pragma once

#include "harness/scenario/source.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
struct xml_node_struct;
}

namespace mailspec::scenario {

/// Text of the document, decoded, that still knows where each of its octets stands in the file.
class located_text {
public:
    std::string decoded;

    /// A run of text, an attribute's value or a CDATA section begins at that offset of the file.
    enum class coding { references, verbatim };
    void append(std::string_view octets, std::size_t file_offset, coding c);

    /// The offset in the file of the octet at that offset in `decoded`. Takes the file's octets.
    std::size_t in_file(std::size_t offset, std::string_view file) const;

private:
    struct run {
        std::size_t decoded_at, file_at;
        coding how;
    };
    std::vector<run> runs_;
};

/// An element of the document, with where it stands; every complaint about it is thrown as `refused`.
class element {
public:
    element(pugi::xml_node_struct* node, const source& in) : node_(node), in_(&in) {}

    std::string_view name() const;
    /// Offset in the file of the element's name.
    std::size_t at() const;
    position where() const { return in_->at(at()); }
    std::uint32_t line() const { return where().line; }

    /// The value of that attribute, or null where it is not given.
    const char* find(const char* attribute) const;
    std::string_view get(const char* attribute, std::string_view otherwise) const;
    bool has(const char* attribute) const { return find(attribute) != nullptr; }
    /// Refuses any other attribute.
    void only(std::initializer_list<std::string_view> attributes) const;
    std::string_view required(const char* attribute) const;

    /// Offset in the file of an attribute's name, of an octet in its value.
    std::size_t name_at(std::string_view attribute) const;
    std::size_t value_at(std::string_view attribute, std::size_t offset = 0) const;

    /// All text directly inside; refuses elements.
    located_text text() const;
    /// The elements inside; refuses text.
    std::vector<element> children() const;
    /// Refuses any content.
    void empty() const;

    [[noreturn]] void refuse(std::size_t offset, std::string_view message) const {
        throw refused{in_->error(offset, message)};
    }
    [[noreturn]] void refuse(std::string_view message) const { refuse(at(), message); }
    [[noreturn]] void refuse_value(const char* attribute, std::string_view message, std::size_t offset = 0) const {
        refuse(value_at(attribute, offset), message);
    }
    [[noreturn]] void refuse_text(const located_text& t, std::size_t offset, std::string_view message) const {
        refuse(t.in_file(offset, in_->octets()), message);
    }

    const source& in() const { return *in_; }

private:
    struct span {
        std::size_t name, value;
    };
    std::optional<span> find_in_file(std::string_view attribute) const;
    std::size_t at_end_of_name(std::string_view file) const;

    pugi::xml_node_struct* node_; ///< of the XML library; lives as long as its document
    const source* in_;
};

} // namespace mailspec::scenario
