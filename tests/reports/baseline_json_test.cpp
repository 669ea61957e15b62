#include "reports/baseline_json.hpp"

#include <gmock/gmock.h>

using namespace mailspec;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

namespace {

std::string fault(std::string_view text) {
    const auto read = reports::read_baseline_json(text, "k.json");
    const auto* sentence = std::get_if<std::string>(&read);
    return sentence ? *sentence : "none";
}

verdict::baseline baseline(std::string_view text) {
    EXPECT_EQ(fault(text), "none");
    auto read = reports::read_baseline_json(text, "k.json");
    return std::holds_alternative<verdict::baseline>(read) ? std::get<verdict::baseline>(std::move(read))
                                                           : verdict::baseline{};
}

} // namespace

TEST(BaselineJson, MayBeWrittenByHand) {
    const auto known = baseline(R"({"scenarios": [
        {"id": "imap/enable", "outcome": "violates", "broken": ["imap.enable", "imap.noop.succeeds"]},
        {"outcome": "inconclusive", "id": "imap/id"},
        {"id": "own/x", "outcome": "violates", "broken": [null]}]})");
    ASSERT_THAT(known.scenarios, SizeIs(3));
    const auto& first = known.scenarios.find("imap/enable")->second;
    EXPECT_EQ(first.result, verdict::outcome::violates);
    EXPECT_THAT(first.broken, ElementsAre("imap.enable", "imap.noop.succeeds"));
    EXPECT_THAT(known.scenarios.find("own/x")->second.broken, ElementsAre(""));
}

TEST(BaselineJson, LooksAtNothingThatOnlyAReportNeeds) {
    const auto known = baseline(R"({"format": 1, "servers": [{"x": [[], {}, 1.5e3, true]}], "target": null, "scenarios":
        [{"id": "a", "findings": [{"id": "b", "outcome": "c", "scenarios": 3}], "outcome": "conforms", "line": -4}]})");
    EXPECT_THAT(known.scenarios, SizeIs(1));
}

TEST(BaselineJson, OfAnotherVersionIsRefused) {
    for (const std::string_view other : {"2", "0", "1.0", "-1", "\"1\"", "[1]", "null", "true"})
        EXPECT_EQ(fault("{\"format\": " + std::string(other) + ", \"scenarios\": []}"),
                  "k.json:1:12: the format is another one: this mailspec reads 1");
}

TEST(BaselineJson, ThatIsNoJsonIsRefusedWithItsPlace) {
    EXPECT_THAT(fault(""),
                StartsWith("k.json:1:1: this is no JSON: syntax error while parsing value - unexpected end"));
    EXPECT_THAT(fault("<testsuites/>"), StartsWith("k.json:1:1: this is no JSON: "));
    EXPECT_THAT(fault("{\"scenarios\": [\n  {\"id\": \"a\",}]}"), StartsWith("k.json:2:14: this is no JSON: "));
    EXPECT_THAT(fault("{\"scenarios\": []} x"), StartsWith("k.json:1:19: this is no JSON: "));
    EXPECT_THAT(fault("{\"scenarios\": [\"\xff\"]}"), HasSubstr("this is no JSON: "));
    EXPECT_THAT(fault(std::string_view("{\"scenarios\": []}\0{", 19)), HasSubstr("this is no JSON: "));
    EXPECT_THAT(fault("{\"scenarios\": [], \"line\": 1e999}"), HasSubstr("k.json:1:"));
}

TEST(BaselineJson, OfAnotherShapeIsRefusedWithItsPlace) {
    EXPECT_EQ(fault("[]"), "k.json:1:1: a baseline is an object that holds \"scenarios\"");
    EXPECT_EQ(fault(" 7"), "k.json:1:2: a baseline is an object that holds \"scenarios\"");
    EXPECT_EQ(fault("{}"), "k.json:1:1: the list \"scenarios\" is missing");
    EXPECT_EQ(fault("{\"scenarios\": {}}"), "k.json:1:15: \"scenarios\" is a list");
    EXPECT_EQ(fault("{\"scenarios\": \"\"}"), "k.json:1:15: \"scenarios\" is a list");
    EXPECT_EQ(fault("{\"scenarios\": [\n[]]}"), "k.json:2:1: a scenario is an object");
    EXPECT_EQ(fault("{\"scenarios\": [\n  \"a\"]}"), "k.json:2:3: a scenario is an object");
    EXPECT_EQ(fault("{\"scenarios\": [{\"outcome\": \"conforms\"}]}"), "k.json:1:16: this scenario has no \"id\"");
    EXPECT_EQ(fault("{\"scenarios\": [{\"id\": \"a\"}]}"), "k.json:1:16: this scenario has no \"outcome\"");
    EXPECT_EQ(fault("{\"scenarios\": [{\"id\": 3}]}"), "k.json:1:23: \"id\" is a string");
    EXPECT_EQ(fault("{\"scenarios\": [{\"id\": []}]}"), "k.json:1:23: \"id\" is a string");
    EXPECT_EQ(fault("{\"scenarios\": [{\"id\": \"\"}]}"), "k.json:1:23: the id of a scenario is not empty");
    EXPECT_EQ(fault("{\"scenarios\": [{\"broken\": \"imap.noop\"}]}"), "k.json:1:27: \"broken\" is a list");
    EXPECT_EQ(fault("{\"scenarios\": [{\"broken\": {}}]}"), "k.json:1:27: \"broken\" is a list");
    for (const std::string_view wrong : {"3", "[]", "{}", "\"\"", "false"})
        EXPECT_EQ(fault("{\"scenarios\": [{\"broken\": [" + std::string(wrong) + "]}]}"),
                  "k.json:1:28: what a scenario broke is named by the ids of requirements");
}

TEST(BaselineJson, WithUnknownWordsIsRefusedWithTheirPlace) {
    EXPECT_EQ(fault("{\n  \"facts\": []}"), "k.json:2:3: \"facts\" is no key of a baseline");
    EXPECT_EQ(fault("{\"scenarios\": [{\"id\": \"a\",\n \"brocken\": []}]}"),
              "k.json:2:2: \"brocken\" is no key of a scenario");
    EXPECT_THAT(fault("{\"scenarios\": [{\"outcome\": \"violate\"}]}"),
                StartsWith("k.json:1:28: there is no outcome \"violate\": conforms, "));
    EXPECT_THAT(fault("{\"\\u001b[31m\\u202e\": 1}"), HasSubstr(R"("\x1B[31m\u{202E}" is no key)"));
    EXPECT_LT(fault("{\"" + std::string(1'000'000, 'x') + "\": 1}").size(), 300u);
    EXPECT_LT(fault("\"" + std::string(1'000'000, 'x')).size(), 300u);
}

TEST(BaselineJson, ThatSaysAThingTwiceIsRefused) {
    EXPECT_EQ(fault("{\"scenarios\": [{\"id\": \"a\", \"outcome\": \"conforms\"},\n\n {\"id\": \"a\", \"outcome\": "
                    "\"violates\"}]}"),
              "k.json:3:9: \"a\" stands here twice, first in line 1");
    EXPECT_EQ(fault("{\"scenarios\": [{\"id\": \"a\", \"id\": \"b\"}]}"), "k.json:1:28: \"id\" stands here twice");
    EXPECT_EQ(fault("{\"scenarios\": [], \"scenarios\": []}"), "k.json:1:19: \"scenarios\" stands here twice");
}

TEST(BaselineJson, MayBeAsDeepAsItLikes) {
    std::string deep = "{\"servers\": " + std::string(1'000'000, '[');
    EXPECT_THAT(fault(deep), HasSubstr("this is no JSON"));
    deep += std::string(1'000'000, ']') + ", \"scenarios\": []}";
    EXPECT_TRUE(baseline(deep).scenarios.empty());
}

/// Whatever is missing at its end, it is refused.
TEST(BaselineJson, CutAnywhereIsRefused) {
    const std::string whole =
        R"({"format": 1, "times": 12, "scenarios": [{"id": "a\u00e9", "outcome": "violates", "broken": ["x", null]}]})";
    baseline(whole);
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_THAT(fault(whole.substr(0, size)), StartsWith("k.json:1:")) << size;
}
