#pragma once

#include "harness/serve/altered_answer.hpp"
#include "harness/serve/line_input.hpp"
#include "harness/serve/session.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace mailspec::serve {

/// What POP3 and SMTP sessions share: command lines in, answers out, TLS in between.
class line_session : public session {
public:
    std::string greeting() final;
    void receive(std::string_view octets) final;
    std::string take_output() final;
    action next() const final { return next_; }
    void set_wake(std::function<void()>) final {}
    void tls_started() final;

protected:
    /// Takes the protocol's table of altered answers, and which protocol it is.
    line_session(session_options options, std::span<const altered_answer> table, wire::protocol spoken);

    virtual std::string welcome() = 0; ///< the greeting

    /// One command or response line, without its CRLF. Life of the view: the call.
    virtual void obey(std::string_view line) = 0;

    /// A line that is none: too long, or with a CR or LF of its own.
    virtual void refuse_line(line_input::found why) = 0;

    /// Whether a CR or LF within a line ends a command, too.
    enum class bare_ends { refused, obeyed };
    virtual bare_ends within_lines() const { return bare_ends::refused; }

    /// TLS is on: forget what the client said before.
    virtual void forget() = 0;

    /// Whether what came in the clear behind the request for TLS is thrown away.
    enum class leftovers { dropped, kept };
    virtual leftovers before_tls() const { return leftovers::dropped; }

    /// Whether lines come next, or octets that are none: those go to take_octets() as they arrive.
    enum class reading { lines, octets };
    virtual reading reads() const { return reading::lines; }

    /// Takes what has arrived, never empty; gives how much of it was wanted, less only when reads() changes.
    virtual std::size_t take_octets(std::string_view octets);

    bool breaks(const rfc::requirement& r) const { return options_.breaches->breaks(r); }
    const mischief& breaches() const { return *options_.breaches; }
    const provider& plays() const { return *options_.plays; }
    bool has_more_input() const { return !input_.rest().empty(); }
    /// Mischief: the next octets, at most, of what has arrived are lost.
    void lose_input(std::size_t octets) { input_.skip(std::min(octets, input_.rest().size())); }
    bool is_secured() const { return options_.over == session_options::channel::secured; }
    bool offers_tls() const { return options_.starttls == session_options::tls::available && !is_secured(); }
    std::chrono::sys_seconds now() const { return options_.clock(); }
    void send(std::string_view lines);
    /// All that is sent from now on answers that command (altered_answer.hpp).
    void now_answering(std::string_view command);
    void start_tls() { next_ = action::start_tls; }
    void close() { next_ = action::close; }

private:
    bool advance();
    void obey_pieces(std::string line);

    session_options options_;
    line_input input_;
    std::string output_;
    answer_alterer altered_;
    std::string answered_; ///< the command that is being answered; kept only where answers are altered
    action next_ = action::read;
};

} // namespace mailspec::serve
