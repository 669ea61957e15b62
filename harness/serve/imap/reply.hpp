#pragma once

#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// How a command ends: the tagged response without its tag.
struct reply {
    enum class kind { ok, no, bad, later } what = kind::ok;
    std::string code; ///< response code without brackets; empty: none
    std::string text;

    static reply ok(std::string text) { return {kind::ok, {}, std::move(text)}; }
    static reply ok(std::string code, std::string text) { return {kind::ok, std::move(code), std::move(text)}; }
    static reply no(std::string text) { return {kind::no, {}, std::move(text)}; }
    static reply no(std::string code, std::string text) { return {kind::no, std::move(code), std::move(text)}; }
    static reply bad(std::string text) { return {kind::bad, {}, std::move(text)}; }
    static reply bad(std::string code, std::string text) { return {kind::bad, std::move(code), std::move(text)}; }
    /// The command goes on with the client's next line.
    static reply later() { return {kind::later, {}, {}}; }
};

} // namespace mailspec::serve::imap
