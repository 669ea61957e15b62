#include "harness/observe/smtp_command.hpp"

#include "harness/observe/words.hpp"

#include <algorithm>
#include <initializer_list>

namespace mailspec::observe {
namespace {

using verb = smtp_command::verb;

constexpr struct {
    std::string_view keyword;
    smtp_extension what;
} extensions[] = {{"SIZE", smtp_extension::size},         {"8BITMIME", smtp_extension::eight_bit},
                  {"BINARYMIME", smtp_extension::binary}, {"SMTPUTF8", smtp_extension::utf8},
                  {"AUTH", smtp_extension::auth},         {"DSN", smtp_extension::dsn},
                  {"STARTTLS", smtp_extension::starttls}, {"ENHANCEDSTATUSCODES", smtp_extension::enhanced_codes}};

constexpr struct {
    std::string_view keyword;
    verb what;
} verbs[] = {{"MAIL", verb::mail}, {"RCPT", verb::rcpt}, {"DATA", verb::data}, {"NOOP", verb::noop},
             {"RSET", verb::rset}, {"QUIT", verb::quit}, {"EHLO", verb::ehlo}, {"LHLO", verb::ehlo},
             {"HELO", verb::helo}, {"VRFY", verb::vrfy}, {"BDAT", verb::bdat}, {"STARTTLS", verb::starttls},
             {"AUTH", verb::auth}, {"SEND", verb::mail}, {"SOML", verb::mail}, {"SAML", verb::mail}};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return is_word(text, w); });
}

/// What a parameter of RCPT needs, where it is well-formed beyond doubt; else none.
smtp_extension read_rcpt_parameter(std::string_view text) {
    const auto keyword = take_until(text, "=");
    const bool notify = is_word(keyword, "NOTIFY") && is_one_of(text, {"NEVER", "SUCCESS", "FAILURE", "DELAY"});
    return notify ? smtp_extension::dsn : smtp_extension::none;
}

/// The same of MAIL.
smtp_extension read_mail_parameter(std::string_view text) {
    const bool has_value = text.find('=') != std::string_view::npos;
    const auto keyword = take_until(text, "=");
    if (is_word(keyword, "SMTPUTF8"))
        return has_value ? smtp_extension::none : smtp_extension::utf8;
    if (is_word(keyword, "SIZE")) {
        const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
        return digits && !text.empty() && text.size() <= 20 ? smtp_extension::size : smtp_extension::none;
    }
    if (is_word(keyword, "BODY") && is_one_of(text, {"7BIT", "8BITMIME"}))
        return smtp_extension::eight_bit;
    if (is_word(keyword, "BODY") && is_word(text, "BINARYMIME"))
        return smtp_extension::binary;
    if (is_word(keyword, "AUTH") && text == "<>")
        return smtp_extension::auth;
    if (is_word(keyword, "RET") && is_one_of(text, {"FULL", "HDRS"}))
        return smtp_extension::dsn;
    return smtp_extension::none;
}

/// Takes what follows "MAIL" or "RCPT"; `before` stands in front of the path: " FROM:<".
void read_path(std::string_view rest, std::string_view before, smtp_command& into) {
    if (!is_word(rest.substr(0, before.size()), before))
        return;
    rest.remove_prefix(before.size());
    const auto path = take_until(rest, ">");
    into.path = path.empty() ? smtp_command::path_kind::null : smtp_command::path_kind::some;
    if (path.find_first_of("\"\\<") != std::string_view::npos || !rest.starts_with(' '))
        return;
    rest.remove_prefix(1);
    smtp_extensions all = 0;
    while (!rest.empty()) {
        const auto text = take_until(rest, " ");
        const auto one = into.what == verb::mail ? read_mail_parameter(text) : read_rcpt_parameter(text);
        if (one == smtp_extension::none || (all & bit(one)) != 0)
            return;
        all |= bit(one);
    }
    into.needs = all;
}

} // namespace

smtp_extension read_extension(std::string_view keyword) {
    for (const auto& each : extensions)
        if (is_word(keyword, each.keyword))
            return each.what;
    return smtp_extension::none;
}

smtp_command read_smtp_command(std::string_view line) {
    smtp_command out;
    const auto keyword = line.substr(0, line.find(' '));
    const auto known =
        std::find_if(std::begin(verbs), std::end(verbs), [&](const auto& v) { return is_word(keyword, v.keyword); });
    if (known == std::end(verbs))
        return out;
    out.what = known->what;
    if (is_word(keyword, "MAIL"))
        read_path(line.substr(keyword.size()), " FROM:<", out);
    else if (out.what == verb::rcpt)
        read_path(line.substr(keyword.size()), " TO:<", out);
    return out;
}

std::string_view name_of(verb v) {
    switch (v) {
    case verb::response: return "a response";
    case verb::message: return "the message";
    case verb::other: return "a command";
    default: break;
    }
    return std::find_if(std::begin(verbs), std::end(verbs), [&](const auto& each) { return each.what == v; })->keyword;
}

std::string show_extensions(smtp_extensions all) {
    std::string out;
    for (const auto& each : extensions)
        if ((all & bit(each.what)) != 0)
            out.append(out.empty() ? "" : " and ").append(each.keyword);
    return out;
}

} // namespace mailspec::observe
