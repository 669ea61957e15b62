#include "harness/verdict/masker.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace mailspec::verdict {
namespace {

constexpr std::string_view replacement = "[masked]";
/// What is shorter stands in octets by chance: "x" in every fourth word that is taken for base64.
constexpr std::size_t least_sought = 3;
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto values = [] {
    std::array<std::int8_t, 256> of{};
    of.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        of[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return of;
}();

int value(char c) { return values[static_cast<unsigned char>(c)]; }

bool is_word_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool stands_alone(std::string_view in, std::size_t at, std::size_t size) {
    const bool left = at == 0 || !is_word_char(in[at - 1]);
    const bool right = at + size == in.size() || !is_word_char(in[at + size]);
    return left && right;
}

std::string quoted(std::string_view secret) {
    std::string out;
    for (const char c : secret) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

/// As our sentences show what is not printable.
std::string escaped(std::string_view secret) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : secret) {
        const auto u = static_cast<unsigned char>(c);
        if (u >= 0x20 && u < 0x7f)
            out += c;
        else
            out.append("\\x") += {digits[u >> 4], digits[u & 15]};
    }
    return out;
}

/// How many octets of the secret, but not all of them, end the text.
std::size_t begun(std::string_view text, std::string_view secret) {
    auto size = std::min(text.size(), secret.size() - 1);
    while (size > 0 && !text.ends_with(secret.substr(0, size)))
        --size;
    return size;
}

std::string decode(std::string_view word) {
    std::string out;
    std::uint32_t bits = 0;
    int have = 0;
    for (const char c : word) {
        bits = (bits << 6 | static_cast<std::uint32_t>(value(c))) & 0xffffffu;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out += static_cast<char>(bits >> have & 0xffu);
        }
    }
    return out;
}

/// What SASL sends is a secret alone, or fields with NUL (RFC 4616), \x01 or a space (RFC 7628) between.
bool is_field(std::string_view plain, std::string_view secret) {
    const auto parts = [](char c) { return c == '\0' || c == '\x01' || c == ' '; };
    for (auto begin = plain.begin();;) {
        const auto end = std::find_if(begin, plain.end(), parts);
        if (std::string_view(begin, end) == secret)
            return true;
        if (end == plain.end())
            return false;
        begin = end + 1;
    }
}

} // namespace

void masker::add_secret(std::string_view secret) {
    if (secret.empty() || std::find(secrets_.begin(), secrets_.end(), secret) != secrets_.end())
        return;
    secrets_.emplace_back(secret);
    forms_.emplace_back(secret);
    for (auto other : {quoted(secret), escaped(secret), escaped(quoted(secret))})
        if (std::find(forms_.begin(), forms_.end(), other) == forms_.end())
            forms_.push_back(std::move(other));
    shortest_ = secrets_.size() == 1 ? secret.size() : std::min(shortest_, secret.size());
}

std::size_t masker::longest() const {
    std::size_t most = 0;
    for (const auto& form : forms_)
        most = std::max(most, form.size());
    return most * 4 / 3 + 8;
}

void masker::find_plain(std::string_view octets, std::vector<range>& found) const {
    for (const auto& form : forms_)
        for (auto at = octets.find(form); at != std::string_view::npos; at = octets.find(form, at + 1))
            if (form.size() >= least_sought || stands_alone(octets, at, form.size()))
                found.push_back({at, at + form.size()});
}

bool masker::hides_secret(std::string_view word, std::size_t padding) const {
    for (std::size_t shift = 0; shift < 4 && shift < word.size(); ++shift) {
        const auto plain = decode(word.substr(shift));
        const bool whole = shift == 0 && padding < 3 && (word.size() + padding) % 4 == 0;
        for (const auto& secret : secrets_) {
            const bool found = secret.size() < least_sought ? whole && is_field(plain, secret)
                                                            : plain.find(secret) != std::string::npos;
            if (found)
                return true;
        }
    }
    return false;
}

void masker::find_encoded(std::string_view octets, std::vector<range>& found) const {
    const std::size_t least = std::max<std::size_t>(shortest_ * 4 / 3, 2);
    for (std::size_t at = 0; at < octets.size();) {
        if (value(octets[at]) < 0) {
            ++at;
            continue;
        }
        auto end = at + 1;
        while (end < octets.size() && value(octets[end]) >= 0)
            ++end;
        const auto word = octets.substr(at, end - at);
        while (end < octets.size() && octets[end] == '=')
            ++end;
        if (word.size() >= least && hides_secret(word, end - at - word.size()))
            found.push_back({at, end});
        at = end;
    }
}

void masker::find_cut(std::string_view octets, std::vector<range>& found) const {
    for (auto at = octets.find("..."); at != std::string_view::npos; at = octets.find("...", at + 3)) {
        const auto text = octets.substr(0, at);
        for (const auto& form : forms_)
            if (const auto size = begun(text, form); size >= least_sought)
                found.push_back({at - size, at});
        auto word = at;
        while (word > 0 && value(text[word - 1]) >= 0)
            --word;
        for (auto from = word; from < std::min(word + 4, at); ++from)
            for (const auto& secret : secrets_)
                if (begun(decode(text.substr(from)), secret) >= least_sought)
                    found.push_back({word, at});
    }
}

std::string masker::replaced(std::string_view octets, std::vector<range> found) {
    std::sort(found.begin(), found.end(), [](const range& a, const range& b) { return a.begin < b.begin; });
    std::string out;
    std::size_t done = 0;
    for (const auto& [begin, end] : found) {
        if (end <= done)
            continue;
        if (begin >= done) {
            out.append(octets.substr(done, begin - done));
            out += replacement;
        }
        done = end;
    }
    out.append(octets.substr(done));
    return out;
}

std::string masker::mask_whole(std::string_view octets) const {
    std::vector<range> found;
    if (!empty()) {
        find_plain(octets, found);
        find_encoded(octets, found);
    }
    return replaced(octets, std::move(found));
}

std::string masker::mask(std::string_view octets) const {
    std::vector<range> found;
    if (!empty()) {
        find_plain(octets, found);
        find_encoded(octets, found);
        find_cut(octets, found);
    }
    return replaced(octets, std::move(found));
}

} // namespace mailspec::verdict
