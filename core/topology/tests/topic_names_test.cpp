#include "core/topology/model/topic_names.hpp"
#include "tests/program/test.hpp"

using namespace weir::topology;

class TopicNamesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aReaderOfARepartitionNamesItsTopic() {
    QCOMPARE(*repartitionTopicOf("win.in.repartition"), std::string("repartition.win.in"));
  }
  void oneThatTookAFreeNameReadsATopicOfItsOwn() {
    QCOMPARE(*repartitionTopicOf("win.in.repartition.2"), std::string("repartition.win.in.2"));
  }
  void otherNodesReadNoRepartition() { QVERIFY(!repartitionTopicOf("win")); }
};

WEIR_TEST(TopicNamesTest)
#include "topic_names_test.moc"
