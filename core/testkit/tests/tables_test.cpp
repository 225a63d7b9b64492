// Tables through topics: changes stay changes, and updates stay whole, however batches are cut.
#include <QtTest>

#include <map>
#include <random>

#include "core/base/json.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/topology_driver.hpp"

using weir::testkit::DriverError;
using weir::testkit::DriverOptions;
using weir::testkit::TopologyDriver;

namespace {

using Lines = std::vector<std::string>;

// changes (a table that others write) -> pass -> copy, placed by region -> count -> totals
std::string topology(int partitions, const std::string& table = R"("table": true,)") {
  const std::string count = std::to_string(partitions);
  return R"({
    "weir": 1,
    "name": "tables",
    "nodes": [
      { "id": "pass", "use": "tables.pass" },
      { "id": "count", "use": "tables.count" }
    ],
    "topics": [
      { "id": "changes", "partitions": )" +
         count + R"(, "key": ["id"], )" + table + R"(
        "schema": [{ "name": "id", "type": "int64" }, { "name": "region", "type": "string" }] },
      { "id": "copy", "partitions": )" +
         count + R"(, "key": ["region"] },
      { "id": "totals" }
    ],
    "edges": [
      { "from": "changes", "to": "pass.in" },
      { "from": "pass.out", "to": "copy" },
      { "from": "copy", "to": "count.in" },
      { "from": "count.out", "to": "totals" }
    ]
  })";
}

DriverOptions options(std::int64_t batchRows) {
  DriverOptions out;
  out.plugins = {weir::places::inBuild("fixtures/fixture_tables.so").toStdString()};
  out.batchRows = batchRows;
  return out;
}

std::string change(const std::string& op, int id, const std::string& region) {
  return R"({"id":)" + std::to_string(id) + R"(,"region":")" + region + R"(","@op":")" + op + "\"}\n";
}

// A change of one row whose column `ts` is so many seconds after 1970.
std::string changeAt(const std::string& op, std::int64_t second) {
  return R"({"id":1,"region":"eu","ts":)" + std::to_string(second * 1000) + R"(,"@op":")" + op + "\"}\n";
}

std::string update(int id, const std::string& before, const std::string& after) {
  return change("update_before", id, before) + change("update_after", id, after);
}

// What is left when all changes are made, as rows without their kind of change.
std::map<std::string, int> tableOf(const Lines& changes) {
  std::map<std::string, int> rows;
  for (const std::string& line : changes) {
    const std::size_t op = line.find(",\"@op\":");
    const bool gone = line.find("delete", op) != std::string::npos || line.find("before", op) != std::string::npos;
    const std::string row = line.substr(0, op);
    if ((rows[row] += gone ? -1 : 1) == 0) rows.erase(row);
  }
  return rows;
}

bool updatesAreWhole(const Lines& changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].find("update_after") != std::string::npos) return false;
    if (changes[i].find("update_before") == std::string::npos) continue;
    if (++i == changes.size() || changes[i].find("update_after") == std::string::npos) return false;
  }
  return true;
}

// Changes of a table, in order, and the table that they make.
struct RandomTable {
  std::string changes;
  std::map<std::string, int> rows;

  explicit RandomTable(unsigned seed) {
    std::mt19937 random(seed);
    std::map<int, std::string> now;
    for (int i = 0; i < 600; ++i) {
      const int id = static_cast<int>(random() % 40);
      const std::string region = "r" + std::to_string(random() % 5);
      const auto known = now.find(id);
      if (known == now.end()) {
        changes += change("insert", id, region);
        now[id] = region;
      } else if (random() % 4 == 0) {
        changes += change("delete", id, known->second);
        now.erase(known);
      } else {
        changes += update(id, known->second, region);
        known->second = region;
      }
    }
    for (const auto& [id, region] : now) {
      rows["{\"id\":" + std::to_string(id) + ",\"region\":\"" + region + "\""] = 1;
    }
  }
};

template <typename F>
QString errorOf(F&& body) {
  try {
    body();
  } catch (const DriverError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

class TablesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void changesComeThroughTopicsWhole_data() {
    QTest::addColumn<int>("batchRows");
    QTest::addColumn<int>("partitions");
    for (const int rows : {1, 2, 7, 4096}) {
      for (const int partitions : {1, 3})
        QTest::addRow("%d rows, %d partitions", rows, partitions) << rows << partitions;
    }
  }
  void changesComeThroughTopicsWhole() {
    QFETCH(int, batchRows);
    QFETCH(int, partitions);
    for (unsigned seed = 1; seed <= 5; ++seed) {
      const RandomTable table(seed);
      TopologyDriver driver(topology(partitions), {}, options(batchRows));
      driver.send("changes", table.changes);
      driver.end();
      const Lines copy = driver.rows("copy");
      QVERIFY2(updatesAreWhole(copy), qPrintable(QString("seed %1").arg(seed)));
      QCOMPARE(tableOf(copy), table.rows);
      QVERIFY(driver.deadLetters().empty());
      if (partitions != 1) continue;
      const Lines totals = driver.rows("totals");
      QCOMPARE(QString::fromStdString(totals.back()), QString("{\"rows\":%1}").arg(table.rows.size()));
    }
  }
  void anInsertAndADeleteLeaveNothing() {
    TopologyDriver driver(topology(1), {}, options(4096));
    driver.send("changes", change("insert", 1, "eu") + change("delete", 1, "eu"));
    driver.end();
    QCOMPARE(driver.rows("totals"), (Lines{"{\"rows\":1}", "{\"rows\":0}"}));
  }
  void anOperatorOfStreamsRefusesATableBehindATopic() {
    std::string text = topology(1);
    const std::string use = R"("use": "tables.count")";
    text.replace(text.find(use), use.size(), R"("use": "std.filter", "params": { "where": "id > 0" })");
    const QString error = errorOf([&] { TopologyDriver(text, {}, options(4096)); });
    QVERIFY2(error.contains("WEIR1111") && error.contains("\"copy\" gives a table"), qPrintable(error));
  }
  void aTableThatIsReadAsAStreamStopsTheRun() {
    TopologyDriver driver(topology(1, ""), {}, options(4096));
    driver.send("changes", change("insert", 1, "eu"));
    driver.run();
    driver.send("changes", change("delete", 1, "eu"));
    const QString error = errorOf([&] { driver.run(); });
    QVERIFY2(error.contains("Topic changes") && error.contains("read as a stream"), qPrintable(error));
  }
  void anUpdateOfARowOfAnImpossibleTimeIsRefusedWhole() {
    constexpr std::int64_t kYear10000 = 253'402'300'800;
    std::string text = topology(1);
    const std::string region = R"({ "name": "region", "type": "string" }])";
    text.replace(text.find(region), region.size(),
                 R"({ "name": "region", "type": "string" }, { "name": "ts", "type": "timestamp" }],
                    "event_time": { "field": "ts", "disorder": "0s" })");
    TopologyDriver driver(text, {}, options(4096));
    driver.send("changes", changeAt("insert", 1) + changeAt("update_before", 1) + changeAt("update_after", kYear10000) +
                               changeAt("delete", 1));
    driver.end();
    QCOMPARE(driver.rows("totals"), (Lines{"{\"rows\":1}", "{\"rows\":0}"}));
    QCOMPARE(driver.deadLetters().size(), std::size_t{2});
  }
  void changesThatLeaveByAPortOfAStreamStopTheOperator() {
    std::string text = topology(1);
    text.replace(text.find("tables.pass"), 11, "tables.lies");
    TopologyDriver driver(text, {}, options(4096));
    driver.send("changes", change("insert", 1, "eu"));
    const QString error = errorOf([&] { driver.run(); });
    QVERIFY2(error.contains("changes of a table to port 'out'"), qPrintable(error));
  }
  void aStreamThatSaysOfItsRowsThatTheyAreInsertsIsAStream() {
    std::string text = topology(1, "");
    text.replace(text.find("tables.pass"), 11, "tables.lies");
    TopologyDriver driver(text, {}, options(4096));
    driver.send("changes", change("insert", 1, "eu"));
    driver.end();
    QCOMPARE(driver.rows("copy"), (Lines{R"({"id":1,"region":"eu"})"}));
  }
  void anUpdateIsRefusedWhole_data() {
    QTest::addColumn<int>("batchRows");
    for (const int rows : {1, 2, 7, 4096}) QTest::addRow("%d rows", rows) << rows;
  }
  void anUpdateIsRefusedWhole() {
    QFETCH(int, batchRows);
    TopologyDriver driver(topology(1), {}, options(batchRows));
    driver.send("changes", change("insert", 1, "eu") + update(1, "eu", "us") + change("update_before", 1, "us") +
                               change("update_after", -1, "us") + update(1, "us", "asia") + change("insert", -2, "eu") +
                               change("insert", 3, "eu"));
    driver.end();
    QCOMPARE(driver.rows("copy"),
             (Lines{R"({"id":1,"region":"eu","@op":"insert"})", R"({"id":1,"region":"eu","@op":"update_before"})",
                    R"({"id":1,"region":"us","@op":"update_after"})", R"({"id":1,"region":"us","@op":"update_before"})",
                    R"({"id":1,"region":"asia","@op":"update_after"})", R"({"id":3,"region":"eu","@op":"insert"})"}));
    QCOMPARE(driver.deadLetters().size(), std::size_t{3});
  }
};

WEIR_TEST(TablesTest)
#include "tables_test.moc"
