// Chunks on their way to rows: formats that are not ready, are given up, or do not fit what the source knows.
#include "core/runtime/formats/decode_queue.hpp"

#include "core/runtime/tests/silent_services.hpp"

#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/slice.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

// What all formats of a test do and tell.
struct Shared {
  bool ready = true;
  int cancelled = 0;
  std::int64_t rows = 1;  // that each chunk becomes
  std::vector<weir_malformed> malformed;
};

class ScriptedFormat final : public FormatInstance {
 public:
  explicit ScriptedFormat(Shared& shared) : shared_(shared) {}
  Result<Progress> prepare(std::string_view, const std::uint64_t*, std::size_t) override {
    return shared_.ready ? Progress::Done : Progress::Blocked;
  }
  Result<DecodedRows> decode(std::string_view data, const std::uint64_t*, std::size_t) override {
    BatchBuilder builder(Schema{{{"text", TypeId::String}}});
    for (std::int64_t row = 0; row < shared_.rows; ++row) builder.row(data);
    return DecodedRows{builder.finish(), shared_.malformed};
  }
  Result<weir_encoded> encode(const Batch&) override { return fatalError("Nothing is encoded here."); }
  void cancel() override { ++shared_.cancelled; }

 private:
  Shared& shared_;
};

class Subject {
 public:
  Subject()
      : queue(std::make_shared<DecodeQueue>(
            [this]() -> Result<std::unique_ptr<FormatInstance>> {
              return std::unique_ptr<FormatInstance>(std::make_unique<ScriptedFormat>(shared));
            },
            std::make_shared<FormatServices>(services_), [](std::function<void()>) {}, [] {})) {}
  ~Subject() { queue->close(); }

  // One record, with a key where one is given.
  void push(const std::string& data, const ArrowArray* key = nullptr) {
    weir_chunk raw{};
    raw.struct_size = sizeof raw;
    raw.data = toSlice(data);
    offsets_[1] = data.size();
    raw.offsets = offsets_;
    raw.record_count = 1;
    raw.keys = key;
    queue->push(0, SourceChunk(raw), false);
  }
  // Records without any bytes at the end, with keys.
  void pushRecords(const std::string& data, std::vector<std::uint64_t> offsets, const OwnedColumn& keys) {
    offsetsOf_ = std::move(offsets);
    weir_chunk raw{};
    raw.struct_size = sizeof raw;
    raw.data = toSlice(data);
    raw.offsets = offsetsOf_.data();
    raw.record_count = offsetsOf_.size() - 1;
    raw.keys = &keys.array();
    queue->push(0, SourceChunk(raw), false);
  }
  // Keys of the rows of the next chunk.
  std::string popKeys() {
    Result<std::optional<DecodedChunk>> chunk = queue->pop();
    if (!chunk) return chunk.error().message;
    std::string keys;
    const StringView column(ColumnView(*(*chunk)->batch.get()->key));
    for (std::int64_t row = 0; row < (*chunk)->batch.rowCount(); ++row) keys += std::string(column[row]) + " ";
    return keys;
  }
  std::string pop() {
    Result<std::optional<DecodedChunk>> chunk = queue->pop();
    if (!chunk) return chunk.error().message;
    return *chunk ? std::string(StringView((*chunk)->batch.column(0))[0]) : "nothing";
  }

  Shared shared;

 private:
  SilentServices services_;
  std::uint64_t offsets_[2] = {0, 0};
  std::vector<std::uint64_t> offsetsOf_;

 public:
  std::shared_ptr<DecodeQueue> queue;
};

}  // namespace

class DecodeQueueTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aChunkWaitsForItsFormatAndKeepsItsPlace() {
    Subject subject;
    subject.shared.ready = false;
    const std::string first = "first";
    const std::string second = "second";
    subject.push(first);
    subject.push(second);
    QCOMPARE(subject.pop(), std::string("nothing"));
    QCOMPARE(subject.pop(), std::string("nothing"));
    QCOMPARE(subject.queue->size(), std::size_t{2});
    subject.shared.ready = true;
    QCOMPARE(subject.pop(), first);
    QCOMPARE(subject.pop(), second);
    QCOMPARE(subject.queue->size(), std::size_t{0});
  }

  void cancelReachesEveryFormatAlsoOneThatIsMadeLater() {
    Subject before;
    const std::string text = "text";
    before.push(text);
    QCOMPARE(before.pop(), text);
    before.queue->cancel();
    QCOMPARE(before.shared.cancelled, 1);
    Subject after;
    after.queue->cancel();
    after.push(text);
    QCOMPARE(after.pop(), text);
    QCOMPARE(after.shared.cancelled, 1);
  }

  void aMalformedRecordWithoutBytesDoesNotTakeTheKeyOfTheNextOne() {
    StringBuilder builder;
    for (const char* const key : {"a", "b", "c"}) builder.append(std::string_view(key));
    const OwnedColumn keys = builder.finish();
    Subject subject;
    subject.shared.rows = 2;
    const std::string data = "onetwo";
    subject.shared.malformed = {{3, 3, toSlice("nothing is there")}};  // between the two others
    subject.pushRecords(data, {0, 3, 3, 6}, keys);
    QCOMPARE(subject.popKeys(), std::string("a c "));
    subject.shared.malformed = {{3, 6, toSlice("is bad")}};  // behind the one without bytes
    subject.pushRecords(data, {0, 3, 3, 6}, keys);
    QCOMPARE(subject.popKeys(), std::string("a b "));
    subject.shared.malformed = {{3, 3, toSlice("nothing is there")}, {3, 6, toSlice("is bad")}};
    subject.shared.rows = 1;
    subject.pushRecords(data, {0, 3, 3, 6}, keys);
    QCOMPARE(subject.popKeys(), std::string("a "));
  }

  void recordsOfWhichNoneHasBytesAreDecodedToo() {
    StringBuilder builder;
    for (const char* const key : {"a", "b"}) builder.append(std::string_view(key));
    const OwnedColumn keys = builder.finish();
    Subject subject;
    subject.shared.rows = 2;
    const std::string nothing;
    subject.pushRecords(nothing, {0, 0, 0}, keys);
    QCOMPARE(subject.popKeys(), std::string("a b "));
  }

  void keysOfRecordsNeedARowForEach() {
    StringBuilder builder;
    builder.append(std::string_view("k"));
    const OwnedColumn keys = builder.finish();
    Subject subject;
    const std::string text = "text";
    subject.push(text, &keys.array());
    const auto chunk = subject.queue->pop();
    QVERIFY(chunk.ok() && *chunk);
    QCOMPARE(std::string(StringView(ColumnView(*(*chunk)->batch.get()->key))[0]), std::string("k"));
    subject.shared.rows = 2;
    subject.push(text, &keys.array());
    QVERIFY(subject.pop().find("made 2 rows of 1 good records") != std::string::npos);
  }
};

WEIR_TEST(DecodeQueueTest)
#include "decode_queue_test.moc"
