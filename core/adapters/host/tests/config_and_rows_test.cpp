#include <QtTest/QtTest>

#include "core/adapters/host/call/config_view.hpp"
#include "core/adapters/host/call/row_reader.hpp"
#include "core/runtime/batch/batch_check.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/params.hpp"
#include "weir/sdk/slice.hpp"

using namespace weir;  // NOLINT: a test

namespace {

constexpr std::int8_t kHalf[] = {WEIR_OP_INSERT, WEIR_OP_UPDATE_BEFORE};

const weir_config_api& api = *host::ConfigView::api();

host::ConfigView config(const char* text) {
  Result<host::ConfigView> view = host::ConfigView::parse(text);
  if (!view) qFatal("%s", view.error().message.c_str());
  return std::move(*view);
}

// What the check says about a batch of one nullable string column whose parts were changed.
template <typename F>
std::string complaint(F&& change) {
  const Batch batch = BatchBuilder(Schema{{Field{"s", TypeId::String, false}}}).row("abc").row("de").finish();
  weir_batch copy = *batch.get();
  ArrowArray columns = *copy.columns;
  ArrowArray child = *columns.children[0];
  const void* buffers[3] = {child.buffers[0], child.buffers[1], child.buffers[2]};
  ArrowArray* children[1] = {&child};
  child.buffers = buffers;
  columns.children = children;
  copy.columns = &columns;
  copy.retain = [](const weir_batch*) {};
  copy.release = [](const weir_batch*) {};
  change(copy, columns, child, buffers);
  const Result<void> checked = runtime::checkBatch(copy);
  return checked ? "" : checked.error().message;
}

bool contains(const std::string& text, const char* part) {
  if (text.find(part) != std::string::npos) return true;
  qWarning("\"%s\" is not in: %s", part, text.c_str());
  return false;
}

}  // namespace

class ConfigAndRowsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void valuesAreFoundByPath() {
    const host::ConfigView view = config(R"({"a":{"b":[1,{"c":"x"}]},"t":true,"n":null,"f":1.5})");
    std::int64_t integer = 0;
    QCOMPARE(api.integer(view.config(), "a.b.0", &integer), 1);
    QCOMPARE(integer, 1);
    weir_slice text{};
    QCOMPARE(api.text(view.config(), "a.b.1.c", &text), 1);
    QCOMPARE(std::string(toView(text)), std::string("x"));
    std::int32_t boolean = 0;
    QCOMPARE(api.boolean(view.config(), "t", &boolean), 1);
    double number = 0;
    QCOMPARE(api.number(view.config(), "f", &number), 1);
    QCOMPARE(number, 1.5);
    QCOMPARE(api.size(view.config(), "a.b"), std::size_t{2});
    QCOMPARE(api.size(view.config(), ""), std::size_t{4});
    QCOMPARE(std::string(toView(api.member(view.config(), "", 1))), std::string("t"));
  }

  void whatIsAbsentNullOrOfAnotherTypeIsNotThere() {
    const host::ConfigView view = config(R"({"n":null,"f":1.5,"s":"1","l":[1]})");
    std::int64_t integer = 0;
    QCOMPARE(api.has(view.config(), "n"), 0);
    QCOMPARE(api.has(view.config(), "f"), 1);
    QCOMPARE(api.has(view.config(), "l.1"), 0);
    QCOMPARE(api.has(view.config(), "l.x"), 0);
    QCOMPARE(api.has(view.config(), "f.g"), 0);
    QCOMPARE(api.integer(view.config(), "f", &integer), 0);
    QCOMPARE(api.integer(view.config(), "s", &integer), 0);
    QVERIFY(api.member(view.config(), "l", 0).data == nullptr);
  }

  void aMemberOfAnyNameIsFound() {
    const host::ConfigView view = config(R"({"o":{"a.b":1,"a":{"b":2},"c\\d":3,"":4,"x\u0000y":5,"e":6}})");
    const Params params(&api, view.config());
    const auto at = [&](std::string_view name) { return params.integer("o." + Params::part(name)); };
    QCOMPARE(at("a.b"), 1);
    QCOMPARE(params.integer("o.a.b"), 2);
    QCOMPARE(params.at("o." + Params::part("a")).integer("b"), 2);
    QCOMPARE(at("c\\d"), 3);
    QCOMPARE(at(""), 4);
    QCOMPARE(at(std::string_view("x\0y", 3)), 5);
    QCOMPARE(at("e"), 6);
    // What the names of an object are is told as the file has it.
    std::int64_t sum = 0;
    for (const std::string& name : params.memberNames("o")) sum += params.has("o." + Params::part(name)) ? 1 : 0;
    QCOMPARE(sum, 6);
  }

  void largeIntegersStayExact() {
    const host::ConfigView view = config(R"({"n":9223372036854775807,"m":9223372036854775808})");
    std::int64_t integer = 0;
    QCOMPARE(api.integer(view.config(), "n", &integer), 1);
    QCOMPARE(integer, INT64_MAX);
    QCOMPARE(api.integer(view.config(), "m", &integer), 0);
  }

  void anHonestBatchPasses() {
    QCOMPARE(complaint([](auto&, auto&, auto&, auto&) {}), std::string());
  }
  void tooFewRowsInAColumnAreFound() {
    QVERIFY(contains(complaint([](auto&, auto&, auto& child, auto&) { child.length = 1; }),
                     "column s has 1 rows where 2 are promised"));
  }
  void aNullWithoutValidityIsFound() {
    QVERIFY(contains(complaint([](auto&, auto&, auto& child, auto&) { child.null_count = 1; }), "no validity bits"));
  }
  void aNullWhereNoneIsAllowedIsFoundInSelectedRowsOnly() {
    static constexpr std::uint8_t kSecondIsNull = 0b01;
    static constexpr std::uint32_t kFirst = 0;
    const auto secondIsNull = [](auto&, auto&, auto& child, auto& buffers) {
      buffers[0] = &kSecondIsNull;
      child.null_count = 1;
    };
    QVERIFY(contains(complaint(secondIsNull), "declared not null, but row 1 is null"));
    QCOMPARE(complaint([&](auto& batch, auto& columns, auto& child, auto& buffers) {
               secondIsNull(batch, columns, child, buffers);
               batch.selection = &kFirst;
               batch.selection_count = 1;
             }),
             std::string());
  }
  void aWrongNullCountIsFound() {
    static constexpr std::uint8_t kAllValid = 0b11;
    QVERIFY(contains(complaint([](auto&, auto&, auto& child, auto& buffers) {
                       buffers[0] = &kAllValid;
                       child.null_count = 1;
                     }),
                     "counts 1 nulls, but its validity bits say 0"));
  }
  void halfAnUpdateIsFound() {
    QVERIFY(
        contains(complaint([](auto& batch, auto&, auto&, auto&) { batch.ops = kHalf; }), "half an update at row 1"));
  }
  void anotherNumberOfBuffersIsFound() {
    QVERIFY(contains(complaint([](auto&, auto&, auto& child, auto&) { child.n_buffers = 2; }), "has 2 buffers"));
  }

  void timestampsBetweenMillisecondsKeepTheirRest() {
    const auto text = [](std::int64_t micros) {
      return runtime::rowText(BatchBuilder(Schema{{Field{"t", TypeId::Timestamp}}}).row(micros).finish(), 0);
    };
    QCOMPARE(text(1'500'000), std::string("{\"t\":1500}"));
    QCOMPARE(text(1'500'010), std::string("{\"t\":1500.01}"));
    QCOMPARE(text(-1), std::string("{\"t\":-0.001}"));
    QCOMPARE(text(-1001), std::string("{\"t\":-1.001}"));
  }
};

WEIR_TEST(ConfigAndRowsTest)
#include "config_and_rows_test.moc"
