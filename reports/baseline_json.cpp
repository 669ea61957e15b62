#include "reports/baseline_json.hpp"

#include "reports/baseline_events.hpp"
#include "reports/escape.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <optional>

namespace mailspec::reports {
namespace {

using json = nlohmann::json;

constexpr std::size_t longest_reason = 200;

/// Goes through a text and lets others see how far it is.
class place_in_text {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    place_in_text(const char* at, const char** seen) : at_(at), seen_(seen) {}
    reference operator*() const { return *at_; }
    place_in_text& operator++() {
        *seen_ = ++at_;
        return *this;
    }
    bool operator==(const place_in_text& other) const { return at_ == other.at_; }

private:
    const char* at_;
    const char** seen_;
};

/// Hands the parts of a text on, each with the place where it begins.
class parts : public nlohmann::json_sax<json> {
public:
    using bracket = baseline_events::bracket;
    using scalar = baseline_events::scalar;

    explicit parts(std::string_view text) : text_(text), seen_(text.data()) {}

    const char** seen() { return &seen_; }
    baseline_events& events() { return events_; }
    /// Where it is no JSON, and why.
    std::size_t wrong_at() const { return wrong_at_; }
    const std::string& wrong() const { return wrong_; }

    bool null() override { return events_.value(scalar::null, {}, begin()); }
    bool boolean(bool) override { return events_.value(scalar::other, {}, begin()); }
    bool number_integer(std::int64_t) override { return events_.value(scalar::other, {}, begin()); }
    bool number_unsigned(std::uint64_t n) override {
        return events_.value(scalar::whole_number, std::to_string(n), begin());
    }
    bool number_float(double, const std::string&) override { return events_.value(scalar::other, {}, begin()); }
    bool string(std::string& said) override { return events_.value(scalar::text, said, begin()); }
    bool binary(json::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return events_.begins(bracket::object, begin()); }
    bool key(std::string& name) override { return events_.key(name, begin()); }
    bool end_object() override { return ends(); }
    bool start_array(std::size_t) override { return events_.begins(bracket::array, begin()); }
    bool end_array() override { return ends(); }
    bool parse_error(std::size_t at, const std::string&, const json::exception& why) override {
        wrong_at_ = std::min(std::max<std::size_t>(at, 1) - 1, text_.size());
        wrong_ = why.what();
        return false;
    }

private:
    /// The parser has read up to the end of this part, and of a number one octet more.
    std::size_t begin() {
        const auto at = text_.find_first_not_of(" \t\r\n,:", read_);
        read_ = static_cast<std::size_t>(seen_ - text_.data());
        return std::min(at, text_.size());
    }
    bool ends() {
        begin();
        return events_.ends();
    }

    std::string_view text_;
    const char* seen_;
    std::size_t read_ = 0; ///< up to there the parts are handed on
    baseline_events events_;
    std::size_t wrong_at_ = 0;
    std::string wrong_;
};

struct position {
    std::size_t line, column;
};

position position_of(std::string_view text, std::size_t at) {
    const auto before = text.substr(0, at);
    const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n'));
    return {line + 1, at - (line == 0 ? 0 : before.rfind('\n') + 1) + 1};
}

/// What the library says, without its own idea of the place and what it read last, which may be long.
std::string reason_in(std::string_view what) {
    const auto at = what.find(": ");
    what.remove_prefix(at == std::string_view::npos ? 0 : at + 2);
    return our_words(what.substr(0, std::min(what.find("; last read"), longest_reason)));
}

} // namespace

std::variant<verdict::baseline, std::string> read_baseline_json(std::string_view text, const std::string& name) {
    const auto fault = [&](std::size_t at, std::string_view why) {
        const auto where = position_of(text, at);
        return fmt::format("{}:{}:{}: {}", name, where.line, where.column, why);
    };
    parts read(text);
    const bool whole = json::sax_parse(place_in_text(text.data(), read.seen()),
                                       place_in_text(text.data() + text.size(), read.seen()), &read);
    auto& events = read.events();
    if (!events.fault().empty()) {
        auto sentence = fault(events.fault_at(), events.fault());
        if (events.see_also())
            sentence += fmt::format(", first in line {}", position_of(text, *events.see_also()).line);
        return sentence;
    }
    if (!whole)
        return fault(read.wrong_at(), "this is no JSON: " + reason_in(read.wrong()));
    if (const auto end = static_cast<std::size_t>(*read.seen() - text.data()); end != text.size())
        return fault(end, "this is no JSON: something follows its end"); // the library takes NUL for the end
    auto made = events.take();
    made.name = name;
    return made;
}

} // namespace mailspec::reports
