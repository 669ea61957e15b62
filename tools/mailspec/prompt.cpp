#include "tools/mailspec/prompt.hpp"

#include <fcntl.h>
#include <string_view>
#include <termios.h>
#include <unistd.h>

namespace mailspec::tools {
namespace {

constexpr char interrupt = '\x03', end_of_input = '\x04', backspace = '\b', erase = '\x7f', kill_line = '\x15';

/// The controlling terminal, keys unshown and unprocessed; as it was again at the end.
class terminal {
public:
    terminal() : file_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (file_ < 0 || ::tcgetattr(file_, &before_) != 0)
            return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        silent.c_cc[VMIN] = 1;
        silent.c_cc[VTIME] = 0;
        usable_ = ::tcsetattr(file_, TCSAFLUSH, &silent) == 0;
    }
    ~terminal() {
        if (usable_)
            ::tcsetattr(file_, TCSAFLUSH, &before_);
        if (file_ >= 0)
            ::close(file_);
    }
    terminal(const terminal&) = delete;
    terminal& operator=(const terminal&) = delete;

    bool usable() const { return usable_; }
    void say(std::string_view text) const {
        while (!text.empty()) {
            const auto written = ::write(file_, text.data(), text.size());
            if (written <= 0)
                return;
            text.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    std::optional<char> key() const {
        char c = 0;
        return ::read(file_, &c, 1) == 1 ? std::optional(c) : std::nullopt;
    }

private:
    int file_;
    termios before_{};
    bool usable_ = false;
};

void take_back(std::string& typed) {
    while (!typed.empty() && (static_cast<unsigned char>(typed.back()) & 0xC0U) == 0x80U)
        typed.pop_back();
    if (!typed.empty())
        typed.pop_back();
}

std::optional<std::string> typed_line(const terminal& t) {
    std::string typed;
    while (const auto c = t.key()) {
        switch (*c) {
        case '\r':
        case '\n': return typed;
        case interrupt:
        case end_of_input: return std::nullopt;
        case kill_line: typed.clear(); break;
        case backspace:
        case erase: take_back(typed); break;
        default: typed += *c;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> ask_secret(const std::string& question) {
    const terminal t;
    if (!t.usable())
        return std::nullopt;
    t.say(question);
    auto answer = typed_line(t);
    t.say("\n");
    return answer;
}

} // namespace mailspec::tools
