
#include <google/protobuf/util/json_util.h>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/topology.pb.h"
#include "core/topology/file/topology_message.hpp"
#include "core/topology/tests/test_catalog.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

class MessageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTopologyPassesThroughAMessage() {
    const std::string text = contentsOf(weir::places::inRepository("topologies/flight_departures.weir").toStdString());
    const Topology topology = topologyOf(text);
    v1::Topology message;
    QVERIFY(message.ParseFromString(toMessage(topology).SerializeAsString()));
    const Result<Topology> again = fromMessage(message);
    QVERIFY2(again.ok(), again ? "" : again.error().message.c_str());
    QCOMPARE(formatTopology(*again, testCatalog()), text);
  }

  void whatANodeWasPassesThroughAMessage() {
    const Topology topology = topologyOf(file(R"({"id":"a","use":"x.y","was":["b","c"]})", ""));
    const Result<Topology> again = fromMessage(toMessage(topology));
    QVERIFY(again.ok());
    QCOMPARE(*again == topology, true);
  }

  void aMessageIsWrittenInBothFormsOfProtobuf() {
    const Topology topology =
        topologyOf(contentsOf(weir::places::inRepository("topologies/flight_departures.weir").toStdString()));
    const std::string expected = toMessage(topology).SerializeAsString();
    QCOMPARE(messageBytes(topology), expected);
    v1::Topology read;
    const auto status = google::protobuf::util::JsonStringToMessage(messageJson(topology), &read);
    QVERIFY2(status.ok(), status.ToString().c_str());
    QCOMPARE(read.SerializeAsString(), expected);
  }

  void numbersStayExact() {
    const Topology topology = topologyOf(file(node("a", "x.y", R"("n":[9007199254740993,0.10])"), ""));
    QCOMPARE(toMessage(topology).nodes(0).params_json(), std::string(R"({"n":[9007199254740993,0.10]})"));
  }

  void whatIsNotUnderstoodIsRefused() {
    v1::Topology newer;
    newer.set_version(kFileVersion + 1);
    QVERIFY(fromMessage(newer).error().message.find("version 2") != std::string::npos);
    v1::Topology broken;
    broken.set_version(kFileVersion);
    broken.add_nodes()->set_params_json("{");
    QVERIFY(fromMessage(broken).error().message.find("params") != std::string::npos);
  }
};

WEIR_TEST(MessageTest)
#include "message_test.moc"
