// digest.sha256 in an expression of another plugin.
#include <QtTest>

#include "tests/program/test.hpp"
#include "weir/testkit/topology_driver.hpp"

using weir::testkit::TopologyDriver;
using Lines = std::vector<std::string>;

namespace {

const std::string kTopology =
    R"json({"weir":1,"name":"hashed","nodes":[{"id":"node","use":"std.select","params":{"fields":[
    {"name":"of_text","expression":"digest.sha256(t)"},{"name":"same","expression":"digest.sha256(t) = digest.sha256(cast(t as bytes))"}]}}],
  "topics":[{"id":"in","schema":[{"name":"t","type":"string"}]},{"id":"out"}],
  "edges":[{"from":"in","to":"node.in"},{"from":"node.out","to":"out"}]})json";

}  // namespace

class DigestFunctionsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aTextHasTheDigestOfItsBytes() {
    TopologyDriver driver(kTopology);
    driver.send("in", "{\"t\":\"abc\"}\n{\"t\":null}");
    driver.run();
    const Lines rows = driver.rows("out");
    QCOMPARE(rows[0], std::string("{\"of_text\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\","
                                  "\"same\":true}"));
    QCOMPARE(rows[1], std::string("{\"of_text\":null,\"same\":null}"));
  }
};

WEIR_TEST(DigestFunctionsTest)
#include "functions_test.moc"
