// What the host makes of an operator's answers: rows given again one by one, waiting, timers, and what the manifest
// does not know.
#include "core/adapters/host/tests/bridge_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;        // NOLINT: a test
using namespace weir::host;  // NOLINT
using runtime::Progress;

namespace {

// Takes single rows only, and waits for its timer with each.
void holdEachForATimer(Fixture& fixture, Batch& held) {
  fixture.script.process = [&](std::uint32_t, const weir_batch* raw) -> weir_status {
    const Batch batch = Batch::share(raw);
    if (batch.selectedCount() > 1) return WEIR_ERROR_POISON;
    if (batch.selectedCount() == 0) return WEIR_OK;
    held = batch;
    fixture.script.host->wake_at(fixture.script.context, 1);
    return WEIR_BLOCKED;
  };
}

}  // namespace

class BridgedOperatorTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aTimerGoesOnWithRowsThatAreGivenAgainOneByOne() {
    Fixture fixture;
    Batch held;
    holdEachForATimer(fixture, held);
    fixture.script.onTimer = [&](std::int64_t) -> weir_status {
      fixture.script.emit(held);
      return WEIR_OK;
    };
    QVERIFY(*fixture.op->process(0, batchOf({1, 2, 3})) == Progress::Blocked);
    QVERIFY(*fixture.op->onTimer(1) == Progress::Blocked);
    QVERIFY(*fixture.op->onTimer(2) == Progress::Blocked);
    QVERIFY(*fixture.op->onTimer(3) == Progress::Done);
    QCOMPARE(fixture.out(), (Rows{1, 2, 3}));
    QCOMPARE(fixture.deadLetters(), std::size_t{0});
  }

  void aTimerDoesNotEndWhatABlockedOperatorWaitsFor() {
    Fixture fixture;
    bool answered = false;
    fixture.script.process = [](std::uint32_t, const weir_batch*) -> weir_status { return WEIR_BLOCKED; };
    fixture.script.resume = [&]() -> weir_status { return answered ? WEIR_OK : WEIR_BLOCKED; };
    QVERIFY(*fixture.op->process(0, batchOf({1})) == Progress::Blocked);
    QVERIFY(*fixture.op->onTimer(1) == Progress::Blocked);
    answered = true;
    QVERIFY(*fixture.op->resume() == Progress::Done);
    QVERIFY(*fixture.op->onTimer(2) == Progress::Done);
  }

  void aTimerOfABlockedOperatorWithMoreToSendWaitsForRoom() {
    Fixture fixture({}, runtime::CheckDepth::Everything, 1);
    fixture.script.process = [](std::uint32_t, const weir_batch*) -> weir_status { return WEIR_BLOCKED; };
    fixture.script.onTimer = [&](std::int64_t) -> weir_status {
      return fixture.script.emit(batchOf({7})) == WEIR_FULL ? WEIR_OK : WEIR_ERROR_FATAL;
    };
    int resumed = 0;
    fixture.script.resume = [&]() -> weir_status { return ++resumed == 1 ? WEIR_BLOCKED : WEIR_OK; };
    QVERIFY(*fixture.op->process(0, batchOf({1})) == Progress::Blocked);
    QVERIFY(*fixture.op->onTimer(1) == Progress::HaveOutput);
    QCOMPARE(resumed, 0);
    QVERIFY(*fixture.op->resume() == Progress::Blocked);
    QVERIFY(*fixture.op->resume() == Progress::Done);
  }

  void rowsGivenAgainStopWhereTheOutputIsFull() {
    Fixture fixture({}, runtime::CheckDepth::Everything, 1);
    fixture.script.process = [&](std::uint32_t, const weir_batch* raw) -> weir_status {
      const Batch batch = Batch::share(raw);
      if (batch.selectedCount() > 1) return WEIR_ERROR_POISON;
      if (batch.selectedCount() == 1) fixture.script.emit(batch);
      return WEIR_OK;
    };
    int resumed = 0;
    fixture.script.resume = [&]() -> weir_status { return ++resumed, WEIR_OK; };
    Result<Progress> progress = fixture.op->process(0, batchOf({1, 2, 3}));
    for (std::size_t rows = 1; rows <= 3; ++rows) {
      QVERIFY(*progress == Progress::HaveOutput);
      QCOMPARE(fixture.out().size(), rows);
      fixture.services.beginCall();
      progress = fixture.op->resume();
    }
    QVERIFY(*progress == Progress::Done);
    QCOMPARE(fixture.out(), (Rows{1, 2, 3}));
    QCOMPARE(resumed, 0);  // the operator had nothing left to do
  }

  void theHalvesOfAnUpdateAreGivenAgainTogether() {
    Fixture fixture;
    std::vector<Rows> given;
    fixture.script.process = [&](std::uint32_t, const weir_batch* raw) -> weir_status {
      const Batch batch = Batch::share(raw);
      if (batch.selectedCount() == 4) return WEIR_ERROR_POISON;
      if (batch.selectedCount() > 0) given.push_back(rowsOf(batch));
      return batch.selectedCount() == 2 ? WEIR_ERROR_POISON : WEIR_OK;
    };
    const Batch rows = batchOf({1, 2, 3, 4});
    const Batch batch = BatchMaker::from(rows)
                            .ops({WEIR_OP_INSERT, WEIR_OP_UPDATE_BEFORE, WEIR_OP_UPDATE_AFTER, WEIR_OP_DELETE})
                            .finish(4);
    QVERIFY(*fixture.op->process(0, batch) == Progress::Done);
    QCOMPARE(given, (std::vector<Rows>{{1}, {2, 3}, {4}}));
    QCOMPARE(fixture.deadLetters(), std::size_t{2});
  }

  void refusingRowsAfterEmittingIsABreach_data() {
    QTest::addColumn<bool>("emits");
    QTest::newRow("emit") << true;
    QTest::newRow("dead letter") << false;
  }
  void refusingRowsAfterEmittingIsABreach() {
    QFETCH(bool, emits);
    Fixture fixture;
    int calls = 0;
    fixture.script.process = [&](std::uint32_t, const weir_batch* batch) -> weir_status {
      ++calls;
      const std::uint32_t row = 0;
      const Script& script = fixture.script;
      if (emits) script.host->emit(script.context, 0, batch);
      if (!emits) script.host->dead_letter(script.context, batch, &row, 1, toSlice("bad"));
      script.host->set_error(script.context, toSlice("the second row is odd"));
      return WEIR_ERROR_POISON;
    };
    const Result<Progress> progress = fixture.op->process(0, batchOf({1, 2}));
    QVERIFY(!progress.ok());
    QVERIFY(progress.error().kind == ErrorKind::Fatal);
    QVERIFY(contains(progress.error().message, "node 'raw' (test.raw) breaks the plugin contract in process"));
    QVERIFY(contains(progress.error().message, "the second row is odd"));
    QCOMPARE(calls, 1);
  }

  void refusingRowsElsewhereThanInProcessIsABreach() {
    Fixture fixture;
    fixture.script.onTimer = [](std::int64_t) -> weir_status { return WEIR_ERROR_POISON; };
    const Result<Progress> progress = fixture.op->onTimer(1);
    QVERIFY(!progress.ok());
    QVERIFY(contains(progress.error().message, "breaks the plugin contract in on_timer"));
  }

  void callsThatHaveOneAnswerTakeNoOther_data() {
    QTest::addColumn<QString>("call");
    for (const char* const call :
         {"recover", "discover", "restore_split", "changes", "open_split", "split_committed", "create"}) {
      QTest::newRow(call) << QString(call);
    }
  }
  void callsThatHaveOneAnswerTakeNoOther() {
    QFETCH(QString, call);
    Script script;
    MemoryServices services(1, 0, 0, 1 << 20);
    if (call == "create") script.create = [](const weir_create_info&) -> weir_status { return WEIR_BLOCKED; };
    script.other = [&](const char* name) -> weir_status { return call == name ? WEIR_BLOCKED : WEIR_OK; };
    RawOperator op(script, services);
    const auto text = [](const auto& result) { return result.ok() ? std::string() : result.error().message; };
    std::string said;
    if (call == "create") said = text(op.made());
    if (call == "recover") said = text(op->recover(""));
    if (call == "discover") said = text(op->discover());
    if (call == "restore_split") said = text(op->restoreSplit({"a", ""}));
    if (call == "changes") said = text(op->changes());
    if (call == "open_split") said = text(op->openSplit({"a", ""}));
    if (call == "split_committed") said = text((*op->openSplit({"a", ""}))->committed("1"));
    QVERIFY(contains(said, ("answered 2 to " + call.toStdString() + ", which is no answer to that").c_str()));
  }

  void whatIsMadeIsDestroyedThoughItsMakingWasABreach() {
    Script script;
    MemoryServices services(1, 0, 0, 1 << 20);
    // It sends where it must not, and does not look at the answer.
    script.create = [&](const weir_create_info&) -> weir_status {
      script.emit(batchOf({1}));
      return WEIR_OK;
    };
    RawOperator op(script, services);
    QVERIFY(!op.made().ok());
    op.take().reset();
    QCOMPARE(script.destroyed, 1);

    Fixture fixture;
    fixture.script.openSplit = [&]() -> weir_status {
      fixture.script.emit(batchOf({1}));
      return WEIR_OK;
    };
    QVERIFY(!fixture.op->openSplit({"a", ""}).ok());
    QCOMPARE(fixture.script.closed, 1);
  }

  void rowsThatAreGivenAgainKeepTheTimesThatTheyCameWith() {
    using Told = std::vector<std::int64_t>;
    Fixture fixture;
    Told node;
    Told origin;
    Told port;
    const auto take = [](std::span<const WatermarkStep> steps, Told& told) {
      for (const WatermarkStep& step : steps) told.push_back(step.watermark);
    };
    fixture.script.process = [&](std::uint32_t, const weir_batch* raw) -> weir_status {
      const Batch batch = Batch::share(raw);
      // The times of a row that is refused go with the next one.
      if (batch.selectedCount() > 1 || rowsOf(batch) == Rows{2}) return WEIR_ERROR_POISON;
      take(batch.steps(), node);
      take(batch.originSteps(), origin);
      take(batch.portSteps(), port);
      return WEIR_OK;
    };
    BatchMaker maker = BatchMaker::from(batchOf({1, 2, 3}));
    maker.steps({{1, 4}, {3, 5}}).originSteps({{1, 6}, {3, 7}});
    maker.portSteps({{1, 10}, {2, 20}, {3, WEIR_WATERMARK_MAX}});
    QVERIFY(*fixture.op->process(0, maker.finish(0)) == Progress::Done);
    QCOMPARE(node, (Told{4, 5}));
    QCOMPARE(origin, (Told{6, 7}));
    QCOMPARE(port, (Told{10, 20, WEIR_WATERMARK_MAX}));
  }

  void whatWasGivenIsTrustedDuringThatCallAlone() {
    const Batch rows = batchOf({1});
    ArrowArray column = *rows.get()->columns->children[0];
    ArrowArray* children[] = {&column};
    ArrowArray columns = *rows.get()->columns;
    columns.children = children;
    weir_batch given = *rows.get();
    given.columns = &columns;
    given.retain = [](const weir_batch*) {};
    given.release = [](const weir_batch*) {};
    Fixture fixture({}, runtime::CheckDepth::Memory);
    const auto emit = [&] { return fixture.script.host->emit(fixture.script.context, 0, &given); };
    fixture.script.process = [&](std::uint32_t, const weir_batch*) { return emit(); };
    fixture.script.onTimer = [&](std::int64_t) { return emit(); };
    QVERIFY(*fixture.op->process(0, Batch::share(&given)) == Progress::Done);
    column.length = 0;  // it was given back, and something else lies there now
    const Result<Progress> later = fixture.op->onTimer(1);
    QVERIFY(!later.ok());
    QVERIFY(contains(later.error().message, "column n has 0 rows where 1 are promised"));
  }

  void stateIsPutOnlyWhileACommitIsPrepared() {
    catalog::OperatorSpec spec;
    spec.stores = {{"totals", "one entry", 1}};
    Fixture fixture(spec);
    weir_state* store = nullptr;
    const auto put = [&]() -> weir_status {
      const weir_state_entry entry{0, toSlice("k"), toSlice("v")};
      fixture.script.host->state_put(fixture.script.context, store, &entry, 1, sizeof entry);
      return WEIR_OK;  // and it does not look at the answer
    };
    fixture.script.process = [&](std::uint32_t, const weir_batch*) {
      return fixture.script.host->state_open(fixture.script.context, toSlice("totals"), &store);
    };
    QVERIFY(fixture.op->process(0, batchOf({1})).ok());
    fixture.script.prepareCommit = [&](std::uint64_t) { return put(); };
    QVERIFY(fixture.op->prepareCommit(1).ok());
    fixture.script.process = [&](std::uint32_t, const weir_batch*) { return put(); };
    const Result<Progress> later = fixture.op->process(0, batchOf({1}));
    QVERIFY(!later.ok());
    QVERIFY(contains(later.error().message, "it called state_put outside of prepare_commit"));
  }

  void aStoreOfSomebodyElseIsRefused() {
    catalog::OperatorSpec spec;
    spec.stores = {{"totals", "one entry", 1}};
    Fixture fixture(spec);
    std::int64_t budget = 0;
    fixture.script.process = [&](std::uint32_t, const weir_batch*) -> weir_status {
      budget = fixture.script.host->state_budget(fixture.script.context, nullptr, 5);
      return WEIR_OK;
    };
    const Result<Progress> progress = fixture.op->process(0, batchOf({1}));
    QVERIFY(!progress.ok());
    QVERIFY(contains(progress.error().message, "state_budget with a store that it has not opened"));
    QCOMPARE(budget, 5);
  }

  void onlyDeclaredStoresAndCountersAreOpened_data() {
    QTest::addColumn<bool>("store");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("a store") << true << "totals"
                             << "";
    QTest::newRow("a counter") << false << "ticks"
                               << "";
    QTest::newRow("unknown store")
        << true << "ticks"
        << "it opened the store 'ticks', which its manifest does not declare; it declares: totals, $own";
    QTest::newRow("unknown counter") << false << "totals"
                                     << "it opened the metric 'totals', which its manifest does not declare";
    QTest::newRow("the runtime's") << true << "$input"
                                   << "names that begin with $ are Weir's own";
    QTest::newRow("declared all the same") << true << "$own"
                                           << "names that begin with $ are Weir's own";
  }
  void onlyDeclaredStoresAndCountersAreOpened() {
    QFETCH(bool, store);
    QFETCH(QString, name);
    QFETCH(QString, words);
    catalog::OperatorSpec spec;
    spec.stores = {{"totals", "one entry", 1}, {"$own", "one entry", 1}};
    spec.metrics = {{"ticks", catalog::MetricKind::Counter, "", ""}};
    Fixture fixture(spec);
    fixture.script.process = [&](std::uint32_t, const weir_batch*) -> weir_status {
      const Script& script = fixture.script;
      const std::string text = name.toStdString();
      weir_state* state = nullptr;
      weir_metric* metric = nullptr;
      if (store) script.host->state_open(script.context, toSlice(text), &state);
      if (!store) script.host->metric_open(script.context, toSlice(text), &metric);
      if (!store) script.host->metric_add(script.context, metric, 1);
      return WEIR_OK;  // and it does not look at the answer
    };
    const Result<Progress> progress = fixture.op->process(0, batchOf({1}));
    QCOMPARE(progress.ok(), words.isEmpty());
    if (!progress) QVERIFY(contains(progress.error().message, words.toUtf8().constData()));
  }
};

WEIR_TEST(BridgedOperatorTest)
#include "bridged_operator_test.moc"
