// Jobs over a log that is like Kafka: gaps in its positions, aborted data, commits that are aborted, fenced, or of
// which nobody is told what became.
#include "runtime/memory/memory_broker.hpp"

#include "fake_operators.hpp"

#include <QTest>

#include "runtime/engine/engine.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using topology::NodeRole;
using Rows = std::vector<std::string>;

constexpr std::int64_t kWindow = 10 * kSecond;

Schema countsSchema() {
  return Schema{{{"split", TypeId::String, false}, {"ts", TypeId::Timestamp, false}, {"count", TypeId::Int64, false}}};
}

// Counts the rows of each split by windows of ten seconds, and sends a window when the watermark reaches its end.
class CountByWindow final : public FakeOperator {
 public:
  explicit CountByWindow(NodeServices& services) : services_(services), store_(**services.store("counts")) {}

  Result<Progress> process(std::uint32_t, const Batch& batch) override {
    if (!std::exchange(loaded_, true)) WEIR_TRY(load());
    const StringView splits(batch.column(0));
    const FixedView<std::int64_t> times(batch.column(1));
    auto step = batch.steps().begin();
    std::int64_t place = 0;
    batch.forEachRow([&](std::int64_t row) {
      for (; step != batch.steps().end() && step->row <= place; ++step) close(step->watermark);
      ++place;
      const std::pair window(times[row] / kWindow, std::string(splits[row]));
      ++counts_[window];
      changed_.insert(window);
    });
    for (; step != batch.steps().end(); ++step) close(step->watermark);
    return Progress::Done;
  }

  Result<Progress> prepareCommit(std::uint64_t) override {
    for (const auto& window : changed_) {
      const auto found = counts_.find(window);
      if (found == counts_.end()) continue;
      const std::string count = std::to_string(found->second);
      const weir_state_entry entry{window.first, toSlice(window.second), toSlice(count)};
      WEIR_TRY(store_.put(std::span(&entry, 1)));
    }
    changed_.clear();
    WEIR_TRY(store_.dropBelow(closed_));
    return Progress::Done;
  }

 private:
  Result<void> load() {
    WEIR_TRY_ASSIGN(segments, store_.segments());
    for (const std::int64_t segment : std::vector<std::int64_t>(segments.begin(), segments.end())) {
      WEIR_TRY(store_.scan(segment, {}, {}, [&](const weir_state_entry& entry) {
        counts_[{segment, std::string(toView(entry.key))}] = std::stoll(std::string(toView(entry.value)));
        return true;
      }));
    }
    return {};
  }

  void close(std::int64_t watermark) {
    BatchBuilder out(countsSchema());
    const std::int64_t upTo = watermark == WEIR_WATERMARK_MAX ? INT64_MAX : (watermark + 1) / kWindow;
    while (!counts_.empty() && counts_.begin()->first.first < upTo) {
      const auto& [window, count] = *counts_.begin();
      out.row(window.second, window.first * kWindow, count);
      closed_ = window.first + 1;
      counts_.erase(counts_.begin());
    }
    out.watermark(watermark);
    const Batch batch = out.finish();
    services_.emit(0, batch.get());
  }

  NodeServices& services_;
  NodeStore& store_;
  bool loaded_ = false;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> counts_;
  std::set<std::pair<std::int64_t, std::string>> changed_;
  std::int64_t closed_ = 0;
};

class Plugins final : public PluginHost {
 public:
  Result<std::unique_ptr<OperatorInstance>> create(const InstanceSpec& spec) override {
    if (spec.use == "fake.source") return sources.create(spec);
    ++windowsMade;
    return std::unique_ptr<OperatorInstance>(std::make_unique<CountByWindow>(*spec.services));
  }
  Result<std::unique_ptr<FormatInstance>> createFormat(const std::string& node, const std::string& use,
                                                       const std::string& params, const SchemaRef& schema,
                                                       NodeServices* services) override {
    return sources.createFormat(node, use, params, schema, services);
  }
  Result<std::vector<Schema>> deriveSchemas(const std::string&, weir_stage, const std::string&,
                                            std::span<const Schema>) override {
    return fatalError("Nothing is derived here.");
  }

  FakePlugins sources;
  std::atomic<int> windowsMade{0};
};

topology::PlannedNode node(const std::string& id, NodeRole role, std::optional<std::size_t> topic, const Schema& schema,
                           bool last = false) {
  topology::PlannedNode node;
  node.id = id;
  node.role = role;
  node.topic = topic.value_or(0);
  node.params = "{}";
  if (role != NodeRole::Source && role != NodeRole::TopicRead) node.inputs = {schema};
  if (role != NodeRole::TopicWrite) node.outputs = {schema};
  if (!last) node.edges = {{0, 1, 0}};
  return node;
}

topology::PlannedTopic topic(const std::string& name, const Schema& schema) {
  topology::PlannedTopic topic;
  topic.name = name;
  topic.schema = schema;
  return topic;
}

// source -> repartition -> windows -> topic "counts" -> topic "copy"
topology::Plan job() {
  topology::Plan plan;
  plan.name = "job";
  plan.topics = {topic("repartition.windows.in", fakeSchema()), topic("counts", countsSchema()),
                 topic("copy", countsSchema())};
  plan.topics[0].repartition = true;
  plan.topics[0].partitions = 2;
  plan.topics[0].keyFields = {"split"};
  plan.topics[0].keyFormat = "string";
  topology::PlannedNode source = node("rows", NodeRole::Source, {}, fakeSchema());
  source.use = "fake.source";
  source.format = "fake.format";
  source.eventTime = topology::EventTime{"ts", 0};
  topology::PlannedNode window = node("windows", NodeRole::Processor, {}, fakeSchema());
  window.use = "fake.windows";
  window.outputs = {countsSchema()};
  window.edges = {{0, 2, 0}};
  window.stateStamp = "counts";
  const auto once = topology::Guarantee::ExactlyOnce;
  plan.parts = {
      {"rows", {source, node("windows.in.repartition", NodeRole::TopicWrite, 0, fakeSchema(), true)}, 2, once},
      {"windows.in.repartition",
       {node("windows.in.repartition", NodeRole::TopicRead, 0, fakeSchema()), window,
        node("counts", NodeRole::TopicWrite, 1, countsSchema(), true)},
       2,
       once},
      {"counts",
       {node("counts", NodeRole::TopicRead, 1, countsSchema()),
        node("copy", NodeRole::TopicWrite, 2, countsSchema(), true)},
       1,
       once}};
  return plan;
}

// One home, in which the job runs until it has come to its end.
class Subject {
 public:
  Subject() {
    options.threads = 2;
    options.task.untilEnd = true;
    options.task.batchRows = 1;
    options.task.commitBytes = 1;  // after each batch
    for (const char* split : {"a", "b", "c", "d"}) {
      for (int row = 0; row < 30; ++row) {
        plugins.sources.input.splits[split].push_back({std::to_string(row * 1000) + "\n", {}});
      }
    }
  }

  Result<RunSummary> run(Log& log) {
    WEIR_TRY_ASSIGN(engine, Engine::make(job(), {log, *state, plugins, clock, logger}, options));
    return engine->run();
  }
  // As a runner does: the log is opened again after what it cannot go on from.
  bool runToTheEnd(MemoryBroker& broker, bool loseState) {
    for (int starts = 0; starts < 300; ++starts) {
      const std::unique_ptr<Log> log = broker.open("runner");
      const Result<RunSummary> done = run(*log);
      if (done) return true;
      problem = done.error().message;
      if (loseState) state = std::make_unique<MemoryStateStore>();
    }
    return false;
  }

  const SystemClock clock;
  SilentLogger logger;
  std::unique_ptr<MemoryStateStore> state = std::make_unique<MemoryStateStore>();
  Plugins plugins;
  EngineOptions options;
  std::string problem;
};

Rows sorted(Log& log, const std::string& name) {
  Rows rows = rowsOf(log, name, countsSchema());
  std::sort(rows.begin(), rows.end());
  return rows;
}

Rows undisturbed() {
  MemoryLog log;
  Subject subject;
  return subject.run(log).ok() ? sorted(log, "copy") : Rows();
}

RunToAppend run(const std::string& text) {
  RunToAppend made;
  made.header.rows = 1;
  for (const char c : text) made.body.push_back(static_cast<std::byte>(c));
  return made;
}

// The texts of the topic "t", with their positions.
std::vector<std::pair<std::int64_t, std::string>> texts(Log& log) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  auto reader = log.read({"t", 0}, Position());
  while (reader.ok()) {
    auto next = (*reader)->next();
    if (!next.ok() || !*next) break;
    const std::span<const std::byte> bytes = (*next)->body.bytes;
    found.emplace_back((*next)->begin.value(), std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  }
  return found;
}

std::unique_ptr<Log> opened(MemoryBroker& broker, const std::string& runner = "runner") {
  std::unique_ptr<Log> log = broker.open(runner);
  TopicSpec spec;
  spec.name = "t";
  return log->ensureTopic(spec).ok() ? std::move(log) : nullptr;
}

CommitResult append(Log& log, const std::string& text) {
  return log.append({{{"t", 0}, {run(text)}}});
}

}  // namespace

class BrokerLogTest : public QObject {
  Q_OBJECT

 private slots:
  void theMarkerOfATransactionTakesAPosition() {
    MemoryBroker broker;
    const auto log = opened(broker);
    QVERIFY(append(*log, "a").ok());
    QVERIFY(append(*log, "b").ok());
    QCOMPARE(texts(*log), (std::vector<std::pair<std::int64_t, std::string>>{{0, "a"}, {2, "b"}}));
    QVERIFY(*log->publishedEnd({"t", 0}) == Position::of(4));
  }

  void whatIsAbortedTakesPositionsAndIsNeverRead() {
    MemoryBroker broker({.seed = 3, .aborted = 50});
    const auto log = opened(broker);
    std::vector<std::string> committed;
    for (int i = 0; i < 100; ++i) {
      const CommitResult result = append(*log, std::to_string(i));
      if (result) committed.push_back(std::to_string(i));
      if (!result) QVERIFY(result.failure() == CommitFailure::Aborted);
    }
    QVERIFY(committed.size() > 20 && committed.size() < 80);
    std::vector<std::string> found;
    for (const auto& [position, text] : texts(*log)) found.push_back(text);
    QCOMPARE(found, committed);
    QVERIFY(log->publishedEnd({"t", 0})->value() > static_cast<std::int64_t>(2 * committed.size()));
    QVERIFY(log->usable().ok());
  }

  void whoOpensTheLogAnewFencesWhoHadIt() {
    MemoryBroker broker;
    const auto before = opened(broker);
    const auto other = opened(broker, "other");
    const auto now = opened(broker);
    const CommitResult refused = append(*before, "zombie");
    QVERIFY(refused.failure() == CommitFailure::Fenced);
    QVERIFY(append(*before, "still").failure() == CommitFailure::Fenced);
    QVERIFY(!before->usable().ok());
    QVERIFY(append(*now, "a").ok());
    QVERIFY(append(*other, "b").ok());
    QCOMPARE(texts(*now), (std::vector<std::pair<std::int64_t, std::string>>{{0, "a"}, {2, "b"}}));
  }

  void afterAnUnknownOutcomeTheLogTellsWhenItIsOpenedAgain() {
    MemoryBroker broker({.seed = 5, .unknown = 100});
    std::set<bool> outcomes;
    for (int i = 0; i < 20; ++i) {
      const auto log = opened(broker);
      const std::size_t before = texts(*log).size();
      QVERIFY(append(*log, "a").failure() == CommitFailure::Unknown);
      QVERIFY(append(*log, "b").failure() == CommitFailure::Unknown);
      QVERIFY(!log->usable().ok());
      const auto again = opened(broker);
      const std::size_t after = texts(*again).size();
      QVERIFY(after <= before + 1);
      outcomes.insert(after > before);
    }
    QCOMPARE(outcomes.size(), std::size_t{2});
  }

  void theResultIsThatOfAPlainRunWhateverTheBrokerDoes_data() {
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 50; ++seed) QTest::addRow("seed %u", seed) << seed;
  }
  void theResultIsThatOfAPlainRunWhateverTheBrokerDoes() {
    QFETCH(unsigned, seed);
    const Rows wanted = undisturbed();
    QCOMPARE(wanted.size(), std::size_t{12});
    MemoryBroker broker({.seed = seed, .aborted = 10, .fenced = 1, .unknown = 3});
    Subject subject;
    QVERIFY2(subject.runToTheEnd(broker, seed % 3 == 0), subject.problem.c_str());
    const auto log = broker.open("reader");
    QCOMPARE(sorted(*log, "counts"), wanted);
    QCOMPARE(sorted(*log, "copy"), wanted);
    QVERIFY(subject.plugins.windowsMade > 2);  // the broker has done something
  }

  void anAbortedCommitIsNoFaultOfATask() {
    int madeAgain = 0;
    for (unsigned seed = 1; seed <= 10; ++seed) {
      MemoryBroker broker({.seed = seed, .aborted = 20});
      Subject subject;
      subject.options.restarts = {0, kMillisecond, kMillisecond};  // a fault would end it
      const auto log = broker.open("runner");
      Result<RunSummary> done = subject.run(*log);
      // The first commit of a start, before there are tasks, may be aborted, too.
      while (!done && subject.plugins.windowsMade == 0) done = subject.run(*log);
      QVERIFY2(done.ok(), done.ok() ? "" : done.error().message.c_str());
      QCOMPARE(done->eventsIn, std::int64_t{120});  // rows that were read again count once
      QCOMPARE(sorted(*log, "copy"), undisturbed());
      madeAgain += subject.plugins.windowsMade - 2;
    }
    QVERIFY(madeAgain > 10);
  }

  void aRunnerThatIsFencedEndsWithASentence() {
    MemoryBroker broker({.seed = 2, .fenced = 20});
    Subject subject;
    const auto log = broker.open("runner");
    Result<RunSummary> done = subject.run(*log);
    QVERIFY(!done.ok());
    QVERIFY2(done.error().message.find("Another runner has opened the log as 'runner'") != std::string::npos,
             done.error().message.c_str());
    QCOMPARE(done.error().kind, ErrorKind::Config);
  }
};

QTEST_APPLESS_MAIN(BrokerLogTest)
#include "broker_log_test.moc"
