// What the host looks at in data that a plugin hands over: chunks, batches, decoded rows, and structs to be filled in.
#include "core/adapters/host/tests/bridge_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;        // NOLINT: a test
using namespace weir::host;  // NOLINT
using runtime::Progress;

namespace {

// The port of a source that derives its schema.
catalog::PortSpec derivedPort() {
  catalog::PortSpec port;
  port.name = "out";
  port.schemaRules.push_back({catalog::SchemaRule::Kind::Derive});
  return port;
}

// Never ready, and makes nothing.
struct NoFormat final : runtime::FormatInstance {
  Result<runtime::DecodedRows> decode(std::string_view, const std::uint64_t*, std::size_t) override {
    ++decoded;
    return runtime::DecodedRows{};
  }
  Result<Progress> prepare(std::string_view, const std::uint64_t*, std::size_t) override { return Progress::Blocked; }
  Result<weir_encoded> encode(const Batch&) override { return weir_encoded{}; }
  void cancel() override { ++cancelled; }
  int decoded = 0;
  int cancelled = 0;
};

// A format whose calls are written in the test, behind the host's bridge.
struct RawFormat {
  explicit RawFormat(const OperatorTable& table) : format(table, contextOf()) {}

  std::unique_ptr<weir_context> contextOf() {
    auto context = std::make_unique<weir_context>(calls, "raw", "test.raw", services);
    context->inputs = {makeSchema(rowNumbers())};
    return context;
  }

  CallRegistry calls;
  MemoryServices services{1, 0, 0, 1 << 20};
  BridgedFormat format;
};

// A source whose `read` gives one chunk, and what the host says to it.
std::string refusal(const std::function<void(weir_chunk& chunk)>& fill, const catalog::OperatorSpec& spec) {
  Fixture fixture(spec, runtime::CheckDepth::Memory);
  fixture.script.read = [&](weir_chunk* chunk) -> weir_status {
    fill(*chunk);
    return WEIR_OK;
  };
  auto reader = fixture.op->openSplit({"a", ""});
  runtime::SourceChunk chunk;
  const auto outcome = (*reader)->read(false, chunk);
  return outcome ? "" : outcome.error().message;
}

}  // namespace

class BridgedDataTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aChunkIsGivenBackOnceWhateverReadAnswers_data() {
    QTest::addColumn<int>("answer");
    QTest::newRow("ok") << int{WEIR_OK};
    QTest::newRow("idle") << int{WEIR_IDLE};
    QTest::newRow("end") << int{WEIR_END};
    QTest::newRow("schema changed") << int{WEIR_SCHEMA_CHANGED};
    QTest::newRow("retryable") << int{WEIR_ERROR_RETRYABLE};
    QTest::newRow("fatal") << int{WEIR_ERROR_FATAL};
    QTest::newRow("no answer at all") << 77;
    QTest::newRow("thrown") << 78;
  }
  void aChunkIsGivenBackOnceWhateverReadAnswers() {
    QFETCH(int, answer);
    static int released = 0;
    static int batches = 0;
    released = batches = 0;
    catalog::OperatorSpec spec;
    spec.givesRows = true;
    spec.outputs = {derivedPort()};
    Fixture fixture(spec);
    const Batch rows = batchOf({1});
    weir_batch counted = *rows.get();
    counted.retain = [](const weir_batch*) { ++batches; };
    counted.release = [](const weir_batch*) { --batches; };
    fixture.script.read = [&](weir_chunk* chunk) -> weir_status {
      ++batches;  // the reference that the host gets
      chunk->batch = &counted;
      chunk->release = [](void*) { ++released; };
      if (answer == 78) throw 1;  // NOLINT: not a std::exception, on purpose
      return answer;
    };
    auto reader = fixture.op->openSplit({"a", ""});
    QVERIFY(reader.ok());
    {
      runtime::SourceChunk chunk;
      const auto outcome = (*reader)->read(false, chunk);
      QCOMPARE(outcome.ok(),
               answer == WEIR_OK || answer == WEIR_IDLE || answer == WEIR_END || answer == WEIR_SCHEMA_CHANGED);
      QCOMPARE(static_cast<bool>(chunk.batch()), answer == WEIR_OK);
    }
    QCOMPARE(released, 1);
    QCOMPARE(batches, 0);
  }

  void aBatchOfAnotherSchemaStopsTheOperatorThatGaveIt_data() {
    QTest::addColumn<QString>("how");
    for (const char* const how : {"emit", "read", "dead letter", "expression"}) QTest::newRow(how) << QString(how);
  }
  void aBatchOfAnotherSchemaStopsTheOperatorThatGaveIt() {
    QFETCH(QString, how);
    const Batch texts = BatchBuilder(Schema{{{"n", TypeId::String, false}}}).row("no number").finish();
    weir_batch broken = *texts.get();
    if (how == "dead letter") broken.columns = nullptr;  // dead letters may have any schema, but must have one
    catalog::OperatorSpec spec;
    spec.givesRows = true;
    Fixture fixture(spec, runtime::CheckDepth::Memory);
    fixture.script.read = [&](weir_chunk* chunk) -> weir_status {
      chunk->batch = Batch(texts).leak();
      return WEIR_OK;
    };
    fixture.script.process = [&](std::uint32_t, const weir_batch*) -> weir_status {
      const Script& script = fixture.script;
      const std::uint32_t row = 0;
      if (how == "emit") script.emit(texts);
      if (how == "dead letter") script.host->dead_letter(script.context, &broken, &row, 1, toSlice("bad"));
      if (how == "expression") {
        weir_expr* expr = nullptr;
        ArrowSchema type{};
        script.host->expr_compile(script.context, 0, toSlice("n > 1"), &expr, &type);
        type.release(&type);
        const std::uint32_t* rows = nullptr;
        std::size_t count = 0;
        script.host->expr_select(script.context, expr, texts.get(), &rows, &count, nullptr);
      }
      return WEIR_OK;  // and it does not look at the answers
    };
    std::string text;
    if (how == "read") {
      runtime::SourceChunk chunk;
      const auto outcome = (*fixture.op->openSplit({"a", ""}))->read(false, chunk);
      text = outcome ? "" : outcome.error().message;
      QVERIFY(!chunk.batch());
    } else {
      const Result<Progress> progress = fixture.op->process(0, batchOf({1}));
      text = progress ? "" : progress.error().message;
    }
    QVERIFY(contains(text, "node 'raw' (test.raw) breaks the plugin contract in "));
    QVERIFY(contains(text, how == "dead letter" ? "no columns" : "but the port's is struct<n int64 not null>"));
    QCOMPARE(fixture.out(), Rows());
  }

  void bytesOfAChunkHoldAllItsRecords_data() {
    QTest::addColumn<int>("lie");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << 0 << "";
    QTest::newRow("back") << 1 << "the offsets of its records go back";
    QTest::newRow("beyond") << 2 << "its records reach up to byte 9 of 5";
    QTest::newRow("nowhere") << 3 << "it gave 5 bytes that lie nowhere";
    QTest::newRow("rows") << 4 << "it gave rows, but by its manifest it gives bytes";
  }
  void bytesOfAChunkHoldAllItsRecords() {
    QFETCH(int, lie);
    QFETCH(QString, words);
    Fixture fixture;
    static std::uint64_t offsets[3];
    offsets[0] = 0;
    offsets[1] = lie == 1 ? 6 : 2;
    offsets[2] = lie == 2 ? 9 : 5;
    fixture.script.read = [&](weir_chunk* chunk) -> weir_status {
      chunk->data = toSlice("hello");
      if (lie == 3) chunk->data.data = nullptr;
      if (lie == 4) {
        chunk->data = kAbsent;
        chunk->batch = batchOf({1}).leak();
        return WEIR_OK;
      }
      chunk->offsets = offsets;
      chunk->record_count = 2;
      return WEIR_OK;
    };
    runtime::SourceChunk chunk;
    const auto outcome = (*fixture.op->openSplit({"a", ""}))->read(false, chunk);
    QCOMPARE(outcome.ok(), words.isEmpty());
    if (!outcome) QVERIFY(contains(outcome.error().message, words.toUtf8().constData()));
  }

  void onlyWhoeverDerivesItsSchemaMaySayThatItHasChanged() {
    catalog::OperatorSpec spec;
    spec.outputs = {catalog::PortSpec()};
    Fixture fixture(spec);
    fixture.script.read = [](weir_chunk*) -> weir_status { return WEIR_SCHEMA_CHANGED; };
    runtime::SourceChunk chunk;
    const auto outcome = (*fixture.op->openSplit({"a", ""}))->read(false, chunk);
    QVERIFY(!outcome.ok());
    QVERIFY(contains(outcome.error().message, "its manifest has no rule \"derive\""));
  }

  void aChunkHoldsWhatItClaims_data() {
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("words");
    QTest::newRow("size") << "size"
                          << "it gave a chunk of 8 bytes by its struct_size";
    QTest::newRow("position") << "position"
                              << "the position of its chunk lies nowhere";
    QTest::newRow("unreadable") << "unreadable"
                                << "its list of unreadable records lies nowhere";
    QTest::newRow("small") << "small"
                           << "its list of unreadable records has elements that are smaller than they ever were";
    QTest::newRow("release") << "release"
                             << "cannot be retained or released";
    QTest::newRow("steps") << "steps"
                           << "its rows carry watermark steps";
    QTest::newRow("ops") << "ops"
                         << "it gave changes of a table on port 'out'";
    QTest::newRow("both") << "both"
                          << "it gave bytes and rows in one chunk";
    QTest::newRow("bytes") << "bytes"
                           << "it gave bytes, but by its manifest it gives rows";
    QTest::newRow("borders") << "borders"
                             << "it gave keys, headers or times of records whose borders it does not know";
    QTest::newRow("keys") << "keys"
                          << "its keys has 1 rows where 2 are promised";
    QTest::newRow("headers") << "headers"
                             << "its headers has 3 buffers";
  }
  void aChunkHoldsWhatItClaims() {
    QFETCH(QString, how);
    QFETCH(QString, words);
    catalog::OperatorSpec spec;
    spec.outputs = {derivedPort()};
    spec.givesRows =
        !QStringList({"size", "position", "unreadable", "small", "borders", "keys", "headers"}).contains(how);
    static weir_batch broken;
    static const weir_unreadable record{};
    static const std::uint64_t offsets[] = {0, 2, 4};
    BatchBuilder texts(Schema{{{"text", TypeId::Bytes, false}}});
    if (how == "headers") texts.row("a");
    const Batch column = texts.row("b").finish();
    const std::string text = refusal(
        [&](weir_chunk& chunk) {
          if (!spec.givesRows || how == "both" || how == "bytes") chunk.data = toSlice("rows");
          if (how == "size") chunk.struct_size = 8;
          if (how == "position") chunk.position.size = 5;
          if (how == "unreadable") chunk.unreadable_count = 1;
          if (how == "small") {
            chunk.unreadable = &record;
            chunk.unreadable_count = 1;
            chunk.unreadable_size = 4;
          }
          if (how == "keys" || how == "headers") {
            chunk.offsets = offsets;
            chunk.record_count = 2;
          }
          if (how == "keys" || how == "borders") chunk.keys = column.get()->columns->children[0];
          if (how == "headers") chunk.headers = column.get()->columns->children[0];
          BatchBuilder builder(makeSchema(rowNumbers()));
          if (how == "steps") builder.watermark(WEIR_WATERMARK_MAX);
          builder.row(std::int64_t{1});
          if (how == "ops") builder.op(WEIR_OP_DELETE);
          const Batch rows = builder.finish();
          broken = *rows.get();
          broken.release = nullptr;
          if (spec.givesRows && how != "bytes") chunk.batch = how == "release" ? &broken : Batch(rows).leak();
        },
        spec);
    QVERIFY(contains(text, "node 'raw' (test.raw) breaks the plugin contract in read: "));
    QVERIFY(contains(text, words.toUtf8().constData()));
  }

  void aBatchIsNotLargerThanAnyCanBe() {
    Fixture fixture({}, runtime::CheckDepth::Memory);
    const Batch rows = batchOf({1});
    weir_batch huge = *rows.get();
    huge.struct_size = 1U << 30;  // whoever makes a batch from it would copy so much
    fixture.script.process = [&](std::uint32_t, const weir_batch*) -> weir_status {
      fixture.script.host->emit(fixture.script.context, 0, &huge);
      return WEIR_OK;
    };
    const Result<Progress> progress = fixture.op->process(0, batchOf({1}));
    QVERIFY(!progress.ok());
    QVERIFY(contains(progress.error().message, "its struct_size is 1073741824, more than any Weir will have"));
  }

  void whatTheHostFillsInHasRoomForIt_data() {
    QTest::addColumn<QString>("service");
    for (const char* const service : {"expr_evaluate", "expr_select", "format_encode", "format_decode", "state_put"}) {
      QTest::newRow(service) << QString(service);
    }
  }
  void whatTheHostFillsInHasRoomForIt() {
    QFETCH(QString, service);
    catalog::OperatorSpec spec;
    spec.stores = {{"all", "one entry", 1}};
    Fixture fixture(spec);
    fixture.script.format = [] { return std::make_unique<NoFormat>(); };
    fixture.script.process = [&](std::uint32_t, const weir_batch* batch) -> weir_status {
      const weir_host& host = *fixture.script.host;
      weir_context* const context = fixture.script.context;
      weir_expr* expr = nullptr;
      ArrowSchema type{};
      host.expr_compile(context, 0, toSlice("n > 1"), &expr, &type);
      type.release(&type);
      weir_format* format = nullptr;
      host.format_open(context, 0, toSlice("none"), &format);
      weir_row_errors errors{};  // without its size
      weir_encoded encoded{};
      weir_decoded decoded{};
      ArrowArray values{};
      const std::uint32_t* rows = nullptr;
      std::size_t count = 0;
      if (service == "expr_evaluate") host.expr_evaluate(context, expr, batch, &values, &errors);
      if (service == "expr_select") host.expr_select(context, expr, batch, &rows, &count, &errors);
      if (service == "format_encode") host.format_encode(context, format, batch, &encoded);
      if (service == "format_decode") host.format_decode(context, format, toSlice("x"), nullptr, 0, &decoded);
      return WEIR_OK;  // and it does not look at the answers
    };
    if (service != "state_put") {
      const Result<Progress> progress = fixture.op->process(0, batchOf({1}));
      QVERIFY(!progress.ok());
      QVERIFY(contains(progress.error().message, ("it called " + service.toStdString() + " with a ").c_str()));
      QVERIFY(contains(progress.error().message, "whose struct_size it had not set to its size"));
      return;
    }
    weir_state* store = nullptr;
    fixture.script.process = [&](std::uint32_t, const weir_batch*) {
      return fixture.script.host->state_open(fixture.script.context, toSlice("all"), &store);
    };
    QVERIFY(fixture.op->process(0, batchOf({1})).ok());
    const weir_state_entry entry{0, toSlice("k"), toSlice("v")};
    fixture.script.prepareCommit = [&](std::uint64_t) -> weir_status {
      fixture.script.host->state_put(fixture.script.context, store, &entry, 1, 8);
      return WEIR_OK;
    };
    const Result<Progress> prepared = fixture.op->prepareCommit(1);
    QVERIFY(!prepared.ok());
    QVERIFY(
        contains(prepared.error().message, "state_put: the array has elements that are smaller than they ever were"));
  }

  void whatAFormatDecodesIsLookedAt_data() {
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("words");
    QTest::newRow("blocked") << "blocked"
                             << "answered 2 to decode, which is no answer to that";
    QTest::newRow("nowhere") << "nowhere"
                             << "its list of malformed records lies nowhere";
    QTest::newRow("small") << "small"
                           << "its list of malformed records has elements that are smaller than they ever were";
    QTest::newRow("release") << "release"
                             << "cannot be retained or released";
    QTest::newRow("beyond") << "beyond"
                            << "it names malformed bytes 0 to 2 of 1";
    QTest::newRow("back") << "back"
                          << "it names malformed bytes 1 to 0 of 1";
    QTest::newRow("schema") << "schema"
                            << "but the port's is struct<n int64 not null>";
  }
  void whatAFormatDecodesIsLookedAt() {
    QFETCH(QString, how);
    QFETCH(QString, words);
    static weir_decoded given;
    static weir_status answer;
    weir_malformed record{};
    record.begin = how == "back" ? 1 : 0;
    record.end = how == "beyond" ? 2 : 0;
    const Batch rows = batchOf({1});
    weir_batch broken = *rows.get();
    broken.release = nullptr;
    given = {sizeof(weir_decoded), sizeof(weir_malformed), nullptr, nullptr, 0};
    answer = how == "blocked" ? WEIR_BLOCKED : WEIR_OK;
    if (how == "nowhere" || how == "small" || how == "beyond" || how == "back") given.malformed_count = 1;
    if (given.malformed_count != 0 && how != "nowhere") given.malformed = &record;
    if (how == "small") given.malformed_size = 8;
    if (how == "release") given.batch = &broken;
    if (how == "schema") given.batch = BatchBuilder(Schema{{{"n", TypeId::String, false}}}).row("x").finish().leak();
    OperatorTable table;
    table.format.decode = [](void*, weir_slice, const std::uint64_t*, std::size_t, weir_decoded* out) -> weir_status {
      *out = given;
      return answer;
    };
    RawFormat raw(table);
    const auto decoded = raw.format.decode("x", nullptr, 0);
    QVERIFY(!decoded.ok());
    QVERIFY(contains(decoded.error().message, words.toUtf8().constData()));
  }

  void whatAFormatEncodesIsLookedAt_data() {
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("words");
    QTest::newRow("good") << "good"
                          << "";
    QTest::newRow("few") << "few"
                         << "it made 1 records of 2 rows";
    QTest::newRow("no offsets") << "no offsets"
                                << "its records have no offsets";
    QTest::newRow("back") << "back"
                          << "the offsets of its records go back";
    QTest::newRow("no bytes") << "no bytes"
                              << "its records have no bytes";
  }
  void whatAFormatEncodesIsLookedAt() {
    QFETCH(QString, how);
    QFETCH(QString, words);
    static std::uint64_t offsets[3];
    offsets[0] = 0;
    offsets[1] = how == "back" ? 3 : 1;
    offsets[2] = 2;
    static const std::uint8_t bytes[] = {'a', 'b'};
    static weir_encoded given;
    given = {};
    given.struct_size = sizeof given;
    given.count = how == "few" ? 1 : 2;
    if (how != "no offsets") given.offsets = offsets;
    if (how != "no bytes") given.data = bytes;
    OperatorTable table;
    table.format.encode = [](void*, const weir_batch*, weir_encoded* out) -> weir_status {
      *out = given;
      return WEIR_OK;
    };
    RawFormat raw(table);
    const auto encoded = raw.format.encode(batchOf({1, 2}));
    QCOMPARE(encoded.ok(), words.isEmpty());
    if (!encoded) QVERIFY(contains(encoded.error().message, words.toUtf8().constData()));
  }

  void aFormatInsideOfAnOperatorIsReadyBeforeItDecodesAndHearsOfCancel() {
    Fixture fixture;
    NoFormat* opened = nullptr;
    fixture.script.format = [&] {
      auto format = std::make_unique<NoFormat>();
      opened = format.get();
      return format;
    };
    weir_status answer = WEIR_OK;
    fixture.script.process = [&](std::uint32_t, const weir_batch*) -> weir_status {
      weir_format* format = nullptr;
      fixture.script.host->format_open(fixture.script.context, 0, toSlice("none"), &format);
      weir_decoded decoded{};
      decoded.struct_size = sizeof decoded;
      answer = fixture.script.host->format_decode(fixture.script.context, format, toSlice("x"), nullptr, 0, &decoded);
      return WEIR_OK;
    };
    QVERIFY(fixture.op->process(0, batchOf({1})).ok());
    QCOMPARE(answer, weir_status{WEIR_BLOCKED});
    QCOMPARE(opened->decoded, 0);
    fixture.op->cancel();
    QCOMPARE(opened->cancelled, 1);
  }
};

WEIR_TEST(BridgedDataTest)
#include "bridged_data_test.moc"
