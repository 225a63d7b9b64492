// A reader of a topic: what it holds, and what it does when rows that it had still to read are gone.
#include "core/runtime/input/topic_input.hpp"

#include "core/runtime/tests/fake_operators.hpp"
#include "core/runtime/tests/line_format.hpp"
#include "core/runtime/tests/silent_services.hpp"

#include "core/adapters/memory/memory_log.hpp"
#include "core/adapters/memory/memory_state_store.hpp"
#include "core/runtime/codec/batch_writer.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

const PartitionId kKept{"kept", 0};

class Subject {
 public:
  explicit Subject(bool skipsGaps = false) {
    topic_.name = kKept.topic;
    topic_.schema = Schema{{{"id", TypeId::Int64, false}}};
    topic_.retentionBytes = 1;  // everything but the last run, as soon as nobody holds it
    topic_.skipsGaps = skipsGaps;
    node_.id = "count";
    node_.role = topology::NodeRole::TopicRead;
    TopicSpec changelog;
    changelog.name = changelogTopic(node_.id);
    TopicSpec kept;
    kept.name = topic_.name;
    kept.retentionBytes = topic_.retentionBytes;
    ready = log.ensureTopic(changelog).ok() && log.ensureTopic(kept).ok();
  }
  void write(int runs) {
    const SchemaRef schema = makeSchema(topic_.schema);
    for (int i = 0; i < runs; ++i) {
      BatchBuilder rows(schema);
      rows.row(std::int64_t{i});
      rows.row(std::int64_t{i});
      PartitionedBatchWriter writer(schema, 1);
      QVERIFY(writer.append(rows.finish(), {}).ok());
      QVERIFY(log.append({{kKept, {writer.take(0)}}}).ok());
    }
  }
  // One of two writers says how far it is.
  void tell(std::int32_t writer, std::int64_t watermark) {
    RunToAppend words = PartitionedBatchWriter(makeSchema(topic_.schema), 1).take(0);
    words.header.mark = {writer, 2, 1, kSequencesPerStart + ++told_, watermark, WriterState::Active};
    QVERIFY(log.append({{kKept, {words}}}).ok());
  }
  // Watermarks of the batches that it gives until it runs dry.
  std::vector<std::int64_t> times() {
    std::vector<std::int64_t> found;
    Batch batch;
    while (input_->poll(batch).value() == InputOutcome::Rows) {
      found.push_back(batch.steps().empty() ? WEIR_WATERMARK_MIN : batch.steps().back().watermark);
    }
    return found;
  }
  // As after a restart: from the last commit.
  Result<void> open() {
    state_ = std::make_unique<NodeState>(node_, 0, StateResources{log, store_, budget_});
    TopicInputSpec spec;
    spec.topic = &topic_;
    spec.reader = node_.id;
    spec.gap = [this](const Gap& gap, std::string_view text) {
      missing += gap.rows.value_or(0);
      told = text;
    };
    input_ = std::make_unique<TopicInput>(spec, *state_, log, clock_, nullptr, [](auto&&...) {});
    WEIR_TRY(input_->open());
    WEIR_TRY(log.commit({{}, {}, {*input_->consumed()}}));  // the first commit of a start
    return {};
  }
  // Rows that it reads until it runs dry, committed.
  std::int64_t read(int batches = INT32_MAX) {
    std::int64_t rows = 0;
    for (Batch batch; batches > 0; --batches) {
      const auto outcome = input_->poll(batch);
      if (!outcome || *outcome != InputOutcome::Rows) break;
      rows += batch.rowCount();
    }
    const bool prepared = input_->prepareCommit().ok();
    Commit commit;
    if (auto dirty = state_->takeDirty()) commit.changelogs.push_back(std::move(*dirty));
    commit.consumed.push_back(*input_->consumed());
    return prepared && log.commit(commit).ok() && state_->committed().ok() && input_->committed().ok() ? rows : -1;
  }
  // Whatever holds rows lets go of them, as damage or an older version would.
  void lose() {
    QVERIFY(log.release("count").ok());
    write(1);
  }

  MemoryLog log;
  bool ready = false;
  std::int64_t missing = 0;
  std::string told;

 private:
  topology::PlannedTopic topic_;
  topology::PlannedNode node_;
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  ManualClock clock_;
  std::unique_ptr<NodeState> state_;
  std::unique_ptr<TopicInput> input_;
  std::int64_t told_ = 0;
};

class LinePlugins final : public PluginHost {
 public:
  Result<std::unique_ptr<OperatorInstance>> create(const InstanceSpec&) override { return fatalError("None."); }
  Result<std::unique_ptr<FormatInstance>> createFormat(const std::string&, const std::string& use,
                                                       const std::string& params, const SchemaRef&,
                                                       NodeServices*) override {
    if (use != "test.line") return configError("There is no format '" + use + "'.");
    asked.push_back(params);
    auto made = std::make_unique<LineFormat>();
    made->ready = ready;
    last = made.get();
    return std::unique_ptr<FormatInstance>(std::move(made));
  }
  Result<std::vector<Schema>> deriveSchemas(const std::string&, weir_stage, const std::string&,
                                            std::span<const Schema>) override {
    return fatalError("Nothing is derived here.");
  }

  bool ready = true;
  LineFormat* last = nullptr;
  std::vector<std::string> asked;
};

// A topic of records, or of what its versions say.
class Records {
 public:
  Records() {
    topic_.name = "lines";
    topic_.schema = Schema{{{"id", TypeId::Int64, false}, {"name", TypeId::String, true}}};
    topic_.valueFormat = "test.line";
    topic_.valueFormatParams = R"({"password":"secret"})";
    node_.id = "lines";
    node_.role = topology::NodeRole::TopicRead;
    TopicSpec changelog;
    changelog.name = changelogTopic(node_.id);
    ready = log.ensureTopic(changelog).ok();
    describe({versionOf(topic_)});
  }
  void describe(const std::vector<RowVersion>& versions) {
    SchemaVersions all;
    for (const RowVersion& version : versions) all.add(version);
    TopicSpec spec;
    spec.name = topic_.name;
    spec.description = all.description();
    ready = log.ensureTopic(spec).ok() && ready;
  }
  // A run of others, without a mark.
  void writeForeign(const std::vector<std::string>& values, const RowVersion& version) {
    BatchBuilder records(recordColumns(version));
    for (const std::string& value : values) records.row(value).time(77);
    writeForeign(records.finish(), records.schema());
  }
  void writeForeign(const Batch& block, const SchemaRef& schema) {
    PartitionedBatchWriter writer(schema, 1);
    QVERIFY(writer.append(block, {}).ok());
    QVERIFY(log.append({{{topic_.name, 0}, {writer.take(0)}}}).ok());
  }
  void writeForeign(const std::vector<std::string>& values) { writeForeign(values, versionOf(topic_)); }
  // A run of a task of Weir.
  void write(const Batch& rows, std::int64_t sequence = 1) {
    std::unique_ptr<FormatInstance> format;
    if (!topic_.valueFormat.empty()) format = std::make_unique<LineFormat>();
    const WriterIdentity identity{0, 1, 1, kSequencesPerStart * sequence};
    auto writer = TopicWriter::make(
        topic_, identity, [](const Batch&, const auto&) {}, std::move(format));
    QVERIFY(writer.ok());
    QVERIFY(writer->write(rows).ok());
    std::vector<PartitionAppend> appends;
    writer->take(WriterState::Active, appends);
    QVERIFY(log.append(std::move(appends)).ok());
  }
  // As after a restart: from the last commit.
  Result<void> open() {
    state_ = std::make_unique<NodeState>(node_, 0, StateResources{log, store_, budget_});
    formats_ = std::make_unique<TopicFormats>(topic_, node_.id, plugins, services_);
    TopicInputSpec spec;
    spec.topic = &topic_;
    spec.reader = node_.id;
    spec.formats = formats_.get();
    const auto refuse = [this](std::string_view position, std::string_view bytes, std::string_view) {
      refused.push_back(std::string(position) + " " + std::string(bytes));
    };
    input_ = std::make_unique<TopicInput>(spec, *state_, log, clock_, nullptr, refuse);
    return input_->open();
  }
  // Rows until it runs dry.
  std::vector<std::string> read() {
    return read([](const Batch& batch, std::int64_t row) {
      const std::int64_t* const times = batch.get()->event_time;
      return rowText(batch, row) + (times == nullptr ? "" : "@" + std::to_string(times[row]));
    });
  }
  // Where they come from.
  std::vector<std::string> readPlaces() {
    return read([](const Batch& batch, std::int64_t row) {
      const auto id = batch.rowId(row);
      return id ? std::string(id->split) + "@" + std::to_string(id->position) : "nowhere";
    });
  }
  std::vector<std::string> read(const std::function<std::string(const Batch& batch, std::int64_t row)>& text) {
    std::vector<std::string> rows;
    for (Batch batch;;) {
      const auto outcome = input_->poll(batch);
      if (!outcome) return {outcome.error().message};
      if (*outcome != InputOutcome::Rows) return rows;
      batch.forEachRow([&](std::int64_t row) { rows.push_back(text(batch, row)); });
    }
  }
  bool commit() {
    bool done = input_->prepareCommit().ok();
    if (auto dirty = state_->takeDirty()) done = log.commit({{}, {std::move(*dirty)}, {}}).ok() && done;
    return done && state_->committed().ok() && input_->committed().ok();
  }

  MemoryLog log;
  LinePlugins plugins;
  std::vector<std::string> refused;
  bool ready = false;

 private:
  topology::PlannedNode node_;
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  ManualClock clock_;
  SilentServices services_;
  std::unique_ptr<NodeState> state_;
  std::unique_ptr<TopicFormats> formats_;
  std::unique_ptr<TopicInput> input_;

 public:
  topology::PlannedTopic topic_;
};

Batch rowsAt(const std::vector<std::int64_t>& ids, std::int64_t time) {
  BatchBuilder rows(lineSchema());
  for (const std::int64_t id : ids) rows.row(id, "n").time(time);
  return rows.watermark(time - 1).finish();
}

using Rows = std::vector<std::string>;

}  // namespace

class TopicInputTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wordsThatMoveNoTimeAreNoNewsToOperators() {
    Subject subject;
    QVERIFY(subject.ready && subject.open().ok());
    subject.tell(0, 5);
    QCOMPARE(subject.times(), std::vector<std::int64_t>());
    for (const std::int64_t time : {6, 7, 8}) subject.tell(0, time);
    subject.tell(1, 7);
    subject.tell(0, 9);
    QCOMPARE(subject.times(), (std::vector<std::int64_t>{7}));
    subject.tell(1, 20);
    QCOMPARE(subject.times(), (std::vector<std::int64_t>{9}));
  }

  void retentionTakesNothingThatItHasStillToRead() {
    Subject subject;
    QVERIFY(subject.ready);
    QVERIFY(subject.open().ok());
    subject.write(50);
    QCOMPARE(subject.read(10), std::int64_t{20});
    subject.write(50);
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), std::int64_t{180});
    subject.write(1);
    QVERIFY(subject.log.figures()->at(1).rowsRemoved > 150);
  }

  void aPositionThatIsGoneStopsItWithASentence() {
    Subject subject;
    QVERIFY(subject.open().ok());
    subject.write(50);
    QCOMPARE(subject.read(10), std::int64_t{20});
    subject.lose();
    const Result<void> opened = subject.open();
    QVERIFY(!opened.ok());
    for (const char* part :
         {"80 rows of topic 'kept', partition 0", "node 'count'", "offset 20", "offset 100", "on_gap"}) {
      QVERIFY2(opened.error().message.find(part) != std::string::npos, opened.error().message.c_str());
    }
  }

  void whereTheTopicSaysSoItCountsWhatIsMissingAndGoesOn() {
    Subject subject(true);
    QVERIFY(subject.open().ok());
    subject.write(50);
    QCOMPARE(subject.read(10), std::int64_t{20});
    subject.lose();
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.missing, std::int64_t{80});
    QVERIFY(subject.told.find("Going on") != std::string::npos);
    QCOMPARE(subject.read(), std::int64_t{2});
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.missing, std::int64_t{80});  // told once
  }

  void rowsThatGoUnderItAreAGapToo() {
    Subject subject(true);
    QVERIFY(subject.open().ok());
    subject.write(50);
    QCOMPARE(subject.read(10), std::int64_t{20});
    subject.lose();
    QCOMPARE(subject.read(), std::int64_t{2});
    QCOMPARE(subject.missing, std::int64_t{80});
  }

  void aReaderWithoutAPastBeginsWithWhatIsKept() {
    Subject subject;
    subject.write(50);
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), std::int64_t{2});
    QCOMPARE(subject.missing, std::int64_t{0});
  }

  void recordsThatAreNoRowsBecomeDeadLettersWithTheirPlaces() {
    Records subject;
    QVERIFY(subject.ready);
    subject.writeForeign({"1 a", "2 b"});
    subject.writeForeign({"x", "3 c", ""});
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), (Rows{R"({"id":1,"name":"a"})", R"({"id":2,"name":"b"})", R"({"id":3,"name":"c"})"}));
    QCOMPARE(subject.refused, (Rows{"lines/0@2 x", "lines/0@4 "}));
    // They are read, and not again.
    QVERIFY(subject.commit());
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), Rows{});
    QCOMPARE(subject.refused.size(), std::size_t{2});
  }

  void recordsThatDeleteAreNoStream() {
    Records subject;
    BatchBuilder records(recordColumns(versionOf(subject.topic_)));
    records.row("1 a").row("2 b").op(WEIR_OP_DELETE);
    subject.writeForeign(records.finish(), records.schema());
    QVERIFY(subject.open().ok());
    const Rows read = subject.read();
    QCOMPARE(read.size(), std::size_t{1});
    QVERIFY(read[0].find("it holds a table") != std::string::npos);
  }

  void recordsOfItsOwnTasksHaveTheTimeThatTheseSay() {
    Records subject;
    subject.write(rowsAt({1, 2}, 50));
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), (Rows{R"({"id":1,"name":"n"}@50)", R"({"id":2,"name":"n"}@50)"}));
  }

  void recordsOfOthersHaveTheTimeThatTheTopicDeclares() {
    Records subject;
    subject.topic_.schema.fields.push_back({"at", TypeId::Timestamp, true});
    subject.topic_.eventTime = topology::EventTime{"at", 0, -1};
    subject.writeForeign({"1 a"}, {lineSchema(), RecordFormat{"test.line"}});
    subject.describe({{lineSchema(), RecordFormat{"test.line"}}});
    QVERIFY(subject.open().ok());
    // Not 77, the time of the record: the column says that there is none.
    QCOMPARE(subject.read(), Rows{R"({"id":1,"name":"a","at":null}@)" + std::to_string(WEIR_NO_TIME)});
  }

  void everyRowIsKnownByItsPlaceInTheTopic() {
    Records subject;
    const RowVersion records = versionOf(subject.topic_);
    subject.writeForeign({"1 a", "x", "2 b"});
    subject.topic_.valueFormat.clear();
    subject.writeForeign(rowsAt({3, 4}, 50), makeSchema(lineSchema()));
    subject.write(rowsAt({5, 6}, 60));
    subject.describe({{lineSchema()}, records});
    QVERIFY(subject.open().ok());
    // A record that is no row has its place all the same.
    QCOMPARE(subject.readPlaces(),
             (Rows{"lines/0@0", "lines/0@2", "lines/0@3", "lines/0@4", "lines/0@5", "lines/0@6"}));
  }

  void blocksAndRecordsMayStandInOneTopic() {
    Records subject;
    const RowVersion records = versionOf(subject.topic_);
    subject.topic_.valueFormat.clear();
    subject.write(rowsAt({1}, 50), 1);
    subject.topic_.valueFormat = "test.line";
    subject.write(rowsAt({2}, 60), 2);
    subject.describe({{lineSchema()}, records});
    for (const char* const now : {"test.line", ""}) {
      subject.topic_.valueFormat = now;
      QVERIFY(subject.open().ok());
      QCOMPARE(subject.read(), (Rows{R"({"id":1,"name":"n"}@50)", R"({"id":2,"name":"n"}@60)"}));
    }
    // The topology gives its own format what it may need; another one gets what the description shows.
    QCOMPARE(subject.plugins.asked, (Rows{R"({"password":"secret"})", "{}"}));
  }

  void recordsOfAFormatThatIsGoneAreRefusedWithASentence() {
    Records subject;
    const RowVersion gone{lineSchema(), RecordFormat{"gone.format"}};
    subject.describe({gone, versionOf(subject.topic_)});
    subject.writeForeign({"1 a"}, gone);
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), Rows{"Topic lines, partition 0, offset 0: There is no format 'gone.format'."});
  }

  void whileAFormatIsNotReadyNothingIsSkipped() {
    Records subject;
    subject.writeForeign({"1 a"});
    subject.writeForeign({"2 b"});
    QVERIFY(subject.open().ok());
    subject.plugins.ready = false;
    QCOMPARE(subject.read(), Rows{});
    QVERIFY(subject.commit());  // of nothing
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), Rows{});
    subject.plugins.last->ready = true;
    QCOMPARE(subject.read(), (Rows{R"({"id":1,"name":"a"})", R"({"id":2,"name":"b"})"}));
    subject.plugins.last->ready = false;
    subject.writeForeign({"3 c"});
    QCOMPARE(subject.read(), Rows{});
    QVERIFY(subject.commit());  // what came before
    subject.plugins.ready = true;
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), Rows{R"({"id":3,"name":"c"})"});
  }
};

WEIR_TEST(TopicInputTest)
#include "topic_input_test.moc"
