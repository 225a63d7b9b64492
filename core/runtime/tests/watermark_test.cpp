// Time: how watermarks come from rows, from several inputs, and through topics.
#include <QtTest>

#include <random>

#include "core/adapters/memory/memory_log.hpp"
#include "core/runtime/time/event_stamper.hpp"
#include "core/runtime/time/step_merger.hpp"
#include "core/runtime/time/writer_watermarks.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using Steps = std::vector<std::pair<std::int64_t, std::int64_t>>;

Steps plain(const std::vector<WatermarkStep>& steps) {
  Steps out;
  for (const WatermarkStep& step : steps) out.emplace_back(step.row, step.watermark);
  return out;
}

Steps advance(SplitTime& split, std::vector<std::int64_t> times) {
  std::vector<WatermarkStep> steps;
  split.advance(times.data(), static_cast<std::int64_t>(times.size()), steps);
  return plain(steps);
}

Steps merge(StepMerger& merger, std::size_t input, std::vector<WatermarkStep> steps) {
  std::vector<WatermarkStep> out;
  merger.merge(input, steps, out);
  return plain(out);
}

WriterMark mark(std::int32_t writer, std::int64_t watermark, WriterState state = WriterState::Active,
                std::int64_t generation = 0, std::int32_t count = 2) {
  WriterMark mark;
  mark.writer = writer;
  mark.count = count;
  mark.generation = generation;
  mark.watermark = watermark;
  mark.state = state;
  return mark;
}

std::int64_t hear(WriterWatermarks& writers, const WriterMark& mark) {
  std::vector<WatermarkStep> out;
  writers.advance(mark, {}, 0, out);
  return writers.combined();
}

constexpr std::int64_t kMin = WEIR_WATERMARK_MIN;

// A partition that writers tell of time, with rows in between or without.
class Partition {
 public:
  Partition() {
    TopicSpec topic;
    topic.name = kTopic;
    ready = log_.ensureTopic(topic).ok();
  }

  void append(WriterMark mark, std::int32_t rows = 0) {
    RunToAppend run;
    run.header.rows = rows;
    run.header.mark = mark;
    run.header.mark.sequence = kSequencesPerStart + ++runs_;
    ready = ready && log_.append({{{kTopic, 0}, {run}}}).ok();
  }

  // What a commit of the reader keeps.
  struct Commit {
    Position position;
    std::string writers = WriterWatermarks().encode();
  };
  // Reads on to the end; answers what could have been committed after each run.
  std::vector<Commit> readFrom(const Commit& commit) {
    std::vector<Commit> commits;
    auto writers = WriterWatermarks::decode(commit.writers);
    auto reader = log_.read({kTopic, 0}, commit.position);
    ready = ready && writers.ok() && reader.ok();
    std::vector<WatermarkStep> out;
    while (ready) {
      const auto run = (*reader)->next();
      if (!run.ok() || !*run) break;
      writers->advance((*run)->header.mark, {}, (*run)->header.rows, out);
      commits.push_back({(*reader)->position(), writers->encode()});
    }
    return commits;
  }
  static std::int64_t combined(const Commit& commit) { return WriterWatermarks::decode(commit.writers)->combined(); }

  bool ready = false;

 private:
  static constexpr const char* kTopic = "moved";
  MemoryLog log_;
  std::int64_t runs_ = 0;
};

}  // namespace

class WatermarkTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRowThatIsNewerThanAllBeforeRaisesTheWatermarkAfterItself() {
    SplitTime split(10, kMin);
    QCOMPARE(advance(split, {100, 90, 105}), (Steps{{0, kMin}, {1, 89}, {3, 94}}));
    QCOMPARE(split.watermark(), 94);
  }

  void theNextBatchOfASplitBeginsWhereTheLastOneEnded() {
    SplitTime split(0, kMin);
    advance(split, {100});
    QCOMPARE(advance(split, {50, 60}), (Steps{{0, 99}}));
  }

  void aRowWithoutTimeMovesNothing() {
    SplitTime split(10, kMin);
    QCOMPARE(advance(split, {WEIR_NO_TIME, 100, WEIR_NO_TIME}), (Steps{{0, kMin}, {2, 89}}));
  }

  void cuttingTheRowsDifferentlyGivesTheSameSteps() {
    std::mt19937_64 random(7);
    std::vector<std::int64_t> times(1000);
    for (std::size_t i = 0; i < times.size(); ++i) {
      times[i] = static_cast<std::int64_t>(i * 10 + random() % 200);
    }
    const auto watermarks = [&](std::size_t cut) {
      SplitTime split(50, kMin);
      std::vector<std::int64_t> before;  // the watermark before each row
      for (std::size_t first = 0; first < times.size(); first += cut) {
        const std::size_t count = std::min(cut, times.size() - first);
        std::vector<WatermarkStep> steps;
        split.advance(times.data() + first, static_cast<std::int64_t>(count), steps);
        std::int64_t now = kMin;
        std::size_t step = 0;
        for (std::size_t row = 0; row < count; ++row) {
          while (step < steps.size() && steps[step].row <= static_cast<std::int64_t>(row))
            now = steps[step++].watermark;
          before.push_back(now);
        }
      }
      return before;
    };
    QCOMPARE(watermarks(1), watermarks(1000));
    QCOMPARE(watermarks(7), watermarks(1000));
  }

  void theSlowestInputHoldsTimeBack() {
    StepMerger merger;
    merger.addInput();
    merger.addInput();
    QCOMPARE(merge(merger, 0, {{3, 100}}), Steps{});
    QCOMPARE(merge(merger, 1, {{1, 50}, {2, 120}}), (Steps{{1, 50}, {2, 100}}));
    QCOMPARE(merger.combined(), 100);
  }

  void anIdleInputHoldsNothingBack() {
    StepMerger merger;
    merger.addInput();
    merger.addInput();
    merger.advance(0, 100);
    merger.setIdle(1, true);
    QCOMPARE(merger.combined(), 100);
  }

  void timeOfIdleInputsDoesNotDependOnWhichFellSilentLast() {
    for (const std::size_t first : {0, 1}) {
      StepMerger merger;
      merger.addInput();
      merger.addInput();
      merger.advance(0, 100);
      merger.advance(1, 70);
      merger.setIdle(first, true);
      merger.setIdle(1 - first, true);
      QCOMPARE(merger.combined(), 100);
    }
  }

  void manyInputsThatComeAndGoGiveWhatAPlainMinimumGives() {
    struct Plain {
      std::int64_t watermark = kMin;
      bool idle = false;
      bool there = true;
    };
    for (unsigned seed = 1; seed <= 50; ++seed) {
      std::mt19937 random(seed);
      StepMerger merger;
      std::vector<Plain> inputs;
      std::int64_t furthest = kMin;
      for (int i = 0; i < 400; ++i) {
        const std::size_t input = inputs.empty() ? 0 : random() % inputs.size();
        const auto time = static_cast<std::int64_t>(random() % 1000);
        const unsigned what = random() % 8;
        const std::int64_t before = merger.combined();
        if (inputs.empty() || what == 0) {
          const std::int64_t watermark = random() % 2 == 0 ? kMin : time;
          const std::size_t added = merger.addInput(watermark);
          if (added == inputs.size()) inputs.emplace_back();
          inputs[added] = {watermark, false, true};
          furthest = std::max(furthest, watermark);
          continue;
        }
        if (!inputs[input].there) continue;
        if (what == 1) {
          merger.removeInput(input);
          inputs[input].there = false;
        } else if (what == 2) {
          inputs[input].idle = random() % 2 == 0;
          merger.setIdle(input, inputs[input].idle);
        } else {
          inputs[input].watermark = std::max(inputs[input].watermark, time);
          furthest = std::max(furthest, time);
          if (what < 5) {
            merger.advance(input, time);
          } else {
            merge(merger, input, {{1, time}});
          }
        }
        std::int64_t least = WEIR_WATERMARK_MAX;
        bool any = false;
        for (const Plain& plain : inputs) {
          if (!plain.there || plain.idle) continue;
          any = true;
          least = std::min(least, plain.watermark);
        }
        QCOMPARE(merger.allIdle(), !any);
        QCOMPARE(merger.lowest(), least);
        if (any) QCOMPARE(merger.watermark(merger.holder()), least);
        const std::int64_t told = std::max(before, any ? least : furthest);
        const bool right = what < 3 ? merger.combined() == told : merger.combined() <= told;
        QVERIFY2(right && merger.combined() >= before, qPrintable(QString("seed %1").arg(seed)));
      }
    }
  }
  void whenAllInputsHaveEndedTimeIsWhereTheFurthestStood() {
    for (const std::size_t first : {0, 1}) {
      StepMerger merger;
      merger.addInput();
      merger.addInput();
      const std::int64_t times[] = {100, 70};
      merge(merger, first, {{0, times[first]}, {0, WEIR_WATERMARK_MAX}});
      QCOMPARE(merge(merger, 1 - first, {{3, times[1 - first]}, {3, WEIR_WATERMARK_MAX}}),
               first == 0 ? (Steps{{3, 70}, {3, 100}, {3, WEIR_WATERMARK_MAX}})
                          : (Steps{{3, 100}, {3, WEIR_WATERMARK_MAX}}));
    }
  }

  void timeDoesNotFallWhenAnIdleInputSpeaksAgain() {
    StepMerger merger;
    merger.addInput();
    merger.addInput();
    merger.setIdle(1, true);
    merger.advance(0, 100);
    merger.setIdle(1, false);
    QCOMPARE(merge(merger, 1, {{0, 20}}), (Steps{{0, 100}}));
    merger.advance(0, 200);
    QCOMPARE(merger.combined(), 100);
  }

  void aWriterThatHasNotBeenHeardHoldsTimeBack() {
    WriterWatermarks writers;
    QCOMPARE(hear(writers, mark(0, 100)), kMin);
    QCOMPARE(hear(writers, mark(1, 70)), 70);
    QCOMPARE(writers.holder(), 1);
  }

  void timeGoesOnWithoutAWriterThatHasEndedAndStaysWhereTheDataWasWhenAllHave() {
    for (const int last : {0, 1}) {
      WriterWatermarks writers;
      hear(writers, mark(1 - last, 100, WriterState::Ended));
      QVERIFY(!writers.over());
      hear(writers, mark(last, 70));
      QVERIFY(!writers.over());
      QCOMPARE(writers.combined(), 70);
      QCOMPARE(hear(writers, mark(last, 80, WriterState::Ended)), 100);
      QVERIFY(writers.over());
      QVERIFY(writers.combined() < WEIR_WATERMARK_MAX);
    }
  }

  void theEndOfARunAsAnOlderWeirToldItIsNoTime() {
    WriterWatermarks writers;
    std::vector<WatermarkStep> out;
    const std::vector<WatermarkStep> steps{{0, 50}, {2, WEIR_WATERMARK_MAX}};
    writers.advance(mark(0, WEIR_WATERMARK_MAX, WriterState::Ended, 0, 1), steps, 2, out);
    QVERIFY(writers.over());
    QCOMPARE(writers.combined(), 50);
    QCOMPARE(plain(out), (Steps{{0, 50}}));
  }

  void aWriterThatHandedOverHoldsTimeWhereItStood() {
    WriterWatermarks writers;
    hear(writers, mark(0, 50));
    hear(writers, mark(1, 100));
    // Its splits are somebody else's now, who has not spoken yet, and may have rows from 50 on.
    QCOMPARE(hear(writers, mark(0, kMin, WriterState::Left)), 50);
    QCOMPARE(hear(writers, mark(1, kMin, WriterState::Left)), 50);
    QVERIFY(!writers.idle());
  }

  void aWriterThatHasEndedDoesNotHoldBackTheOthers() {
    WriterWatermarks writers;
    hear(writers, mark(0, 10, WriterState::Ended));
    QCOMPARE(hear(writers, mark(1, 200)), 200);
    QCOMPARE(writers.holder(), 1);
  }

  void anIdleWriterThatHandedOverStillHoldsNothing() {
    WriterWatermarks writers;
    hear(writers, mark(0, 50, WriterState::Idle));
    hear(writers, mark(1, 100));
    hear(writers, mark(0, kMin, WriterState::Left));
    QCOMPARE(hear(writers, mark(1, 120)), 120);
  }

  void aNewGenerationHoldsTimeUntilAllOfItHasBeenHeard() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    hear(writers, mark(1, 100));
    hear(writers, mark(0, kMin, WriterState::Left));
    hear(writers, mark(1, kMin, WriterState::Left));
    QCOMPARE(hear(writers, mark(0, 500, WriterState::Active, 1, 3)), 100);
    QCOMPARE(hear(writers, mark(1, 500, WriterState::Active, 1, 3)), 100);
    QCOMPARE(hear(writers, mark(2, 400, WriterState::Active, 1, 3)), 400);
    QCOMPARE(writers.writerCount(), 3);
    QCOMPARE(writers.holder(), 2);
  }

  void timeDoesNotFallWithANewGeneration() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    hear(writers, mark(1, 100));
    QCOMPARE(hear(writers, mark(0, 30, WriterState::Active, 1, 1)), 100);
    QCOMPARE(hear(writers, mark(0, 150, WriterState::Active, 1, 1)), 150);
  }

  void aNewGenerationIsNotIdleBecauseTheOldOneWas() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100, WriterState::Idle));
    hear(writers, mark(1, 100, WriterState::Idle));
    QVERIFY(writers.idle());
    hear(writers, mark(0, 100, WriterState::Idle, 1, 2));
    QVERIFY(!writers.idle());
    hear(writers, mark(1, 100, WriterState::Idle, 1, 2));
    QVERIFY(writers.idle());
  }

  void onlyTheNewestGenerationDecidesWhetherAllHaveEnded() {
    WriterWatermarks writers;
    hear(writers, mark(0, 10, WriterState::Ended));
    hear(writers, mark(1, 20, WriterState::Ended));
    QVERIFY(writers.over());
    // The next run goes on where the data was.
    QCOMPARE(hear(writers, mark(0, 15, WriterState::Active, 1, 1)), 20);
    QVERIFY(!writers.over());
    QCOMPARE(writers.generation(), 1);
    QCOMPARE(hear(writers, mark(0, 25, WriterState::Active, 1, 1)), 25);
  }

  void anOldGenerationReadAgainChangesNothing() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    hear(writers, mark(1, 100));
    hear(writers, mark(0, 200, WriterState::Active, 1, 1));
    QCOMPARE(hear(writers, mark(1, 900)), 200);
    QCOMPARE(hear(writers, mark(0, kMin, WriterState::Left)), 200);
    QCOMPARE(hear(writers, mark(0, 250, WriterState::Active, 1, 1)), 250);
  }

  // Whatever happens, in whatever order: time never falls, and never passes the slowest writer that holds it.
  void timeIsNeverAheadOfTheSlowestWriterOfTheNewestGeneration() {
    for (unsigned seed = 1; seed <= 50; ++seed) {
      std::mt19937 random(seed);
      const auto upTo = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
      WriterWatermarks writers;
      std::int64_t reached = kMin;
      std::int64_t generation = 0;
      std::vector<std::int64_t> told(2, kMin);
      for (int event = 0; event < 200; ++event) {
        const int what = upTo(20);
        if (what == 0) {  // others take over: these end, and those begin where they please
          for (std::size_t i = 0; i < told.size(); ++i) {
            hear(writers, mark(static_cast<std::int32_t>(i), kMin, WriterState::Left, generation,
                               static_cast<std::int32_t>(told.size())));
          }
          generation += 1;
          told.assign(1 + static_cast<std::size_t>(upTo(4)), kMin);
        } else if (what == 1) {
          auto again = WriterWatermarks::decode(writers.encode());
          QVERIFY(again.ok());
          writers = std::move(*again);
        } else {
          const auto writer = static_cast<std::size_t>(upTo(static_cast<int>(told.size())));
          told[writer] = std::max(told[writer], std::int64_t{upTo(1000) + event * 5});
          hear(writers, mark(static_cast<std::int32_t>(writer), told[writer], WriterState::Active, generation,
                             static_cast<std::int32_t>(told.size())));
        }
        QVERIFY(writers.combined() >= reached);
        const std::int64_t slowest = *std::min_element(told.begin(), told.end());
        QVERIFY2(writers.combined() == std::max(reached, slowest), qPrintable(QString("seed %1").arg(seed)));
        reached = writers.combined();
      }
    }
  }

  void marksWithoutRowsAreHeardOnceHoweverOftenTheyAreRead() {
    Partition partition;
    partition.append(mark(0, 3, WriterState::Idle));
    partition.append(mark(1, 10));
    partition.append(mark(0, 3));
    partition.append(mark(1, 20));
    QVERIFY(partition.ready);
    const auto first = partition.readFrom({});
    QCOMPARE(partition.combined(first.back()), 10);
    // No row stands between them: the offset of each commit is that of the beginning.
    for (const Partition::Commit& commit : first) {
      QCOMPARE(partition.combined(partition.readFrom(commit).back()), 10);
    }
  }

  void readingAgainFromAnyCommitEndsAsTheFirstTime() {
    int again = 0;  // runs that were read twice
    for (unsigned seed = 1; seed <= 100; ++seed) {
      std::mt19937 random(seed);
      const auto upTo = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
      Partition partition;
      constexpr int kWriters = 3;
      std::int64_t told[kWriters] = {0, 0, 0};
      std::int64_t generation = 0;
      for (int run = 0; run < 40; ++run) {
        if (upTo(15) == 0) {
          for (int i = 0; i < kWriters; ++i) partition.append(mark(i, kMin, WriterState::Left, generation, kWriters));
          generation += 1;
        }
        const int writer = upTo(kWriters);
        told[writer] += upTo(30);
        const WriterState state = upTo(3) == 0 ? WriterState::Idle : WriterState::Active;
        partition.append(mark(writer, told[writer], state, generation, kWriters), upTo(4) == 0 ? 1 + upTo(5) : 0);
      }
      QVERIFY(partition.ready);
      const auto first = partition.readFrom({});
      for (std::size_t read = 0; read + 1 < first.size(); ++read) {
        const auto second = partition.readFrom(first[read]);
        QVERIFY2(second.back().writers == first.back().writers, qPrintable(QString("seed %1").arg(seed)));
        again += static_cast<int>(read + 1 + second.size() - first.size());
      }
    }
    QVERIFY(again > 1000);
  }

  void anOlderHomeWhoseRunsHadNoNumbersGoesOn() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    hear(writers, mark(1, 70));
    std::string old;
    const std::string stored = writers.encode();
    for (std::size_t at = 0; at < stored.size(); at += 8) {
      const bool number = at >= 24 && (at / 8 - 3) % 4 == 3;
      if (!number) old += stored.substr(at, 8);
    }
    auto restored = WriterWatermarks::decode(old);
    QVERIFY(restored.ok());
    QCOMPARE(restored->combined(), 70);
    QCOMPARE(hear(*restored, mark(1, 90)), 90);
  }

  void whatWasHeardIsKnownByItsNumber() {
    WriterWatermarks writers;
    WriterMark run = mark(0, 10, WriterState::Active, 0, 1);
    run.sequence = kSequencesPerStart + 7;
    hear(writers, run);
    run.watermark = 20;
    QCOMPARE(hear(writers, run), 10);
    run.sequence += 1;
    QCOMPARE(hear(writers, run), 20);
  }

  void readingARunTwiceChangesNothing() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    hear(writers, mark(1, 90));
    const std::int64_t before = writers.combined();
    QCOMPARE(hear(writers, mark(0, 100)), before);
    QCOMPARE(hear(writers, mark(1, 80)), before);
  }

  void whatACommitKeepsGoesOnWhereItStood() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    hear(writers, mark(1, 70, WriterState::Idle));
    auto restored = WriterWatermarks::decode(writers.encode());
    QVERIFY(restored.ok());
    QCOMPARE(restored->combined(), writers.combined());
    QCOMPARE(hear(*restored, mark(0, 150)), 150);
    QCOMPARE(hear(*restored, mark(1, 120)), 150);
  }

  void theSlowestWriterHoldsTimeBackAfterARestartToo() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    hear(writers, mark(1, 70));
    auto restored = WriterWatermarks::decode(writers.encode());
    QVERIFY(restored.ok());
    QCOMPARE(restored->combined(), 70);
  }

  void aWriterThatHandedOverHoldsTimeAfterARestartToo() {
    WriterWatermarks writers;
    hear(writers, mark(0, 50));
    hear(writers, mark(1, 100));
    hear(writers, mark(0, kMin, WriterState::Left));
    auto restored = WriterWatermarks::decode(writers.encode());
    QVERIFY(restored.ok());
    QCOMPARE(hear(*restored, mark(1, 200)), 50);
  }

  void timeRisesWithinTheRunThatRaisesIt() {
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    std::vector<WatermarkStep> out;
    const std::vector<WatermarkStep> own{{1, 40}, {3, 80}};
    writers.advance(mark(1, 90), own, 5, out);
    QCOMPARE(plain(out), (Steps{{1, 40}, {3, 80}, {5, 90}}));
    // The next run says by itself what holds before its first row.
    writers.advance(mark(1, 90), {}, 2, out);
    QCOMPARE(plain(out), (Steps{{0, 90}}));
  }

  void damagedStoredWatermarksAreRefused() {
    QVERIFY(!WriterWatermarks::decode("short").ok());
    WriterWatermarks writers;
    hear(writers, mark(0, 100));
    QVERIFY(!WriterWatermarks::decode(writers.encode().substr(0, 40)).ok());
  }
};

WEIR_TEST(WatermarkTest)
#include "watermark_test.moc"
