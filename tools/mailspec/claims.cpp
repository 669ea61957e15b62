#include "tools/mailspec/claims.hpp"

namespace mailspec::tools {
namespace {

class collector {
public:
    explicit collector(claims& into) : into_(into) {}

    void take(const scenario::block& steps) {
        for (const auto& step : steps)
            std::visit([&](const auto& what) { read(what); }, step.what);
    }

private:
    void take(const scenario::answer& answer) {
        for (const auto& each : answer.alternatives)
            note(each.violates);
    }

    void note(const rfc::requirement* violated) {
        if (violated)
            into_.answers.insert(violated);
    }

    void read(const scenario::command& c) { take(c.expected); }
    void read(const scenario::pipeline& p) { take(p.commands); }
    void read(const scenario::poll& p) {
        take(p.unsolicited);
        take(p.body);
    }
    void read(const scenario::condition& c) { take(c.then); }
    void read(const scenario::repeat& r) { take(r.body); }
    void read(const scenario::start_tls& s) { take(s.body); }
    void read(const scenario::effect& e) { take(e.body); }
    void read(const scenario::greeting_check& g) { take(g.expected); }
    void read(const scenario::outcomes& o) {
        for (const auto& trial : o.trials) {
            note(trial.violates);
            take(trial.body);
        }
    }
    template <typename Other> void read(const Other&) {}

    claims& into_;
};

} // namespace

claims claims_of(const scenario::scenario& of) {
    claims all;
    all.proven.insert(of.proves.begin(), of.proves.end());
    collector(all).take(of.steps);
    return all;
}

} // namespace mailspec::tools
