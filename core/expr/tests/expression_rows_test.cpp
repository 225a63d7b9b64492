#include <QtTest>

#include "core/expr/tests/evaluating.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::expr;

namespace {

using Texts = std::vector<std::string>;

Schema orders() {
  return {{{"id", TypeId::Int64, false},
           {"region", TypeId::String},
           {"amount", TypeId::Int32},
           {"paid", TypeId::Bool},
           {"place", DataType::structure({{"city", TypeId::String}, {"zip", TypeId::Int32}})},
           {"odd name", TypeId::Int32}}};
}

// Rows 0 to 3; the place of row 2 is null, with bytes beneath it that must not show.
Batch fourOrders() {
  BatchBuilder builder(orders());
  const char* regions[] = {"eu", "us", nullptr, "eu"};
  for (int row = 0; row < 4; ++row) {
    builder.column(0).append(row);
    if (regions[row] == nullptr) {
      builder.column(1).appendNull();
    } else {
      builder.column(1).append(std::string_view(regions[row]));
    }
    if (row == 1) {
      builder.column(2).appendNull();
    } else {
      builder.column(2).append(row);
    }
    builder.column(3).append(row % 2 == 0);
    if (row == 2) {
      builder.column(4).appendNull();
    } else {
      builder.column(4).child(0).append(std::string_view(row == 0 ? "Berlin" : "Paris"));
      builder.column(4).child(1).append(10 * row);
      builder.column(4).endRow();
    }
    builder.column(5).append(row);
    builder.endRow();
  }
  return builder.finish();
}

Batch selecting(const Batch& batch, std::vector<std::uint32_t> rows) {
  return BatchMaker::from(batch).selection(std::move(rows)).finish(0);
}

Texts values(std::string_view text, const Batch& batch) {
  return valuesOf(*compiled(text, orders()), batch);
}

struct Selected {
  std::vector<std::uint32_t> rows;
  std::vector<RowError> errors;
};
Selected select(std::string_view text, const Batch& batch) {
  Selected out;
  const Result<void> done = compiled(text, orders())->select(batch, out.rows, out.errors);
  if (!done) throw std::runtime_error(done.error().message);
  return out;
}

}  // namespace

class ExpressionRowsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void columnsAreReadByName() {
    QCOMPARE(values("region || '!'", fourOrders()), (Texts{"eu!", "us!", "null", "eu!"}));
    QCOMPARE(values("amount + 1", fourOrders()), (Texts{"1", "null", "3", "4"}));
    QCOMPARE(values("\"odd name\" * 2", fourOrders()), (Texts{"0", "2", "4", "6"}));
  }

  void aFieldOfANullStructIsNull() {
    QCOMPARE(values("place.city || ''", fourOrders()), (Texts{"Berlin", "Paris", "null", "Paris"}));
    QCOMPARE(values("place.city", fourOrders()), (Texts{"Berlin", "Paris", "null", "Paris"}));
    QCOMPARE(values("place is null", fourOrders()), (Texts{"false", "false", "true", "false"}));
  }

  void rowsThatAreNotSelectedAreNotComputed() {
    const Batch batch = selecting(fourOrders(), {0, 3});
    QCOMPARE(values("region || '!'", batch), (Texts{"eu!", "-", "-", "eu!"}));
    QCOMPARE(values("1 / (id - 1)", batch), (Texts{"-1", "-", "-", "0"}));
  }

  void aFailedRowDoesNotTouchTheOthers() {
    QCOMPARE(values("6 / (id - 1)", fourOrders()),
             (Texts{"-6", "error: division by zero in `6 / (id - 1)`", "6", "3"}));
  }

  void aRowHasItsFirstReasonOnly() {
    const auto expression = compiled("1 / (id - 1) + 1 % (id - 1)", orders());
    const Evaluated result = expression->evaluate(fourOrders()).value();
    QCOMPARE(result.errors.size(), std::size_t{1});
    QCOMPARE(result.errors[0].reason, std::string("division by zero in `1 / (id - 1)`"));
  }

  void nullsDoNotFail() {
    QCOMPARE(values("1 / (amount - amount)", selecting(fourOrders(), {1})).at(1), std::string("null"));
  }

  void branchesAreComputedForTheirRowsOnly() {
    QCOMPARE(values("case when id = 1 then -1 else 6 / (id - 1) end", fourOrders()), (Texts{"-6", "-1", "6", "3"}));
    QCOMPARE(values("id <> 1 and 6 / (id - 1) > 0", fourOrders()), (Texts{"false", "false", "true", "true"}));
    QCOMPARE(values("coalesce(nullif(id, 1), 0 / (id - 1))", selecting(fourOrders(), {0, 2, 3})),
             (Texts{"0", "-", "2", "3"}));
  }

  void selectKeepsTheRowsThatAreTrue() {
    QCOMPARE(select("region = 'eu'", fourOrders()).rows, (std::vector<std::uint32_t>{0, 3}));
    QCOMPARE(select("region = 'eu'", selecting(fourOrders(), {1, 2, 3})).rows, (std::vector<std::uint32_t>{3}));
    QCOMPARE(select("paid", fourOrders()).rows, (std::vector<std::uint32_t>{0, 2}));
    QVERIFY(select("false", fourOrders()).rows.empty());
  }

  void selectLeavesFailedRowsOut() {
    const Selected result = select("6 / (id - 1) > 0 or true", fourOrders());
    QCOMPARE(result.rows, (std::vector<std::uint32_t>{0, 2, 3}));
    QCOMPARE(result.errors.size(), std::size_t{1});
    QCOMPARE(result.errors[0].row, 1U);
  }

  void aPlainColumnSharesTheBuffersOfTheBatch() {
    Batch batch = fourOrders();
    const void* const buffer = batch.get()->columns->children[2]->buffers[1];
    Evaluated result = compiled("amount", orders())->evaluate(batch).value();
    QCOMPARE(result.column.array().buffers[1], buffer);
    batch = Batch();  // the column keeps the buffers alive
    QCOMPARE(FixedView<std::int32_t>(result.column.array())[3], 3);
  }

  void oneInstanceTakesBatchesOfAnySize() {
    const auto expression = compiled("region || '-' || cast(id as string)", orders());
    const Batch batch = fourOrders();
    QCOMPARE(valuesOf(*expression, batch).at(3), std::string("eu-3"));
    QCOMPARE(valuesOf(*expression, BatchBuilder(orders()).finish()), Texts{});
    BatchBuilder large(orders());
    for (int i = 0; i < 5000; ++i) large.rowFrom(batch, i % 4);
    const Texts many = valuesOf(*expression, large.finish());
    QCOMPARE(many.at(4999), std::string("eu-3"));
    QCOMPARE(many.at(4998), std::string("null"));
    QCOMPARE(valuesOf(*expression, batch).at(0), std::string("eu-0"));
  }

  void anArrowOffsetIsHonoured() {
    const Batch batch = fourOrders();
    ArrowArray shifted = *batch.get()->columns->children[2];
    shifted.offset = 2;
    shifted.length = 2;
    shifted.release = nullptr;
    ArrowArray* children[] = {&shifted};
    weir_batch raw = *batch.get();
    ArrowArray columns = *raw.columns;
    columns.n_children = 1;
    columns.children = children;
    columns.length = 2;
    raw.columns = &columns;
    raw.row_count = 2;
    raw.retain = [](const weir_batch*) {};
    raw.release = [](const weir_batch*) {};
    const Schema one{{{"amount", TypeId::Int32}}};
    QCOMPARE(valuesOf(*compiled("amount", one), Batch::adopt(&raw)), (Texts{"2", "3"}));
    QCOMPARE(valuesOf(*compiled("amount + 1", one), Batch::adopt(&raw)), (Texts{"3", "4"}));
  }

  void nullabilityFollowsFromTheOperands() {
    QVERIFY(!compiled("id + 1", orders())->nullable());
    QVERIFY(compiled("id + amount", orders())->nullable());
    QVERIFY(!compiled("coalesce(amount, 0)", orders())->nullable());
    QVERIFY(compiled("case when paid then 1 end", orders())->nullable());
    QVERIFY(!compiled("region is null", orders())->nullable());
    QVERIFY(compiled("nullif(id, 1)", orders())->nullable());
  }

  void fieldsAreNamedOnceInOrderOfUse() {
    QCOMPARE(compiled("place.city = region or place.zip = id", orders())->fields(), (Texts{"place", "region", "id"}));
  }

  void theCanonicalTextIsTheSameForTheSameMeaning() {
    const auto canonical = [](const char* text) { return compiled(text, orders())->canonicalText(); };
    QCOMPARE(canonical("amount+1"), canonical("(amount)  + 1"));
    QCOMPARE(canonical("LOWER(region) = 'eu'"), canonical("lower( region )= 'eu'"));
    QCOMPARE(canonical("id > 60 * 60"), canonical("id > 3600"));
    QCOMPARE(canonical("id in (2, 1, 2)"), canonical("id in (1, 2)"));
    QVERIFY(canonical("amount + 1") != canonical("amount + 2"));
    QVERIFY(canonical("region = '1'") != canonical("region <> '1'"));
    QVERIFY(canonical("region like 'a!%' escape '!'") != canonical("region like 'a!%'"));
    QVERIFY(canonical("date_trunc('day', timestamp_millis(id))") !=
            canonical("date_trunc('hour', timestamp_millis(id))"));
    const Schema wide{{{"amount", TypeId::Int64}}};
    QVERIFY(compiled("amount + 1", wide)->canonicalText() != canonical("amount + 1"));
  }

  void castsThatFailShowTheValue() {
    const Batch batch = BatchBuilder(Schema{{{"t", TypeId::String}}}).row("12").row("a dozen").row(nullptr).finish();
    QCOMPARE(valuesOf(*compiled("cast(t as int32)", {{{"t", TypeId::String}}}), batch),
             (Texts{"12", "error: cannot cast 'a dozen' to int32 in `cast(t as int32)`", "null"}));
  }
};

WEIR_TEST(ExpressionRowsTest)
#include "expression_rows_test.moc"
