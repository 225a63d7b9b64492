// Sources from files of data.
#include "designer/model/help/data_file.hpp"
#include "designer/model/edits/paths.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class DataFileTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aSourceIsCalledAsItsFile_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("id");
    QTest::newRow("plain") << "data/orders.ndjson"
                           << "orders";
    QTest::newRow("two points") << "orders.2013.ndjson"
                                << "orders_2013";
    QTest::newRow("a digit first") << "2013-01.ndjson"
                                   << "_2013-01";
    QTest::newRow("nothing that a name has") << "--.ndjson"
                                             << "source";
  }
  void aSourceIsCalledAsItsFile() {
    QFETCH(QString, path);
    QFETCH(QString, id);
    const Edit edit = addFileSource({}, path.toStdString(), nullptr, {});
    QCOMPARE(QString::fromStdString(edit.after.nodes.front()->id.value), id);
  }

  void pathsAreWrittenBesideTheTopologyWhereTheyLieThere() {
    QCOMPARE(pathBeside("/work", "/work/data/a.ndjson"), std::string("data/a.ndjson"));
    QCOMPARE(pathBeside("/work/here", "/work/data/a.ndjson"), std::string("/work/data/a.ndjson"));
    QCOMPARE(pathBeside("", "/work/data/a.ndjson"), std::string("/work/data/a.ndjson"));
  }

  void onlyUsableEventTimesAreTaken() {
    const weir::Result<DataFile> data = dataFileFromJson(
        R"({"format":"json.json","schema":[],"event_times":[{"field":"a","usable":false},{"field":"b","usable":true,"disorder":"5s"}]})");
    QVERIFY(data.ok());
    QCOMPARE(data->times.size(), std::size_t{1});
    QCOMPARE(data->times.front().field, std::string("b"));
  }

  void whatIsNoAnswerIsRefused() {
    QVERIFY(!dataFileFromJson("no JSON").ok());
    QVERIFY(!dataFileFromJson("{}").ok());
  }
};

WEIR_TEST(DataFileTest)
#include "data_file_test.moc"
