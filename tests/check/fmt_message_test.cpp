// weir fmt --to: the topology as a message for other tools.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "core/topology/file/read_topology.hpp"
#include "core/topology/file/topology.pb.h"
#include "core/topology/file/topology_message.hpp"
#include "tests/check/weir_command.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::testing;

class FmtMessageTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  const QString orders_ = weir::places::inRepository("topologies/orders_per_minute_by_region.weir");

 private Q_SLOTS:
  void fmtWritesAMessageForOtherTools() {
    const Outcome binary = callWeir({"fmt", "--to", "pb", orders_});
    QCOMPARE(binary.status, 0);
    v1::Topology message;
    QVERIFY(message.ParseFromArray(binary.out.constData(), static_cast<int>(binary.out.size())));
    const Result<topology::Topology> read = topology::fromMessage(message);
    QVERIFY2(read.ok(), read ? "" : read.error().message.c_str());
    const topology::ReadOutcome original = topology::readTopology(contents(orders_).toStdString());
    QCOMPARE(*read == *original.topology, true);

    const QString path = folder_.filePath("orders.json");
    const Outcome json = callWeir({"fmt", orders_, "--to=json", "-o", path});
    QCOMPARE(json.out + json.error, QByteArray());
    QCOMPARE(json.status, 0);
    const QJsonObject object = QJsonDocument::fromJson(contents(path)).object();
    QCOMPARE(object["name"].toString(), QString("orders_per_minute_by_region"));
    QCOMPARE(object["nodes"].toArray().size(), message.nodes_size());
    QVERIFY(object["nodes"].toArray()[0].toObject()["paramsJson"].isString());

    const QString itself = folder_.filePath("itself.weir");
    QVERIFY(QFile::copy(orders_, itself));
    QCOMPARE(callWeir({"fmt", "--to", "pb", "-o", folder_.filePath("no/folder.pb"), orders_}).status, 3);
    for (const QStringList& wrong : {QStringList{"fmt", "--to", "xml", orders_},
                                     {"fmt", "--to", "pb", orders_, orders_},
                                     {"fmt", "--to", "pb", "--check", orders_},
                                     {"fmt", "-o", path, orders_},
                                     {"fmt", "--to", "pb", "-o", itself, itself},
                                     {"fmt", "--to", "pb", "/nowhere.weir"}}) {
      QCOMPARE(callWeir(wrong).status, 2);
    }
    QCOMPARE(contents(itself), contents(orders_));
  }
};

WEIR_TEST(FmtMessageTest)
#include "fmt_message_test.moc"
