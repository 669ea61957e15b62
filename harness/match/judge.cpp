#include "harness/match/judge.hpp"

#include "harness/match/judges.hpp"

namespace mailspec::match {

std::string octets_of(const wire::imap::tree& t) {
    std::string_view frame = t.frame();
    if (frame.ends_with('\n'))
        frame.remove_suffix(frame.ends_with("\r\n") ? 2 : 1);
    return std::string(frame);
}

miss missed(const expectation& e, const variables& bound, std::string came, std::string why) {
    return {e.line, filled_in(e.shape.source(), bound), std::move(came), std::move(why), e.proves};
}

std::vector<miss> judge(const expectations& wanted, const answer& got, variables& bound, const number_now& number) {
    if (const auto* a = std::get_if<imap_answer>(&got))
        return judge_imap(wanted, *a, bound, number);
    if (const auto* a = std::get_if<pop3_answer>(&got))
        return judge_pop3(wanted, *a->reply, bound);
    if (const auto* a = std::get_if<smtp_answer>(&got))
        return judge_smtp(wanted, *a->reply, bound);
    return judge_sieve(wanted, std::get<sieve_answer>(got), bound);
}

} // namespace mailspec::match
