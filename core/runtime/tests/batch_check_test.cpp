// What a batch of a plugin may be, and what it may not: at the depth at which every run checks.
#include "core/runtime/batch/batch_check.hpp"

#include <functional>

#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

Schema columns() {
  const Field item{"item", TypeId::String};
  return Schema{{{"s", TypeId::String, false},
                 {"l", DataType::list(item)},
                 {"t", DataType::structure({{"x", TypeId::Int64}, {"y", TypeId::String}})},
                 {"n", TypeId::Int64, false}}};
}

struct Array {
  ArrowArray raw{};
  std::vector<const void*> buffers;
  std::vector<ArrowArray*> children;

  void done() {
    raw.n_buffers = static_cast<std::int64_t>(buffers.size());
    raw.buffers = buffers.data();
    raw.n_children = static_cast<std::int64_t>(children.size());
    raw.children = children.data();
  }
};

// Two rows of `columns()`, every part of which a test may spoil.
struct Given {
  Given() : port(makeSchema(columns())) {
    s.buffers = {nullptr, textOffsets, "abcde"};
    elements.buffers = {nullptr, textOffsets, "abcde"};
    l.buffers = {nullptr, listOffsets};
    l.children = {&elements.raw};
    x.buffers = {nullptr, numbers};
    y.buffers = {nullptr, textOffsets, "abcde"};
    t.buffers = {nullptr};
    t.children = {&x.raw, &y.raw};
    n.buffers = {nullptr, numbers};
    all.buffers = {nullptr};
    all.children = {&s.raw, &l.raw, &t.raw, &n.raw};
    for (Array* const array : {&s, &elements, &l, &x, &y, &t, &n, &all}) {
      array->raw.length = 2;
      array->done();
    }
    batch.struct_size = sizeof(weir_batch);
    batch.row_count = 2;
    batch.schema = &port->arrow();
    batch.columns = &all.raw;
    batch.retain = batch.release = [](const weir_batch*) {};
  }
  std::string complaint(const weir_batch* trusted = nullptr) const {
    const Result<void> checked = checkBatch(batch, *port, CheckDepth::Memory, trusted);
    return checked ? "" : checked.error().message;
  }

  std::int32_t textOffsets[3] = {0, 3, 5};
  std::int32_t listOffsets[3] = {0, 1, 2};
  std::int64_t numbers[2] = {1, 2};
  Array s, elements, l, x, y, t, n, all;
  SchemaRef port;
  weir_batch batch{};
};

bool contains(const std::string& text, const char* part) {
  if (text.find(part) != std::string::npos) return true;
  qWarning("\"%s\" is not in: %s", part, text.c_str());
  return false;
}

using Change = std::function<void(Given&)>;

struct Lie {
  const char* name;
  const char* words;
  Change tell;
};

const std::uint32_t kBackwards[] = {1, 0};
const std::uint32_t kBeyond[] = {0, 2};
const std::int8_t kNoOp[] = {0, 4};
const weir_watermark_step kLateStep[] = {{3, 1}};
const std::uint8_t kSecondIsNull = 0b01;
const std::int32_t kTextBack[] = {0, 4, 3};
const std::int32_t kTextBelow[] = {-1, 3, 5};
const std::int32_t kListBeyond[] = {0, 1, 3};

const Lie kLies[] = {
    {"missing column", "column n is missing", [](Given& given) { given.all.children[3] = nullptr; }},
    {"no columns", "has no list of columns", [](Given& given) { given.all.raw.children = nullptr; }},
    {"other number of columns", "has 3 columns; its schema names 4",
     [](Given& given) { given.all.raw.n_children = 3; }},
    {"missing element", "column l[] is missing", [](Given& given) { given.l.children[0] = nullptr; }},
    {"no children", "column t has no list of children", [](Given& given) { given.t.raw.children = nullptr; }},
    {"missing member", "column t.y is missing", [](Given& given) { given.t.children[1] = nullptr; }},
    {"short member", "column t.x has 1 rows where 2", [](Given& given) { given.x.raw.length = 1; }},
    {"short column", "column s has 1 rows where 2", [](Given& given) { given.s.raw.length = 1; }},
    {"no buffers", "column s has no list of buffers", [](Given& given) { given.s.raw.buffers = nullptr; }},
    {"other buffers", "column s has 2 buffers", [](Given& given) { given.s.raw.n_buffers = 2; }},
    {"no values", "column n has rows but no values", [](Given& given) { given.n.buffers[1] = nullptr; }},
    {"no offsets", "column s has rows but no offsets", [](Given& given) { given.s.buffers[1] = nullptr; }},
    {"no data", "column s has no data", [](Given& given) { given.s.buffers[2] = nullptr; }},
    {"offsets back", "go back from 4 to 3 at row 1", [](Given& given) { given.s.buffers[1] = kTextBack; }},
    {"negative offset", "negative offset -1", [](Given& given) { given.s.buffers[1] = kTextBelow; }},
    {"inner offsets", "column l[] has offsets that go back",
     [](Given& given) { given.elements.buffers[1] = kTextBack; }},
    {"elements beyond", "elements up to 3, but its child has only 2",
     [](Given& given) { given.l.buffers[1] = kListBeyond; }},
    {"offset", "beyond all memory", [](Given& given) { given.s.raw.offset = INT64_MAX - 1; }},
    {"dictionary", "dictionary-encoded", [](Given& given) { given.s.raw.dictionary = &given.n.raw; }},
    {"nulls", "counts nulls but has no validity", [](Given& given) { given.l.raw.null_count = 1; }},
    {"null where none may be", "row 1 is null",
     [](Given& given) {
       given.s.buffers[0] = &kSecondIsNull;
       given.s.raw.null_count = 1;
     }},
    {"selection back", "does not ascend",
     [](Given& given) {
       given.batch.selection = kBackwards;
       given.batch.selection_count = 2;
     }},
    {"selection beyond", "names row 2 of 2",
     [](Given& given) {
       given.batch.selection = kBeyond;
       given.batch.selection_count = 2;
     }},
    {"selection longer", "has 3 of 2 rows",
     [](Given& given) {
       given.batch.selection = kBeyond;
       given.batch.selection_count = 3;
     }},
    {"op", "has 4 at row 1", [](Given& given) { given.batch.ops = kNoOp; }},
    {"step", "point at row 3 of 2",
     [](Given& given) {
       given.batch.steps = kLateStep;
       given.batch.step_count = 1;
     }},
    {"origin step", "point at row 3",
     [](Given& given) {
       given.batch.origin_steps = kLateStep;
       given.batch.origin_step_count = 1;
     }},
    {"rows", "row_count is 3, but its columns have 2", [](Given& given) { given.batch.row_count = 3; }},
    {"key", "its key has 1 rows",
     [](Given& given) {
       given.s.raw.length = 1;
       given.batch.key = &given.s.raw;
       given.all.children[0] = &given.y.raw;
     }},
};

}  // namespace

class BatchCheckTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anHonestBatchPasses() {
    QCOMPARE(Given().complaint(), std::string());
    const Batch built = BatchBuilder(columns()).finish();
    QVERIFY(checkBatch(*built.get(), CheckDepth::Memory).ok());
  }

  void aLieIsFoundInEveryRun_data() {
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < std::size(kLies); ++i) QTest::newRow(kLies[i].name) << i;
  }
  void aLieIsFoundInEveryRun() {
    QFETCH(std::size_t, index);
    Given given;
    kLies[index].tell(given);
    QVERIFY(contains(given.complaint(), kLies[index].words));
  }

  void aLieIsFoundBesideWhatIsTrusted_data() { aLieIsFoundInEveryRun_data(); }
  void aLieIsFoundBesideWhatIsTrusted() {
    QFETCH(std::size_t, index);
    Given trusted;
    Given given;
    kLies[index].tell(given);
    QVERIFY(contains(given.complaint(&trusted.batch), kLies[index].words));
  }

  void whatWasCheckedBeforeIsNotLookedAtAgain() {
    Given trusted;
    trusted.s.buffers[1] = kTextBack;  // had it been looked at
    Given given;
    given.all.children[0] = &trusted.s.raw;
    QCOMPARE(given.complaint(&trusted.batch), std::string());
    QVERIFY(contains(given.complaint(), "go back"));
    given.batch = trusted.batch;
    QCOMPARE(given.complaint(&trusted.batch), std::string());
  }

  void aColumnThatIsPassedOnAsAnotherTypeIsLookedAt() {
    Given trusted;
    Given given;
    given.all.children[0] = &trusted.n.raw;  // numbers where texts are promised
    QVERIFY(contains(given.complaint(&trusted.batch), "column s has 2 buffers"));
  }

  void anotherSchemaIsRefused() {
    Given given;
    Schema other = columns();
    other.fields[3].type = TypeId::Float64;
    const SchemaRef wrong = makeSchema(other);
    given.batch.schema = &wrong->arrow();
    QVERIFY(contains(given.complaint(), "n float64 not null>, but the port's is struct<"));
    const SchemaRef same = makeSchema(columns());
    given.batch.schema = &same->arrow();
    QCOMPARE(given.complaint(), std::string());
  }

  void aDamagedSchemaIsRefused_data() {
    QTest::addColumn<int>("damage");
    for (const int damage : {0, 1, 2, 3}) QTest::addRow("%d", damage) << damage;
  }
  void aDamagedSchemaIsRefused() {
    QFETCH(int, damage);
    Given given;
    ArrowSchema schema = given.port->arrow();
    std::vector<ArrowSchema*> children(schema.children, schema.children + 4);
    ArrowSchema list = *children[1];
    children[1] = &list;
    schema.children = children.data();
    ArrowSchema* itself[1] = {&list};
    if (damage == 0) list.format = nullptr;
    if (damage == 1) list.children = nullptr;
    if (damage == 2) children[2] = nullptr;
    if (damage == 3) list.children = itself;  // a list of lists of lists
    given.batch.schema = &schema;
    QVERIFY(contains(given.complaint(), "its schema holds a type that Weir does not have"));
    QVERIFY(!checkBatch(given.batch, CheckDepth::Memory).ok());
  }
};

WEIR_TEST(BatchCheckTest)
#include "batch_check_test.moc"
