#include "harness/serve/provider.hpp"

#include "harness/serve/take_word.hpp"
#include "harness/wire/sasl/mechanism.hpp"

#include <algorithm>
#include <array>

namespace mailspec::serve {

namespace {

constexpr std::string_view netease_imap = "SPECIAL-USE ID LITERAL+ UIDPLUS";
constexpr std::string_view netease_folders =
    "\\Drafts &g0l6P3ux- \\Sent &XfJT0ZAB- \\Trash &XfJSIJZk- \\Junk &V4NXPpCuTvY- - &dcVr0mWHTvZZOQ- - &Xn9USpCuTvY- "
    "- &i6KWBZCuTvY-";
constexpr unsigned netease_ways = provider::id_before_select | provider::auth_with_equals;

// Sources, by provider. GitHub issues are named owner/repository#number.
//   126      as 163; ID: Wh1isper/mcp-email-server#17, pimalaya/himalaya#549
//   163      greetings, capabilities, folders, EHLO: telnet sessions of 2016-2019 with it that mailspec grew out of; ID
//            and the words of refusal: modern-email/defects#25, mscdex/node-imap#908 (EXAMINE); 535: lossme/ComicBook#3
//   fastmail bichon: rustmailer/bichon#152
//   gmail    MailCore/mailcore2#1332, mscdex/node-imap#369, andreiaugustin/gmail_extractor#4; SMTP: bberkay/openmail#1
//   gmx      POP3's refusal: jens-maus/yam#638; nothing else was found
//   icloud   lefcha/imapfilter#125, jstedfast/MailKit#295; RFC822: modern-email/defects#36
//   mail.ru  thunderbird/thunderbird-android#9069; SMTP: lmanukyan/print-designer#5
//   outlook  home-assistant/core#122468, jstedfast/MailKit#711; POP3: kisli/vmime#267, getmail6/getmail6#256; SMTP:
//            daleghent/nina-ground-station#17
//   qq       chengazhen/cursor-auto-free#285, pandolia/qqbot#139; SMTP: YMFE/yapi#2219
//   yahoo    Enough-Software/enough_mail#245, RainLoop/rainloop-webmail#1354
//   yandex   Foundry376/Mailspring#2111
//   zoho     Foundry376/Mailspring#1334; CAPABILITY after login: zetacomponents/Mail#97
constexpr std::array<provider, 12> rows{{
    {.name = "126",
     .domain = "126.com",
     .imap = {"Coremail System IMap Server Ready(126com)", "LOGIN Login error or password error", netease_imap},
     .pop3 = {"Welcome to coremail Mail Pop3 Server (126coms)", "", ""},
     .smtp = {"126.com Anti-spam GT for Coremail System (126com[20141201])", "535 Error: authentication failed",
              "LOGIN PLAIN"},
     .ways = netease_ways,
     .folders = netease_folders},
    {.name = "163",
     .domain = "163.com",
     .imap = {"Coremail System IMap Server Ready(163com[726cd87d72d896a1ac393507346040fa])",
              "LOGIN Login error or password error", netease_imap},
     .pop3 = {"Welcome to coremail Mail Pop3 Server (163coms[726cd87d72d896a1ac393507346040fas])", "", ""},
     .smtp = {"163.com Anti-spam GT for Coremail System (163com[20141201])", "535 Error: authentication failed",
              "LOGIN PLAIN"},
     .ways = netease_ways,
     .folders = netease_folders},
    {.name = "fastmail",
     .domain = "fastmail.com",
     .imap = {"", "Incorrect username, password or access token.", ""},
     .pop3 = {},
     .smtp = {},
     .folders = ""},
    {.name = "gmail",
     .domain = "gmail.com",
     .imap = {"Gimap ready for requests from 127.0.0.1",
              "[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 "
              "(Failure)",
              "UNSELECT IDLE NAMESPACE ID CHILDREN SASL-IR UIDPLUS ENABLE MOVE ESEARCH LIST-EXTENDED SPECIAL-USE "
              "AUTH=XOAUTH2 AUTH=PLAIN AUTH=OAUTHBEARER"},
     .pop3 = {},
     .smtp = {"",
              "534 5.7.9 Application-specific password required. For more information, go to "
              "https://support.google.com/mail/?p=InvalidSecondFactor",
              "LOGIN PLAIN XOAUTH2 OAUTHBEARER"},
     .ways = provider::capability_untagged,
     .folders = ""},
    {.name = "gmx",
     .domain = "gmx.net",
     .imap = {},
     .pop3 = {"", "authentication failed", ""},
     .smtp = {},
     .folders = ""},
    {.name = "icloud",
     .domain = "icloud.com",
     .imap = {"[CAPABILITY] iSCREAM ready to rumble", "[AUTHENTICATIONFAILED] Authentication failed",
              "SASL-IR LITERAL+ NAMESPACE UIDPLUS CHILDREN BINARY UNSELECT ESEARCH ENABLE ID IDLE AUTH=PLAIN"},
     .pop3 = {},
     .smtp = {},
     .ways = provider::rfc822_without_data,
     .folders = ""},
    {.name = "mail.ru",
     .domain = "mail.ru",
     .imap = {"",
              "[AUTHENTICATIONFAILED] NEOBHODIM parol prilozheniya "
              "https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED",
              ""},
     .pop3 = {},
     .smtp = {"",
              "535 5.7.0 NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / "
              "Application password is REQUIRED",
              ""},
     .folders = ""},
    {.name = "outlook",
     .domain = "outlook.com",
     .imap = {"The Microsoft Exchange IMAP4 service is ready.", "LOGIN failed.",
              "AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+"},
     .pop3 = {"The Microsoft Exchange POP3 service is ready.", "Logon failure: unknown user name or bad password.",
              "PLAIN XOAUTH2"},
     .smtp = {"", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "LOGIN XOAUTH2"},
     .ways = provider::only_tokens | provider::auth_in_two_lines,
     .folders = ""},
    {.name = "qq",
     .domain = "qq.com",
     .imap = {"[CAPABILITY] QQMail XMIMAP4Server ready",
              "Please using authorized code to login. More information at "
              "http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=28&&no=1001256",
              "ID AUTH=PLAIN AUTH=LOGIN AUTH=XOAUTH2 NAMESPACE"},
     .pop3 = {},
     .smtp = {"",
              "535 Login Fail. Please enter your authorization code to login. More information in "
              "http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=28&&no=1001256",
              ""},
     .folders = ""},
    {.name = "yahoo",
     .domain = "yahoo.com",
     .imap = {"Welcome! IMAP Server up and ready to accept your request",
              "[AUTHENTICATIONFAILED] LOGIN Invalid credentials",
              "ID MOVE NAMESPACE UIDPLUS LITERAL+ CHILDREN AUTH=PLAIN AUTH=LOGIN AUTH=XOAUTH2"},
     .pop3 = {},
     .smtp = {},
     .folders = ""},
    {.name = "yandex",
     .domain = "yandex.com",
     .imap = {"Yandex IMAP4rev1 at imap53p.mail.yandex.net:993 ready to talk with 127.0.0.1",
              "[AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled",
              "CHILDREN UNSELECT LITERAL+ NAMESPACE BINARY UIDPLUS ENABLE ID AUTH=PLAIN AUTH=XOAUTH2 IDLE MOVE"},
     .pop3 = {},
     .smtp = {},
     .folders = ""},
    {.name = "zoho",
     .domain = "zohomail.com",
     .imap = {"svwall.zoho.com IMAP4 Server (Zoho Mail IMAP4rev1 Server version 1.0)",
              "[AUTHENTICATIONFAILED] Invalid credentials(Failure)",
              "UNSELECT CHILDREN NAMESPACE IDLE MOVE ID AUTH=PLAIN SASL-IR UIDPLUS ESEARCH LIST-EXTENDED"},
     .pop3 = {},
     .smtp = {},
     .ways = provider::capability_untagged,
     .folders = ""},
}};

} // namespace

bool provider::lists(std::string_view list, std::string_view word) {
    if (list.empty())
        return true;
    while (!list.empty())
        if (take_word(list) == word)
            return true;
    return false;
}

std::string provider::of_ours(std::string_view list, std::string_view ours) {
    std::string out;
    while (!ours.empty())
        if (const auto word = take_word(ours); lists(list, word))
            out.append(out.empty() ? "" : " ").append(word);
    return out;
}

bool provider::takes(const words& of, std::string_view mechanism) const {
    const auto announced = &of == &imap ? "AUTH=" + std::string(mechanism) : std::string(mechanism);
    return lists(of.announces, announced);
}

bool provider::lets_in(std::string_view mechanism) const {
    return wire::sasl::takes_token(mechanism) || !has(only_tokens);
}

const provider& provider::none() {
    static constexpr provider itself{};
    return itself;
}

std::span<const provider> provider::all() { return rows; }

const provider* provider::find(std::string_view name) {
    const auto* found = std::ranges::find(rows, name, &provider::name);
    return found == rows.end() ? nullptr : found;
}

} // namespace mailspec::serve
