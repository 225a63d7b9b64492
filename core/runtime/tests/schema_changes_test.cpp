// What is said of columns that change, and when a source gets nowhere by it.
#include "core/runtime/engine/schema_changes.hpp"

#include "core/runtime/engine/drain_order.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

Schema ids() {
  return Schema{{{"id", TypeId::Int64, false}}};
}

Schema named() {
  return Schema{{{"id", TypeId::Int64, false}, {"name", TypeId::String}}};
}

topology::PlannedNode node(topology::NodeRole role, std::size_t topic) {
  topology::PlannedNode node;
  node.role = role;
  node.topic = topic;
  return node;
}

}  // namespace

class SchemaChangesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void columnsThatAreAddedRemovedAndRetypedAreNamed() {
    QCOMPARE(columnChanges(ids(), named()), std::string("added name (string)"));
    QCOMPARE(columnChanges(named(), ids()), std::string("removed name"));
    const Schema other{{{"name", TypeId::Int32}, {"id", TypeId::Int64}}};
    QCOMPARE(columnChanges(named(), other),
             std::string("name is int32 and was string, id is int64 and was int64 not null"));
    QCOMPARE(columnChanges(named(), Schema{{{"b", TypeId::Bool, false}, {"id", TypeId::Int64, false}}}),
             std::string("added b (bool not null), removed name"));
    QCOMPARE(columnChanges(named(), named()), std::string());
  }

  void aSourceThatGetsOnMayChangeAsOftenAsItLikes() {
    SchemaChanges changes;
    for (int i = 0; i < 10; ++i) {
      QVERIFY(changes.planned({"rows", "a", true}, ids()).ok());
      QVERIFY(changes.planned({"rows", "a", true}, named()).ok());
    }
  }

  void oneThatSaysTheSameAgainWithoutHavingGotOnIsNamed() {
    SchemaChanges changes;
    QVERIFY(changes.planned({"rows", "a", true}, ids()).ok());
    const Result<void> again = changes.planned({"rows", "a", false}, ids());
    QVERIFY(!again.ok());
    const std::string& text = again.error().message;
    QVERIFY2(text.find("Source 'rows' says again that its schema changes in split 'a'") == 0, text.c_str());
    QVERIFY2(text.find("struct<id int64 not null>") != std::string::npos, text.c_str());
    QVERIFY(changes.planned({"others", "a", false}, ids()).ok());
  }

  void toAndFroWithoutGettingOnIsNamedToo() {
    SchemaChanges changes;
    QVERIFY(changes.planned({"rows", "a", false}, ids()).ok());
    QVERIFY(changes.planned({"rows", "a", false}, named()).ok());
    QVERIFY(!changes.planned({"rows", "b", false}, ids()).ok());
  }

  void aPartEndsWhenThoseThatWriteForItHave() {
    using topology::NodeRole;
    topology::Plan plan;
    plan.topics.resize(3);
    plan.topics[0].repartition = plan.topics[1].repartition = true;  // the third is a topic that people named
    plan.subTopologies.resize(5);
    plan.subTopologies[0].nodes = {node(NodeRole::Source, 0), node(NodeRole::TopicWrite, 0)};
    plan.subTopologies[1].nodes = {node(NodeRole::Source, 0), node(NodeRole::TopicWrite, 0),
                                   node(NodeRole::TopicWrite, 2)};
    plan.subTopologies[2].nodes = {node(NodeRole::TopicRead, 0), node(NodeRole::TopicWrite, 1)};
    plan.subTopologies[3].nodes = {node(NodeRole::TopicRead, 1), node(NodeRole::TopicRead, 2)};
    plan.subTopologies[4].nodes = {node(NodeRole::TopicRead, 2)};
    DrainOrder order(plan);
    using Parts = std::vector<std::size_t>;
    QCOMPARE(order.takeReady({true, true, true, true, true}), (Parts{0, 1}));
    QCOMPARE(order.takeReady({true, true, true, true, true}), Parts());
    QCOMPARE(order.takeReady({true, false, true, true, true}), Parts{4});
    QCOMPARE(order.takeReady({false, false, true, true, true}), Parts{2});
    QCOMPARE(order.takeReady({false, false, false, true, true}), Parts{3});
  }
};

WEIR_TEST(SchemaChangesTest)
#include "schema_changes_test.moc"
