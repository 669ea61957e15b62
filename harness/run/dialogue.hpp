#pragma once

#include "harness/match/judge.hpp"
#include "harness/match/text.hpp"
#include "harness/run/line.hpp"
#include "harness/run/script.hpp"
#include "harness/run/stage.hpp"
#include "harness/wire/buffer.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// One thing said that awaits an answer, as its protocol needs to know it.
struct exchange {
    std::string asked;         ///< for sentences: "UID FETCH"
    std::uint32_t tag = 0;     ///< IMAP: the number in it
    std::uint32_t replies = 1; ///< LMTP: as many as recipients after the final dot
    enum class form { line, data, raw } how = form::line;
    enum class shape { single, multi_line, ehlo } awaited = shape::single;
    enum class state { sent, answered } now = state::sent; ///< answered: before all of it could be sent
};

// Notes in a transcript, which an audit of it understands.
inline constexpr std::string_view came_unasked = "unasked: "; ///< what came behind the answers
inline constexpr std::string_view has_closed = "the server closed the connection";

/// The protocol's half of a session: puts commands into octets, collects what answers them.
///
/// One answer is held at a time, as views into the line's buffer; release() lets it go.
class dialogue {
public:
    dialogue(stage& on, line& over, wire::limits most) : stage_(on), line_(over), most_(most) {}
    virtual ~dialogue() = default;
    dialogue(const dialogue&) = delete;
    dialogue& operator=(const dialogue&) = delete;

    /// Reads the greeting, which is then the answer held.
    virtual script<> greet() = 0;
    /// Begins a command: appends what goes in front (the tag). Then the caller appends the text, and end() what
    /// goes behind. For data the text is dot-stuffed by end().
    virtual void begin(exchange& x, match::outgoing& into) = 0;
    virtual void end(exchange& x, std::size_t begun, match::outgoing& into);
    /// Sends it, waiting for "+" wherever it must.
    virtual script<> say(exchange& x, const match::outgoing& out);
    /// Collects the whole answer.
    virtual script<> hear(exchange& x) = 0;
    /// What was collected; the greeting's or an answer's. Life: until release() or any further hear().
    virtual match::answer answer() = 0;
    virtual void release() = 0;
    /// Did it succeed (OK, +OK, 2xx), or ask for more (+, 334, 354)?
    enum class success { yes, more, no };
    virtual success succeeded() = 0;
    /// The line that decides, as the server said it, line end not included.
    virtual std::string_view decisive() = 0;
    /// The text of a continuation, still as it came: base64 of a challenge.
    virtual std::string challenge() = 0;
    /// Collects what came without being asked for, up to now; IMAP only, else nothing.
    virtual void gather() {}
    /// Notes that the server has closed the connection, where it has: it may have had to say something before.
    virtual void note_closed() {}
    /// `#n`: the number that message n has now, as numbered when the command went out.
    virtual std::uint32_t number_now(std::uint32_t n) const { return n; }

    /// One command of the harness's own, from words to answer. `behind`: octets that go out in the same write.
    script<success> command(std::string_view words, std::string_view behind = {});

    line& of() { return line_; }
    stage& on() { return stage_; }

protected:
    [[noreturn]] void refuse(const wire::reading& r);
    /// A greeting of another protocol: nothing of it is held against a grammar that it does not follow.
    [[noreturn]] void refuse_greeting(wire::frame f);
    /// Where something was found that no frame shows, notes these words in the transcript, and the findings.
    void note_finding(std::string_view words);
    /// Notes one frame in transcript and findings.
    void take(wire::frame f, std::vector<rfc::finding>& found);

    stage& stage_;
    line& line_;
    wire::limits most_;
    std::vector<rfc::finding> found_;
};

/// The dialogue that the line's protocol needs.
std::unique_ptr<dialogue> make_dialogue(stage& on, line& over, wire::limits most);

/// Is that command the one named, whatever the case?
bool is_command(std::string_view asked, std::string_view upper);

/// Appends with CRLF line ends, dots stuffed, and the final dot.
void append_dot_stuffed(std::string_view text, std::string& out);

} // namespace mailspec::run
