#pragma once

#include <gsasl.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mailspec::wire::sasl {

/// One session of GNU SASL with its handle; the only type that sees the library's pointers.
class gsasl_session {
public:
    enum class side { client, server };
    /// Asked for a property the session lacks; gives a GSASL_ status after having set it.
    using asker = std::function<int(gsasl_session&, Gsasl_property)>;

    /// Takes a mechanism name in upper case. Faults: running() is false.
    gsasl_session(side s, const std::string& mechanism, asker ask);
    gsasl_session(const gsasl_session&) = delete;
    gsasl_session& operator=(const gsasl_session&) = delete;
    ~gsasl_session();

    bool running() const { return session_ != nullptr; }
    void set(Gsasl_property p, const std::string& value);
    /// Empty where it is not known; never asks.
    std::string known(Gsasl_property p) const;
    /// Gives GSASL_OK, GSASL_NEEDS_MORE or an error; `out` is what to say.
    int step(std::string_view in, std::string& out);

private:
    static int answer(Gsasl* context, Gsasl_session* session, Gsasl_property p);

    Gsasl* context_ = nullptr;
    Gsasl_session* session_ = nullptr;
    asker ask_;
};

} // namespace mailspec::wire::sasl
