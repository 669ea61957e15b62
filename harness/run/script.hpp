#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

namespace mailspec::run {

// A coroutine type without I/O: what the interpreter's blocks are written in. A script<T> starts when it is
// awaited, runs on the stack of whoever resumes its innermost point, and gives a value or throws what was thrown.

namespace detail {

/// Memory for coroutine frames: one that ends leaves its own to the next of its size, so that a scenario's thousandth
/// command allocates nothing. One per thread, as frames never leave theirs.
class frame_pool {
public:
    static void* take(std::size_t size);
    static void give_back(void* frame, std::size_t size) noexcept;
};

struct script_promise_base {
    static void* operator new(std::size_t size) { return frame_pool::take(size); }
    static void operator delete(void* frame, std::size_t size) noexcept { frame_pool::give_back(frame, size); }

    std::coroutine_handle<> awaiting = std::noop_coroutine();
    std::exception_ptr thrown;

    struct hand_back {
        bool await_ready() const noexcept { return false; }
        template <typename Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) const noexcept {
            return self.promise().awaiting;
        }
        void await_resume() const noexcept {}
    };
    std::suspend_always initial_suspend() const noexcept { return {}; }
    hand_back final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { thrown = std::current_exception(); }
    void rethrow() const {
        if (thrown)
            std::rethrow_exception(thrown);
    }
};

} // namespace detail

/// A piece of a scenario's doing, written as straight code, suspended wherever it needs I/O.
template <typename T = void> class [[nodiscard]] script {
public:
    struct promise_type : detail::script_promise_base {
        std::optional<T> value;
        script get_return_object() { return script{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        template <typename U> void return_value(U&& u) { value.emplace(std::forward<U>(u)); }
    };

    script(script&& other) noexcept : self_(std::exchange(other.self_, {})) {}
    script& operator=(script&&) = delete;
    ~script() {
        if (self_)
            self_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> by) noexcept {
        self_.promise().awaiting = by;
        return self_;
    }
    T await_resume() {
        self_.promise().rethrow();
        return std::move(*self_.promise().value);
    }

private:
    explicit script(std::coroutine_handle<promise_type> self) : self_(self) {}
    std::coroutine_handle<promise_type> self_;
};

/// The same without a value; also what the outermost script is, which is started by start().
template <> class [[nodiscard]] script<void> {
public:
    struct promise_type : detail::script_promise_base {
        script get_return_object() { return script{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        void return_void() const noexcept {}
    };

    script(script&& other) noexcept : self_(std::exchange(other.self_, {})) {}
    script& operator=(script&&) = delete;
    ~script() {
        if (self_)
            self_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> by) noexcept {
        self_.promise().awaiting = by;
        return self_;
    }
    void await_resume() const { self_.promise().rethrow(); }

    /// Runs the outermost script up to its first wait.
    void start() const { self_.resume(); }
    bool done() const { return self_.done(); }
    /// Throws what escaped from a script that is done.
    void check() const { self_.promise().rethrow(); }

private:
    explicit script(std::coroutine_handle<promise_type> self) : self_(self) {}
    std::coroutine_handle<promise_type> self_;
};

} // namespace mailspec::run
