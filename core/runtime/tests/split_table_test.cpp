// Which of the splits of a source is read next.
#include "core/runtime/input/split_table.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

class Table {
 public:
  std::size_t add(const std::string& id, std::int64_t watermark = WEIR_WATERMARK_MIN) {
    return table.add(std::make_unique<OpenSplit>(OpenSplit{id, "", nullptr, "", SplitTime(0, watermark)}));
  }
  // The next `count` turns, by the first letters of their ids.
  std::string turns(int count) {
    std::string ids;
    for (int i = 0; i < count; ++i) {
      const auto index = table.next();
      ids += index ? table.at(*index).id.substr(0, 1) : "-";
    }
    return ids;
  }
  void tell(std::size_t index, std::int64_t watermark) {
    std::vector<WatermarkStep> steps;
    table.moveTime(index, [&](SplitTime& time) { time.tell(watermark, 0, steps); });
  }

  SplitTable table;
};

}  // namespace

class SplitTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theOneFurthestBehindIsReadUntilItIsSoNoMore() {
    Table splits;
    const std::size_t a = splits.add("a", 10);
    splits.add("b", 20);
    QCOMPARE(splits.turns(3), std::string("aaa"));
    splits.tell(a, 30);
    QCOMPARE(splits.turns(2), std::string("bb"));
  }

  void thoseWithoutATimeTakeTurns() {
    Table splits;
    for (const char* id : {"c", "a", "b"}) splits.add(id);
    QCOMPARE(splits.turns(7), std::string("abcabca"));
  }

  void oneThatHasATimeHasItsTurnBesideThoseThatHaveNone() {
    Table splits;
    splits.add("a");
    splits.add("b");
    splits.add("t", 10);
    splits.add("u", 20);
    QCOMPARE(splits.turns(9), std::string("abtabtabt"));
  }

  void whatHasNotBeenReadYetIsReadBeforeWhatHasATime() {
    Table splits;
    const std::size_t a = splits.add("a");
    splits.add("b");
    QCOMPARE(splits.turns(1), std::string("a"));
    splits.tell(a, 10);
    QCOMPARE(splits.turns(2), std::string("ba"));
  }

  void splitsThatKeepComingKeepNoneWaiting() {
    Table splits;
    splits.add("z");
    splits.add("t", 10);
    std::string turns = splits.turns(1);
    for (int i = 0; i < 10; ++i) {
      splits.add("n" + std::to_string(i));
      turns += splits.turns(1);
    }
    QVERIFY2(std::count(turns.begin(), turns.end(), 'z') >= 2, turns.c_str());
    QVERIFY2(std::count(turns.begin(), turns.end(), 't') >= 2, turns.c_str());
  }

  void oneThatWasDryHasNoTurnsToMakeUpFor() {
    Table splits;
    const std::size_t a = splits.add("a");
    splits.add("b");
    splits.table.dry(a, Instant());
    QCOMPARE(splits.turns(5), std::string("bbbbb"));
    splits.table.tryAgain(a);
    QCOMPARE(splits.turns(6), std::string("aababa"));  // the turn of this round, and on
  }

  void turnsGoOnWhereTheyWere() {
    for (int before = 0; before < 8; ++before) {
      const auto drawn = [](Table& splits) {
        for (const char* id : {"b", "d", "a", "c"}) splits.add(id);
        splits.add("t", 10);
      };
      Table whole;
      drawn(whole);
      whole.turns(before);
      Table later;
      later.table.goOnBehind(whole.table.turn());
      drawn(later);
      QCOMPARE(later.turns(12), whole.turns(12));
    }
  }

  void nothingIsNextWhereNothingIsThere() {
    Table splits;
    QCOMPARE(splits.turns(1), std::string("-"));
    const std::size_t a = splits.add("a");
    splits.table.ended(a);
    QCOMPARE(splits.turns(1), std::string("-"));
    splits.table.remove(a);
    splits.add("b");
    QCOMPARE(splits.turns(2), std::string("bb"));
  }
};

WEIR_TEST(SplitTableTest)
#include "split_table_test.moc"
