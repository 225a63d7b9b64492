#include <QtTest>
#include <map>

#include "core/sdk/tests/fake_host.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/batch_slice.hpp"
#include "weir/sdk/output_loop.hpp"
#include "weir/sdk/plugin.hpp"
#include "weir/sdk/services.hpp"
#include "weir/sdk/value_store.hpp"

using namespace weir;

namespace {

// The whole of a small operator.
class Pass final : public Processor {
 public:
  using Processor::Processor;
  Flow process(std::size_t, const Batch& batch) override {
    context().emit(0, batch);
    return Flow::Done;
  }
};

// Sends every row `times` times, a row a batch.
class Repeat final : public Processor {
 public:
  explicit Repeat(const CreateInfo& info)
      : Processor(info), times_(info.params().integer("times")), loop_(context()), rows_(context().counter("rows")) {}
  static std::vector<Schema> deriveSchema(const CreateInfo& info) { return {info.input()->schema()}; }
  Flow process(std::size_t, const Batch& batch) override {
    loop_.add([this, batch, sent = std::int64_t{0}]() mutable {
      rows_.add();
      context().emit(0, sliceBatch(batch, sent / times_, 1));
      return ++sent < times_ * batch.rowCount();
    });
    return loop_.run();
  }
  Flow resume() override { return loop_.run(); }

 private:
  std::int64_t times_;
  OutputLoop loop_;
  Counter rows_;
};

class Thrower final : public Processor {
 public:
  using Processor::Processor;
  Flow process(std::size_t port, const Batch&) override {
    switch (port) {
      case 0: throw ConfigError("topology");
      case 1: throw RetryableError("outside");
      case 2: throw PoisonError("rows");
      case 3: throw std::bad_alloc();
      case 4: throw std::runtime_error("standard");
      default: throw 7;
    }
  }
};

class Count final : public Processor {
 public:
  explicit Count(const CreateInfo& info) : Processor(info), counts_(context(), "counts") {}
  void start() override { before_ = counts_.find("all") == nullptr ? 0 : *counts_.find("all"); }
  Flow process(std::size_t, const Batch& batch) override {
    counts_.at("all") += batch.selectedCount();
    return Flow::Done;
  }
  bool prepareCommit(std::uint64_t) override {
    context().setRecovery("before " + std::to_string(before_));
    return true;
  }

 private:
  ValueStore<std::string, std::int64_t> counts_;
  std::int64_t before_ = 0;
};

struct Bytes final : ChunkBuffer {
  explicit Bytes(bool& flag) : gone(&flag) {}
  ~Bytes() override { *gone = true; }
  std::string text = "one\ntwo\n";
  bool* gone;
};

class Lines final : public Source {
 public:
  using Source::Source;
  static inline bool bufferGone = false;
  void discover(const SplitFound& found) override { found("split"); }
  std::unique_ptr<SplitReader> open(const Split& split) override {
    struct Reader final : SplitReader {
      Reader(bool atEnd, bool otherSchema) : done(atEnd), changed(otherSchema) {}
      ReadResult read(bool untilEnd, Chunk& chunk) override {
        if (changed) return ReadResult::SchemaChanged;
        if (done) return untilEnd ? ReadResult::End : ReadResult::Idle;
        auto bytes = std::make_unique<Bytes>(bufferGone);
        chunk.data = bytes->text;
        chunk.offsets = {0, 4, 8};
        chunk.buffer = std::move(bytes);
        chunk.position = "8";
        done = true;
        return ReadResult::Read;
      }
      bool done;
      bool changed;
    };
    return std::make_unique<Reader>(split.position == "8", split.position == "changed");
  }
};

// One text column; the record "bad" is malformed.
class Text final : public Format {
 public:
  explicit Text(const CreateInfo& info) : Format(info), builder_(info.input()) {}
  Batch decode(const Records& records, MalformedRecords& malformed) override {
    for (std::size_t i = 0; i + 1 < records.offsets.size(); ++i) {
      const std::uint64_t begin = records.offsets[i];
      const std::string_view record = records.data.substr(begin, records.offsets[i + 1] - begin);
      if (record == "bad") {
        malformed.add(begin, records.offsets[i + 1], "is bad");
      } else {
        builder_.row(record);
      }
    }
    return builder_.rows() == 0 ? Batch() : builder_.finish();
  }
  void encode(const Batch& batch, RecordWriter& out) override {
    batch.forEachRow([&](std::int64_t row) {
      out.bytes += StringView(batch.column(0))[row];
      out.endRecord();
    });
  }

 private:
  BatchBuilder builder_;
};

}  // namespace

WEIR_PLUGIN(declare<Pass>("pass"), declare<Repeat>("repeat"), declare<Thrower>("thrower"), declare<Count>("count"),
            declare<Lines>("lines"), declare<Text>("text"))

namespace {

constexpr std::uint32_t kHostOfMinor1 = WEIR_SIZE_WITH(weir_host, get_extension);

struct Newer {
  static constexpr int kAbiMinor = 2;
};

// Parameters as a flat map of paths; the host's own version reads JSON.
struct Config {
  std::map<std::string, std::int64_t> integers;
  std::map<std::string, std::string> texts;
  std::map<std::string, std::size_t> sizes;
};
const Config& of(const weir_config* config) {
  return *reinterpret_cast<const Config*>(config);
}
const weir_config_api kConfigApi{
    sizeof(weir_config_api),
    0,
    [](const weir_config* c, const char* path) {
      return static_cast<std::int32_t>(of(c).integers.count(path) + of(c).texts.count(path) + of(c).sizes.count(path));
    },
    [](const weir_config* c, const char* path) {
      const auto found = of(c).sizes.find(path);
      return found == of(c).sizes.end() ? 0 : found->second;
    },
    [](const weir_config*, const char*, std::size_t) { return toSlice("member"); },
    [](const weir_config* c, const char* path, weir_slice* out) {
      const auto found = of(c).texts.find(path);
      if (found != of(c).texts.end()) *out = toSlice(found->second);
      return static_cast<std::int32_t>(found != of(c).texts.end());
    },
    [](const weir_config* c, const char* path, std::int64_t* out) {
      const auto found = of(c).integers.find(path);
      if (found != of(c).integers.end()) *out = found->second;
      return static_cast<std::int32_t>(found != of(c).integers.end());
    },
    [](const weir_config*, const char*, double*) { return std::int32_t{0}; },
    [](const weir_config*, const char*, std::int32_t*) { return std::int32_t{0}; }};

// An operator of the table above, called as a host calls it.
class Running {
 public:
  Running(FakeHost& host, std::string_view id, Config config = {}) : config_(std::move(config)) {
    for (std::size_t i = 0; i < weir_plugin.operator_count; ++i) {
      if (weir_plugin.operators[i]->id == id) api = weir_plugin.operators[i];
    }
    schema_ = exportSchema({{{"a", TypeId::String}}});
    info.struct_size = sizeof(info);
    info.host = host.table();
    info.context = host.handle();
    info.config_api = &kConfigApi;
    info.config = reinterpret_cast<const weir_config*>(&config_);
    info.input_schemas = &schemas_;
    info.input_count = 1;
    status = api->create(&info, &instance);
  }
  ~Running() {
    if (instance != nullptr) api->destroy(instance);
    schema_.release(&schema_);
  }
  weir_status process(const Batch& batch, std::uint32_t port = 0) { return api->process(instance, port, batch.get()); }

  const weir_operator* api = nullptr;
  weir_create_info info{};
  void* instance = nullptr;
  weir_status status = WEIR_OK;

 private:
  Config config_;
  ArrowSchema schema_{};
  const ArrowSchema* schemas_ = &schema_;
};

Batch rows(std::initializer_list<const char*> values) {
  BatchBuilder builder(Schema{{{"a", TypeId::String}}});
  for (const char* value : values) builder.row(std::string_view(value));
  return builder.finish();
}

std::string textOf(const Batch& batch) {
  std::string all;
  batch.forEachRow([&](std::int64_t row) { all += std::string(StringView(batch.column(0))[row]) + ";"; });
  return all;
}

}  // namespace

class PluginTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theTableSaysWhatIsThere() {
    QCOMPARE(weir_plugin.abi_major, WEIR_ABI_MAJOR);
    QCOMPARE(weir_plugin.operator_count, 6U);
    FakeHost host;
    QCOMPARE(Running(host, "pass").api->kind, WEIR_KIND_PROCESSOR);
    QCOMPARE(Running(host, "lines").api->kind, WEIR_KIND_SOURCE);
    QCOMPARE(Running(host, "text").api->kind, WEIR_KIND_FORMAT);
    QVERIFY(Running(host, "pass").api->derive_schema == nullptr);
  }
  void aPluginIsStampedWithWhatItNeeds() {
    QCOMPARE(weir_plugin.abi_minor, 1);
    QCOMPARE(weir_plugin.sdk_minor, static_cast<std::uint32_t>(WEIR_ABI_MINOR));
  }
  void anOlderHostIsReadNoFurtherThanItGoes() {
    FakeHost host;
    // As minor 1 had it: what lies behind is not the host's.
    weir_host older = *host.table();
    std::memset(reinterpret_cast<char*>(&older) + kHostOfMinor1, 0xab, sizeof older - kHostOfMinor1);
    older.struct_size = kHostOfMinor1;
    const Context context(&older, host.handle());
    const auto* known = reinterpret_cast<const char*>(&context.host());
    QVERIFY(std::all_of(known + kHostOfMinor1, known + sizeof(weir_host), [](char byte) { return byte == 0; }));
    context.info("works");
    QCOMPARE(host.logged.at(0), "works");
  }
  void anOlderHostGetsNoMoreThanItHasRoomFor() {
    FakeHost host;
    Running text(host, "text");
    struct {
      weir_encoded encoded{};
      std::uint64_t behind = 7;
    } room;
    room.encoded.struct_size = offsetof(weir_encoded, count);
    QCOMPARE(text.api->format->encode(text.instance, rows({"x"}).get(), &room.encoded), WEIR_OK);
    QCOMPARE(room.encoded.struct_size, static_cast<std::uint32_t>(offsetof(weir_encoded, count)));
    QCOMPARE(room.encoded.count, 0U);
    QCOMPARE(room.encoded.offsets[1], 1U);
    QCOMPARE(room.behind, 7U);
  }
  void aBatchPassesThrough() {
    FakeHost host;
    Running pass(host, "pass");
    QCOMPARE(pass.process(rows({"x", "y"})), WEIR_OK);
    QCOMPARE(textOf(host.emitted.at(0).second), "x;y;");
  }
  void aLoopStopsWhereTheOutputIsFullAndGoesOnThere() {
    FakeHost host;
    Running repeat(host, "repeat", {{{"times", 3}}, {}, {}});
    host.room = 2;
    QCOMPARE(repeat.process(rows({"x", "y"})), WEIR_HAVE_OUTPUT);
    QCOMPARE(host.emitted.size(), 2U);
    host.room = 3;
    QCOMPARE(repeat.api->resume(repeat.instance), WEIR_HAVE_OUTPUT);
    QCOMPARE(host.emitted.size(), 5U);
    host.room = 3;
    QCOMPARE(repeat.api->resume(repeat.instance), WEIR_OK);
    QCOMPARE(host.emitted.size(), 6U);
    QCOMPARE(textOf(host.emitted[2].second) + textOf(host.emitted[3].second), "x;y;");
    QCOMPARE(host.metrics["rows"].value, 6);
  }
  void aMissingParameterIsNamed() {
    FakeHost host;
    Running repeat(host, "repeat");
    QCOMPARE(repeat.status, WEIR_ERROR_CONFIG);
    QCOMPARE(host.error, "The parameter 'times' is missing; it must be an integer.");
    Running mistyped(host, "repeat", {{}, {{"times", "three"}}, {}});
    QCOMPARE(host.error, "The parameter 'times' is not an integer.");
  }
  void whateverIsThrownBecomesAStatusAndAText() {
    FakeHost host;
    Running thrower(host, "thrower");
    const std::vector<std::pair<weir_status, std::string>> want = {
        {WEIR_ERROR_CONFIG, "topology"},
        {WEIR_ERROR_RETRYABLE, "outside"},
        {WEIR_ERROR_POISON, "rows"},
        {WEIR_ERROR_FATAL, "Out of memory."},
        {WEIR_ERROR_FATAL, "standard"},
        {WEIR_ERROR_FATAL, "The operator threw something that is not a std::exception."}};
    for (std::uint32_t port = 0; port < want.size(); ++port) {
      QCOMPARE(thrower.process(rows({"x"}), port), want[port].first);
      QCOMPARE(host.error, want[port].second);
    }
  }
  void outputSchemasAreDerivedWithoutAnInstance() {
    FakeHost host;
    Running repeat(host, "repeat", {{{"times", 1}}, {}, {}});
    ArrowSchema out{};
    QCOMPARE(repeat.api->derive_schema(&repeat.info, &out, 1), WEIR_OK);
    QCOMPARE(typeName(importSchema(out)->fields.at(0).type), "string");
    out.release(&out);
    QCOMPARE(repeat.api->derive_schema(&repeat.info, &out, 2), WEIR_ERROR_FATAL);
  }
  void storesAreHandedOverAndComeBackByThemselves() {
    FakeHost host;
    for (int life = 0; life < 3; ++life) {
      Running count(host, "count");
      QCOMPARE(count.api->recover(count.instance, toSlice(host.recovery)), WEIR_OK);
      QCOMPARE(count.process(rows({"x", "y"})), WEIR_OK);
      host.epoch = static_cast<std::uint64_t>(life) + 1;
      QCOMPARE(count.api->prepare_commit(count.instance, host.epoch), WEIR_OK);
      host.makeDurable(host.epoch);
      QCOMPARE(count.api->committed(count.instance, host.epoch), WEIR_OK);
    }
    QCOMPARE(host.recovery, "before 4");
  }
  void aSourceGivesChunksThatOutliveIt() {
    FakeHost host;
    weir_chunk chunk{};
    chunk.struct_size = sizeof chunk;
    Lines::bufferGone = false;
    {
      Running lines(host, "lines");
      std::string found;
      const auto receiver = [](void* arg, const weir_split* split) {
        *static_cast<std::string*>(arg) = std::string(toView(split->id));
      };
      QCOMPARE(lines.api->source->discover(lines.instance, receiver, &found), WEIR_OK);
      QCOMPARE(found, "split");
      const weir_split split{sizeof(weir_split), 0, toSlice(found), toSlice("")};
      void* reader = nullptr;
      QCOMPARE(lines.api->source->open_split(lines.instance, &split, &reader), WEIR_OK);
      QCOMPARE(lines.api->source->read(lines.instance, reader, 0, &chunk), WEIR_OK);
      QCOMPARE(chunk.record_count, 2U);
      QCOMPARE(toView(chunk.position), "8");
      weir_chunk none{};
      none.struct_size = sizeof none;
      QCOMPARE(lines.api->source->read(lines.instance, reader, 0, &none), WEIR_IDLE);
      QCOMPARE(lines.api->source->read(lines.instance, reader, 1, &none), WEIR_END);
      lines.api->source->close_split(lines.instance, reader);
    }
    QCOMPARE(toView(chunk.data), "one\ntwo\n");
    QVERIFY(!Lines::bufferGone);
    chunk.release(chunk.owner);
    QVERIFY(Lines::bufferGone);
  }
  void anotherSchemaIsToldByThoseWhoNeedAHostThatKnowsOfIt() {
    FakeHost host;
    Running lines(host, "lines");
    const weir_split split{sizeof(weir_split), 0, toSlice("split"), toSlice("changed"), toSlice("")};
    void* reader = nullptr;
    QCOMPARE(lines.api->source->open_split(lines.instance, &split, &reader), WEIR_OK);
    weir_chunk chunk{};
    chunk.struct_size = sizeof chunk;
    QCOMPARE(lines.api->source->read(lines.instance, reader, 0, &chunk), WEIR_ERROR_FATAL);
    lines.api->source->close_split(lines.instance, reader);
    QCOMPARE(detail::answerRead<Newer>(ReadResult::SchemaChanged), weir_status{WEIR_SCHEMA_CHANGED});
  }
  void aFormatDecodesEncodesAndNamesWhatIsMalformed() {
    FakeHost host;
    Running text(host, "text");
    const std::uint64_t offsets[] = {0, 2, 5, 6};
    weir_decoded decoded{};
    decoded.struct_size = sizeof decoded;
    QCOMPARE(text.api->format->decode(text.instance, toSlice("okbadx"), offsets, 3, &decoded), WEIR_OK);
    const Batch batch = Batch::adopt(decoded.batch);
    QCOMPARE(textOf(batch), "ok;x;");
    QCOMPARE(decoded.malformed_count, 1U);
    QCOMPARE(decoded.malformed[0].begin, 2U);
    QCOMPARE(decoded.malformed[0].end, 5U);
    QCOMPARE(toView(decoded.malformed[0].reason), "is bad");
    weir_encoded encoded{};
    encoded.struct_size = sizeof encoded;
    QCOMPARE(text.api->format->encode(text.instance, batch.get(), &encoded), WEIR_OK);
    QCOMPARE(Encoded(encoded)[1], "x");
    QCOMPARE(Encoded(encoded).bytes(), "okx");
  }
  void rowsWithoutLeavesThemOut() {
    const Batch batch = BatchMaker::from(rows({"a", "b", "c", "d"})).selection({0, 2, 3}).finish(0);
    const std::vector<std::uint32_t> failed = {1, 2};
    QVERIFY(rowsWithout(batch, failed) == (std::vector<std::uint32_t>{0, 3}));
  }
};

WEIR_TEST(PluginTest)
#include "plugin_test.moc"
