// What could not be worked on, and what is kept of it.
#include "core/runtime/output/dead_letters.hpp"

#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_reader.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/batch_maker.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

std::vector<std::string> rowsIn(const std::vector<PartitionAppend>& appends) {
  std::vector<std::string> rows;
  for (const PartitionAppend& append : appends) {
    for (const RunToAppend& run : append.runs) {
      const auto batch = decodeBatch({run.body, nullptr}, makeSchema(deadLetterSchema()));
      for (std::int64_t row = 0; row < batch->rowCount(); ++row) rows.push_back(rowText(*batch, row));
    }
  }
  return rows;
}

std::vector<PartitionAppend> take(DeadLetters& letters) {
  std::vector<PartitionAppend> out;
  [&] { QVERIFY(letters.take(out).ok()); }();
  return out;
}

}  // namespace

class DeadLettersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRecordKeepsItsBytesItsPlaceAndTheReason() {
    DeadLetters letters;
    letters.add(5'000, "rows", "It is no JSON.", "file@18", std::string("a\0\xff", 3));
    const auto appends = take(letters);
    QCOMPARE(appends.at(0).partition.topic, std::string(kDeadLetterTopic));
    QCOMPARE(rowsIn(appends),
             (std::vector<std::string>{
                 R"({"at":5,"node":"rows","reason":"It is no JSON.","position":"file@18","value":"YQD/"})"}));
  }

  void aRowIsKeptAsJson() {
    DeadLetters letters;
    const Batch batch = BatchBuilder(Schema{{{"n", TypeId::Int64, true}}}).row(1).row(nullptr).row(3).finish();
    const std::vector<std::uint32_t> rows{1, 2};
    letters.addRows(1'000, "window", "No event time.", batch, rows, [](std::string_view) { return ""; });
    const auto found = rowsIn(take(letters));
    QCOMPARE(found.size(), std::size_t{2});
    QVERIFY2(found[0].find(QByteArray(R"({"n":null})").toBase64().toStdString()) != std::string::npos,
             found[0].c_str());
    QVERIFY2(found[1].find(QByteArray(R"({"n":3})").toBase64().toStdString()) != std::string::npos, found[1].c_str());
    QVERIFY(found[0].find(R"("position":"")") != std::string::npos);
  }

  void aRowKeepsThePlaceThatItCameFrom() {
    DeadLetters letters;
    const Batch rows = BatchBuilder(Schema{{{"n", TypeId::Int64, true}}}).row(1).row(2).row(3).finish();
    const Batch placed = BatchMaker::from(rows).rowIds("file:1", 70).finish(0);
    const std::vector<std::uint32_t> one{2};
    letters.addRows(0, "filter", "why", placed, one,
                    [](std::string_view split) { return split == "file:1" ? "logs/app.log" : ""; });
    letters.addRows(0, "filter", "why", placed, one, [](std::string_view) { return ""; });
    const auto found = rowsIn(take(letters));
    QCOMPARE(found.size(), std::size_t{2});
    QVERIFY2(found[0].find(R"("position":"logs/app.log@72")") != std::string::npos, found[0].c_str());
    QVERIFY2(found[1].find(R"("position":"file:1@72")") != std::string::npos, found[1].c_str());
  }

  void takenLettersAreNotTakenAgainButStayCounted() {
    DeadLetters letters;
    letters.add(0, "rows", "why", "", "x");
    QCOMPARE(rowsIn(take(letters)).size(), std::size_t{1});
    QVERIFY(take(letters).empty());
    letters.add(0, "rows", "why", "", "y");
    QCOMPARE(rowsIn(take(letters)).size(), std::size_t{1});
    QCOMPARE(letters.count(), std::int64_t{2});
  }
};

WEIR_TEST(DeadLettersTest)
#include "dead_letters_test.moc"
