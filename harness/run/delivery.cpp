#include "harness/run/delivery.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/dialogue.hpp"

namespace mailspec::run {
namespace {

using success = dialogue::success;

[[noreturn]] void refused(const party& p, const own_mail& mail, std::string_view what) {
    throw abandoned{verdict::outcome::inconclusive, p.over.show() + " refused " + std::string(what) + ' ' +
                                                        std::string(mail.purpose) + ": \"" + quote(p.talk->decisive()) +
                                                        "\""};
}

} // namespace

script<> hand_over(party& p, const own_mail& mail) {
    const auto begins = "MAIL FROM:" + mail.from;
    const auto begun = co_await p.talk->command(begins);
    if (begun != success::yes)
        refused(p, mail, "MAIL");
    const auto words = "RCPT TO:" + mail.to;
    const auto rcpt = co_await p.talk->command(words);
    if (rcpt != success::yes)
        refused(p, mail, "RCPT");
    const auto data = co_await p.talk->command("DATA");
    if (data != success::more)
        refused(p, mail, "DATA");
    std::string stuffed;
    append_dot_stuffed(mail.octets, stuffed);
    stuffed.resize(stuffed.size() - 2); // command() ends the line
    const auto taken = co_await p.talk->command(stuffed);
    if (taken != success::yes)
        refused(p, mail, "the message");
}

} // namespace mailspec::run
