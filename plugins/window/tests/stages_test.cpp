// The same rows in other ways: in two stages, with little memory, with crashes. The results must be the same.
#include <algorithm>
#include <random>

#include "plugins/window/tests/window_harness.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::window;

namespace {

const std::string kEverything = R"(
    {"name": "rows", "function": "count"}, {"name": "known", "function": "count", "field": "text"},
    {"name": "int_sum", "function": "sum", "field": "n"}, {"name": "int_avg", "function": "avg", "field": "n"},
    {"name": "float_sum", "function": "sum", "field": "f"}, {"name": "float_avg", "function": "avg", "field": "f"},
    {"name": "float_min", "function": "min", "field": "f"}, {"name": "money", "function": "sum", "field": "d"},
    {"name": "mean", "function": "avg", "field": "d"}, {"name": "best", "function": "max", "field": "d"},
    {"name": "first", "function": "min", "field": "text"}, {"name": "any", "function": "max", "field": "b"},
    {"name": "last", "function": "max", "field": "day"})";
const std::string kSchema = "region string, n int64, f float64, d decimal(20,3), text string, b bool, day date";

const std::string kPlugins = R"(, {"name": "texts", "function": "digest.distinct", "field": "text"},
    {"name": "floats", "function": "digest.distinct", "fields": ["f"]})";

Setup everything(const std::string& more = R"("grace": "5s")") {
  return minutes(kEverything, more, kSchema);
}
// And aggregates of another plugin, which must not be told apart from ours.
std::vector<Setup> bothKinds() {
  return {everything(), minutes(kEverything + kPlugins, R"("grace": "5s")", kSchema)};
}

// Input in pieces: rows of two splits whose times go forward with disorder, and the watermarks that belong to them.
std::vector<std::string> randomInput(unsigned seed, int pieces, int keys) {
  std::mt19937 random(seed);
  const auto upTo = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  const auto maybe = [&](const std::string& value) { return upTo(8) == 0 ? std::string("null") : value; };
  std::vector<std::string> input;
  std::int64_t times[2] = {0, 0};
  for (int i = 0; i < pieces; ++i) {
    const int split = upTo(2);
    std::string piece = watermark(std::to_string(std::min(times[0], times[1])));
    for (int row = upTo(30); row > 0; --row) {
      piece += origin(std::to_string(times[split]));
      const std::int64_t time = times[split] + upTo(5000) - (upTo(20) == 0 ? 90'000 : 0);
      times[split] = std::max(times[split], time);
      piece += at(std::to_string(time), "r" + std::to_string(upTo(keys)),
                  R"("n": )" + maybe(std::to_string(upTo(2000) - 1000)) + R"(, "f": )" +
                      maybe(std::to_string(upTo(1000)) + ".1e" + std::to_string(upTo(60) - 30)) + R"(, "d": )" +
                      maybe(std::to_string(upTo(2000) - 1000) + "." + std::to_string(100 + upTo(900))) +
                      R"(, "text": )" + maybe("\"t" + std::to_string(upTo(50)) + "\"") + R"(, "b": )" +
                      maybe(upTo(2) == 0 ? "true" : "false") + R"(, "day": )" +
                      maybe("\"2013-01-" + std::to_string(10 + upTo(20)) + "\""));
    }
    input.push_back(piece);
  }
  return input;
}

struct Outcome {
  Lines rows;
  Lines late;
  Lines dead;
};

void take(OperatorHarness& harness, Outcome& outcome) {
  for (const std::string& row : harness.takeRows()) outcome.rows.push_back(row);
  for (const std::string& row : harness.takeRows(1)) outcome.late.push_back(row);
  for (const std::string& letter : harness.takeDeadLetters()) outcome.dead.push_back(letter);
}

Outcome whole(const Setup& setup, const std::vector<std::string>& input) {
  OperatorHarness harness(setup);
  Outcome outcome;
  for (const std::string& piece : input) {
    harness.push(piece);
    take(harness, outcome);
  }
  harness.end();
  take(harness, outcome);
  return outcome;
}

void areEqual(const Outcome& got, const Outcome& wanted) {
  QCOMPARE(got.rows, wanted.rows);
  QCOMPARE(got.late, wanted.late);
  QCOMPARE(got.dead, wanted.dead);
}

// Both stages, with nothing but a border between them. `commitEvery`: pieces between commits, which flush the first.
Outcome inTwoStages(Setup setup, const std::vector<std::string>& input, std::size_t commitEvery) {
  setup.stage = WEIR_STAGE_PARTIAL;
  OperatorHarness partial(setup);
  const std::string schema = partial.outputSchema();  // struct<...>
  setup.stage = WEIR_STAGE_FINAL;
  setup.inputs = {schema.substr(7, schema.size() - 8)};
  OperatorHarness last(setup);
  Outcome outcome;
  const auto handOver = [&] {
    for (const Batch& batch : partial.takeBatches()) last.push(batch);
    take(last, outcome);
    Outcome first;
    take(partial, first);
    outcome.late.insert(outcome.late.end(), first.late.begin(), first.late.end());
    outcome.dead.insert(outcome.dead.end(), first.dead.begin(), first.dead.end());
  };
  for (std::size_t i = 0; i < input.size(); ++i) {
    partial.push(input[i]);
    if (i % commitEvery == commitEvery - 1) partial.commit();
    handOver();
  }
  partial.end();
  handOver();
  return outcome;
}

}  // namespace

class StagesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theInputOfTheseTestsReachesWhatTheyAreFor() {
    const Outcome outcome = whole(everything(), randomInput(1, 200, 5));
    QVERIFY(outcome.rows.size() > 50);
    QVERIFY(outcome.late.size() > 5);
  }

  void twoStagesGiveWhatOneGives() {
    for (unsigned seed = 1; seed <= 10; ++seed) {
      const std::vector<std::string> input = randomInput(seed, 120, 5);
      for (const Setup& setup : bothKinds()) {
        const Outcome wanted = whole(setup, input);
        for (const std::size_t commitEvery : {1, 7, 1000}) areEqual(inTwoStages(setup, input, commitEvery), wanted);
      }
    }
  }

  void aCountAloneNeedsNoTypesFromThePartialStage() {
    const std::vector<std::string> input = randomInput(3, 50, 5);
    const Setup setup = minutes(kCount, "", kSchema);
    areEqual(inTwoStages(setup, input, 3), whole(setup, input));
  }

  void aKeyMayHaveTheNameOfAColumnOfThePartialStage() {
    for (const std::string key : {"group", "aggregated"}) {
      const std::string quoted = "\"" + key + "\"";
      Setup setup = minutes(kCount, "", key + " string, n int64");
      setup.params = "{\"group_by\": [" + quoted + "], " + R"("size": "1m",
        "aggregates": [{"name": "most", "function": "max", "field": "n"}]})";
      const std::vector<std::string> input{R"({"@time": 1, "n": 5, )" + quoted + ": \"x\"}"};
      QCOMPARE(whole(setup, input).rows.size(), std::size_t{1});
      areEqual(inTwoStages(setup, input, 1), whole(setup, input));
    }
  }

  void sumsBeyondTheirColumnAreDeadLettersOfTheFinalStage() {
    const Setup setup = minutes(R"({"name": "sum", "function": "sum", "field": "n"})", "", kSchema);
    const std::string most = at("1", "eu", R"("n": 9223372036854775807)");
    const std::string least = at("1", "eu", R"("n": -9223372036854775807)");
    areEqual(inTwoStages(setup, {most, most, least}, 1), whole(setup, {most, most, least}));
    QCOMPARE(inTwoStages(setup, {most, most}, 1).dead.size(), std::size_t{1});
    // Three such decimals are beyond 128 bits within the first stage, and again in the second.
    const Setup mean =
        minutes(R"({"name": "mean", "function": "avg", "field": "d"})", "", "region string, d decimal(38,38)");
    const std::string nearlyOne = at("1", "eu", "\"d\": \"0." + std::string(38, '9') + "\"");
    const std::string three = nearlyOne + nearlyOne + nearlyOne;
    QCOMPARE(whole(mean, {three, three}).rows.size(), std::size_t{1});
    areEqual(inTwoStages(mean, {three, three}, 1), whole(mean, {three, three}));
  }

  void aPartialStageHoldsNothingOverACommit() {
    Setup setup = minutes(kCount);
    setup.stage = WEIR_STAGE_PARTIAL;
    OperatorHarness partial(setup);
    partial.push(at("1") + at("2"));
    QVERIFY(partial.takeRows().empty());
    partial.commit();
    QCOMPARE(partial.takeRows().size(), std::size_t{1});
  }

  void aPartialStageSendsAWindowBeforeTheWatermarkThatClosesIt() {
    Setup setup = minutes(kCount, R"("grace": "5s")");
    setup.stage = WEIR_STAGE_PARTIAL;
    OperatorHarness partial(setup);
    partial.push(at("1") + watermark("64999.999") + at("65000"));
    std::int64_t before = WEIR_WATERMARK_MIN;
    std::int64_t rows = 0;
    for (const Batch& batch : partial.takeBatches()) {
      if (batch.rowCount() != 0) QVERIFY(before < 64'999'999);
      rows += batch.rowCount();
      if (!batch.steps().empty()) before = batch.steps().back().watermark;
    }
    QCOMPARE(rows, std::int64_t{1});
    QCOMPARE(before, std::int64_t{64'999'999});
  }

  void littleMemoryChangesNothing() {
    for (unsigned seed = 1; seed <= 10; ++seed) {
      const std::vector<std::string> input = randomInput(seed, 150, 200);
      Setup small = bothKinds()[seed % 2];
      const Outcome wanted = whole(small, input);
      small.overlayBudget = 4096;
      OperatorHarness harness(small);
      Outcome outcome;
      bool asked = false;
      for (const std::string& piece : input) {
        harness.push(piece);
        asked = asked || harness.commitRequested();
        if (harness.commitRequested()) harness.commit();
        take(harness, outcome);
      }
      harness.end();
      take(harness, outcome);
      QVERIFY(asked);
      areEqual(outcome, wanted);
    }
  }

  void crashesChangeNothing() {
    for (unsigned seed = 1; seed <= 10; ++seed) {
      const std::vector<std::string> input = randomInput(seed, 150, 5);
      const Setup setup = bothKinds()[seed % 2];
      const Outcome wanted = whole(setup, input);
      std::mt19937 random(seed);
      OperatorHarness harness(setup);
      Outcome committed;
      Outcome since;
      std::size_t next = 0;  // piece to push
      std::size_t safe = 0;  // first piece that a crash brings back
      int crashes = 0;
      while (next < input.size()) {
        harness.push(input[next++]);
        take(harness, since);
        if (random() % 5 == 0) {
          harness.commit();
          for (auto part : {&Outcome::rows, &Outcome::late, &Outcome::dead}) {
            (committed.*part).insert((committed.*part).end(), (since.*part).begin(), (since.*part).end());
          }
          since = {};
          safe = next;
        } else if (random() % 10 == 0) {
          harness.crash();
          since = {};
          next = safe;
          ++crashes;
        }
      }
      harness.end();
      take(harness, since);
      for (auto part : {&Outcome::rows, &Outcome::late, &Outcome::dead}) {
        (committed.*part).insert((committed.*part).end(), (since.*part).begin(), (since.*part).end());
      }
      QVERIFY(crashes > 0);
      areEqual(committed, wanted);
    }
  }
};

WEIR_TEST(StagesTest)
#include "stages_test.moc"
