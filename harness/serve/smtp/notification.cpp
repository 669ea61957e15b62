#include "harness/serve/smtp/notification.hpp"

#include "harness/rfc/catalogue.hpp"

namespace mailspec::serve::smtp {

namespace req = rfc::req;

namespace {

std::string_view without_brackets(std::string_view path) {
    return path.size() > 2 ? path.substr(1, path.size() - 2) : std::string_view{};
}

/// "From: <carol@mailspec.test>".
std::string_view author_of(std::string_view mail) {
    const auto from = mail.find("From: <");
    if (from == mail.npos)
        return {};
    mail.remove_prefix(from + 7);
    return mail.substr(0, mail.find('>'));
}

} // namespace

bool takes_nobody(const mischief& breaches) {
    return breaches.breaks(req::smtp_notify_null_path) || breaches.breaks(req::smtp_notify_format) ||
           breaches.breaks(req::smtp_notify_to_sender) || breaches.breaks(req::smtp_notify_not_for_null) ||
           breaches.breaks(req::smtp_data_late_recipients) || breaches.breaks(req::smtp_notify_one_for_all) ||
           breaches.breaks(req::smtp_data_partial);
}

std::string_view notified(std::string_view mail, std::string_view reverse_path, const mischief& breaches) {
    const bool by_header =
        breaches.breaks(req::smtp_notify_to_sender) || breaches.breaks(req::smtp_notify_not_for_null);
    return by_header ? author_of(mail) : without_brackets(reverse_path);
}

trace trace_of_notification(const trace& failed, const mischief& breaches) {
    auto t = failed;
    t.reverse_path =
        breaches.breaks(req::smtp_notify_null_path) ? "<mailer-daemon@" + std::string(store::domain) + '>' : "<>";
    return t;
}

std::string notification(std::string_view to, std::string_view recipient, const mischief& breaches) {
    const std::string host(store::domain), failed(recipient);
    auto mail = "From: <mailer-daemon@" + host + ">\r\nTo: <" + std::string(to) + ">\r\nSubject: not delivered\r\n";
    const auto words = "\r\nThere is no mailbox " + failed + " here.\r\n";
    if (breaches.breaks(req::smtp_notify_format))
        return mail + words;
    return mail +
           "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
           "--b\r\n" + words + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; " + host +
           "\r\n\r\nFinal-Recipient: rfc822; " + std::string(without_brackets(failed)) +
           "\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n";
}

} // namespace mailspec::serve::smtp
