#pragma once

#include "harness/scenario/element.hpp"
#include "harness/scenario/load.hpp"
#include "harness/scenario/names.hpp"

#include <chrono>
#include <set>
#include <span>

namespace mailspec::scenario {

/// Walks over the elements of one block, in order.
using elements = std::span<const element>;

/// Turns the document into a scenario; the first error is thrown as `refused`.
class loader {
public:
    loader(std::string_view id, std::string_view file, const message_source& messages) : messages_(messages) {
        out_.id = id;
        out_.file = file;
    }

    scenario load(const element& root);

private:
    // load_root.cpp
    void root_attributes(const element& root);
    void needs(const element& root);
    void proves(const element& root);
    void evidence_for_all(const element& root) const;
    const rfc::requirement* proven_by(const element& e);

    // load_sessions.cpp
    void add_session(const element& e);
    void give_names_of(const session& s);
    session_state state_of(const element& e, wire::protocol p);
    message read_message(const element& e);
    std::string message_octets(const element& e);
    std::string file_octets(const element& e);

    // load_steps.cpp: `fallback` is the session of steps without on=
    block steps(elements all, std::size_t fallback);
    step one_step(elements& left, std::size_t fallback);
    step greeting(elements& left, std::size_t session);
    bool read_block(const element& e, step& out);
    bool read_bare(const element& e, step& out);
    std::size_t session_on(const element& e, std::size_t fallback) const;

    // load_blocks.cpp
    pipeline read_pipeline(const element& e, std::size_t fallback);
    poll read_poll(const element& e, std::size_t fallback);
    condition read_condition(const element& e, std::size_t fallback);
    repeat read_repeat(const element& e, std::size_t fallback);
    start_tls read_start_tls(const element& e, std::size_t fallback);
    check read_check(const element& e);

    // load_change.cpp
    effect read_effect(const element& e, std::size_t fallback);
    change read_change(const element& e, std::size_t session);
    std::string name_bound_by(const element& e, const char* attribute);
    void read_subject(const element& e, std::size_t session, change& out);
    match::text compile_value(const element& e, const char* attribute, std::string_view if_empty);

    // load_answers.cpp
    command read_command(const element& e, elements& left, std::size_t session);
    answer read_answer(const element* of, elements& left, std::size_t session);
    void read_alternatives(const element& e, answer& out, std::size_t session);
    alternative read_alternative(const element& e, const answer& base, std::size_t session);
    void read_expectations(elements& left, match::expectations& out, std::size_t session);
    void read_patterns(const element& e, match::expectations& out, std::size_t session);
    match::text compile_text(const element& e, const located_text& t, std::string_view part, std::size_t at,
                             match::text::escapes how);
    match::text compile_data(const element& e);

    // load_outcomes.cpp
    std::string question_of(const element& e);
    match::text answer_of(const element& e) { return compile_value(e, "answer", "the answer is empty"); }
    static const rfc::requirement* violated_by(const element& e);
    outcomes read_outcomes(const element& e, std::size_t fallback);
    trial read_trial(const element& e, std::size_t fallback);

    static std::uint32_t in_line(const element& e, const located_text& t, std::size_t at);
    void check_names(const element& e, const located_text& t, std::size_t at, const match::expectation& x);

    wire::protocol protocol_of(std::size_t session) const { return out_.sessions[session].protocol; }

    const message_source& messages_;
    scenario out_;
    names names_;
    std::string asks_;                          ///< the question of <outcomes> that have none of their own; empty: none
    std::set<const rfc::requirement*> evident_; ///< named by some step
};

/// The elements that may stand as steps; for "did you mean" and to tell a misplaced element from an unknown one.
std::span<const std::string_view> step_names();

/// <C>, <data>, <raw>.
bool is_command(const element& e);
/// <S>, <never>, <may>, <either>, <outcomes> of an answer.
bool is_answer(const element& e);
/// <outcomes> whose alternatives hold steps.
bool holds_steps(const element& outcomes);

/// Refuses an element that does not belong where it stands.
[[noreturn]] void refuse_misplaced(const element& e, std::string_view inside,
                                   std::span<const std::string_view> allowed);

/// "30s", "500ms", "2m".
std::chrono::milliseconds duration_of(const element& e, const char* attribute, std::chrono::milliseconds otherwise);

/// A whole number within these bounds.
std::uint32_t number_in(const element& e, const char* attribute, std::uint32_t least, std::uint32_t most);

/// The words of a space-separated list with their offsets in the attribute.
std::vector<std::pair<std::string, std::size_t>> words_of(std::string_view list);

/// One of the given values; refuses any other with "did you mean".
std::string_view one_of(const element& e, const char* attribute, std::string_view otherwise,
                        std::initializer_list<std::string_view> values);

/// The requirement of that id, which stands at that offset in the attribute; refuses any other with "did you mean".
const rfc::requirement& requirement_in(const element& e, const char* attribute, const std::string& id,
                                       std::size_t at = 0);

std::string_view trimmed(std::string_view s);

} // namespace mailspec::scenario
