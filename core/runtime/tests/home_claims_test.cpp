// Which node goes on from what in a home, and what is refused.
#include "core/runtime/engine/home_claims.hpp"

#include "core/runtime/tests/fake_operators.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using topology::NodeRole;

struct Drawn {
  std::string id;
  NodeRole role = NodeRole::Processor;
  std::string use = "a.operator";
  std::string stamp = "meaning";
  std::vector<std::string> was = {};
};

// A node for each, without edges, and behind the last one a repartition that leads to it when it is `moved`.
topology::Plan plan(const std::vector<Drawn>& nodes, bool moved = false) {
  topology::Plan plan;
  plan.name = "t";
  topology::SubTopology subTopology{nodes[0].id, {}, 1, topology::Guarantee::ExactlyOnce};
  for (const Drawn& drawn : nodes) {
    topology::PlannedNode node;
    node.id = drawn.id;
    node.role = drawn.role;
    node.use = drawn.use;
    node.stateStamp = drawn.stamp;
    subTopology.nodes.push_back(node);
    if (!drawn.was.empty()) plan.formerIds[drawn.id] = drawn.was;
  }
  if (moved) {
    topology::PlannedTopic topic;
    topic.name = "repartition." + nodes.back().id + ".in";
    topic.repartition = true;
    plan.topics.push_back(topic);
    topology::PlannedNode reader;
    reader.id = nodes.back().id + ".in.repartition";
    reader.role = NodeRole::TopicRead;
    subTopology.nodes.push_back(reader);
  }
  plan.subTopologies.push_back(subTopology);
  return plan;
}

// A node that reads a declared topic.
topology::Plan reading(const Drawn& node, const std::string& topicInLog) {
  topology::Plan out = plan({node});
  topology::PlannedTopic topic;
  topic.name = topicInLog;
  out.topics.push_back(topic);
  return out;
}

Drawn reader(const std::string& id, const std::vector<std::string>& was = {}) {
  return {.id = id, .role = NodeRole::TopicRead, .use = "", .stamp = "", .was = was};
}

// A home in memory.
class Home {
 public:
  Home() { ensure(kRegistryTopic); }

  void ensure(const std::string& name, const std::string& description = {}) {
    TopicSpec topic;
    topic.name = name;
    topic.description = description;
    QVERIFY(log.ensureTopic(topic).ok());
  }
  // A start: answers whether it was let in. Everything that keeps state then has some.
  bool start(const topology::Plan& drawn, const std::vector<std::string>& forget = {}) {
    problem.clear();
    auto registry = HomeRegistry::load(log);
    auto claimed = claimHome(drawn, log, *registry, forget);
    if (!claimed.ok()) {
      problem = claimed.error().message;
      return false;
    }
    placed = *claimed;
    auto changes = registry->takeChanges();
    if (changes && !log.append({*changes}).ok()) return false;
    for (const topology::PlannedNode& node : placed.subTopologies[0].nodes) {
      if (NodeState::keepsState(node)) fill(changelogTopic(node.nameInHome()));
    }
    return true;
  }
  // Before homes knew of topologies.
  void fill(const std::string& topic) {
    ensure(topic, "meaning");
    RunToAppend run;
    run.header.rows = 1;
    QVERIFY(log.append({{{topic, 0}, {run}}}).ok());
  }
  std::string nameOf(std::size_t node) { return placed.subTopologies[0].nodes.at(node).nameInHome(); }

  MemoryLog log;
  topology::Plan placed;
  std::string problem;
};

#define STARTS(home, ...) QVERIFY2((home).start(__VA_ARGS__), (home).problem.c_str())
#define SAYS(home, words) QVERIFY2((home).problem.find(words) != std::string::npos, (home).problem.c_str())

}  // namespace

class HomeClaimsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRenamedNodeKeepsItsNamesInTheHomeForEver() {
    Home home;
    STARTS(home, plan({{"a"}}, true));
    QCOMPARE(home.nameOf(0), std::string("a"));
    for (int round = 0; round < 2; ++round) {
      STARTS(home, plan({Drawn{.id = "b", .was = {"a"}}}, true));
      QCOMPARE(home.nameOf(0), std::string("a"));
      QCOMPARE(home.nameOf(1), std::string("a.in.repartition"));
      QCOMPARE(home.placed.topics[0].name, std::string("repartition.a.in"));
    }
    // Once more, and by somebody who has forgotten what there was at first.
    STARTS(home, plan({Drawn{.id = "c", .was = {"b"}}}, true));
    QCOMPARE(home.nameOf(0), std::string("a"));
  }

  void aNewNodeThatTakesAFormerNameGetsStateOfItsOwn() {
    Home home;
    STARTS(home, plan({{"a"}}, true));
    STARTS(home, plan({Drawn{.id = "b", .was = {"a"}}}, true));
    STARTS(home, plan({Drawn{.id = "b"}, {"a"}}, false), {"b.in.repartition"});
    QCOMPARE(home.nameOf(0), std::string("a"));
    QCOMPARE(home.nameOf(1), std::string("a.2"));
  }

  void whatNobodyGoesOnFromIsRefusedWithItsLikelyNewName() {
    Home home;
    STARTS(home,
           plan({Drawn{.id = "window", .stamp = "hours"}, Drawn{.id = "sink", .role = NodeRole::Sink, .stamp = ""}}));
    // The same meaning, whatever the name.
    QVERIFY(!home.start(plan({Drawn{.id = "x", .stamp = "hours"}, Drawn{.id = "windows", .stamp = "days"},
                              Drawn{.id = "sink", .role = NodeRole::Sink, .stamp = ""}})));
    SAYS(home, "'window' (a.operator): is it 'x' now?");
    // Of several of the same operator the nearest name.
    QVERIFY(!home.start(plan({Drawn{.id = "y", .stamp = "weeks"}, Drawn{.id = "windows", .stamp = "days"},
                              Drawn{.id = "sink", .role = NodeRole::Sink, .stamp = ""}})));
    SAYS(home, "'window' (a.operator): is it 'windows' now?");
    // Nothing like it.
    QVERIFY(!home.start(plan({Drawn{.id = "windows", .use = "another.operator"},
                              Drawn{.id = "sink", .role = NodeRole::Sink, .stamp = ""}})));
    SAYS(home, "'window' (a.operator). What is gone for good");
  }

  void whatWasNeverWrittenIsNoReasonToRefuse() {
    Home home;
    auto registry = HomeRegistry::load(home.log);
    QVERIFY(claimHome(plan({{"a"}}), home.log, *registry, {}).ok());
    QVERIFY(home.log.append({*registry->takeChanges()}).ok());
    STARTS(home, plan({{"b"}}));
  }

  void rowsOnTheirWayToANodeAreNotLeftLying() {
    Home home;
    STARTS(home, plan({{"a"}}, true));
    QVERIFY(!home.start(plan({{"a"}})));
    SAYS(home, "'a.in.repartition', rows on their way to node 'a' that nobody would read.");
    STARTS(home, plan({{"a"}}), {"a.in.repartition"});
  }

  void whatWasGivenUpIsNotTakenUpAgain() {
    Home home;
    STARTS(home, plan({{"a"}, {"b"}}));
    STARTS(home, plan({{"b"}}), {"a"});
    STARTS(home, plan({{"b"}}));
    STARTS(home, plan({{"a"}, {"b"}}));
    QCOMPARE(home.nameOf(0), std::string("a.2"));
  }

  void whatIsDrawnOrWasNeverThereCannotBeGivenUp() {
    Home home;
    STARTS(home, plan({{"a"}}));
    QVERIFY(!home.start(plan({{"a"}}), {"a"}));
    SAYS(home, "this node is in the topology");
    QVERIFY(!home.start(plan({{"a"}}), {"other"}));
    SAYS(home, "keeps nothing of such a node");
  }

  void oneNodeCannotGoOnFromTwo() {
    Home home;
    STARTS(home, plan({{"a"}, {"b"}}));
    QVERIFY(!home.start(plan({Drawn{.id = "c", .was = {"a", "b"}}})));
    SAYS(home, "says that it was both 'a' and 'b'");
    STARTS(home, plan({Drawn{.id = "c", .was = {"a", "b"}}}), {"b"});
    QCOMPARE(home.nameOf(0), std::string("a"));
  }

  void aHomeFromBeforeTakesTheNameOfTheFirstTopologyThatFitsIt() {
    Home home;
    home.fill("changelog.a");
    topology::Plan other = plan({{"b"}});
    other.name = "other";
    QVERIFY(!home.start(other));
    STARTS(home, plan({{"a"}}));
    other = plan({{"a"}});
    other.name = "other";
    QVERIFY(!home.start(other));
    SAYS(home, "belongs to the topology 't', and this one is 'other'");
  }

  void aTopicThatIsCalledOtherwiseInTheLogIsAnotherTopic() {
    Home home;
    STARTS(home, reading(reader("kept"), "kept"));
    QVERIFY(!home.start(reading(reader("saved", {"kept"}), "other")));
    SAYS(home,
         "The topic 'saved' is called 'other' in the log now, and what this home has read of it is the topic 'kept'");
    SAYS(home, "say \"topic\": \"kept\"");
    QVERIFY(!home.start(reading(reader("kept"), "other")));
    // Both ways that it names are one.
    STARTS(home, reading(reader("fresh"), "other"), {"kept"});
    QCOMPARE(home.nameOf(0), std::string("fresh"));
    STARTS(home, reading(reader("renamed", {"fresh"}), "other"));
    QCOMPARE(home.nameOf(0), std::string("fresh"));
  }

  void aHomeThatKeepsNothingYetBelongsToNobody() {
    Home home;
    auto registry = HomeRegistry::load(home.log);
    QVERIFY(claimHome(plan({{"a"}}), home.log, *registry, {}).ok());
    QVERIFY(home.log.commit({{}, {*registry->takeChanges()}, {}}).ok());
    topology::Plan other = plan({{"b"}});
    other.name = "other";
    STARTS(home, other);
    QVERIFY(!home.start(plan({{"a"}})));
  }

  void aRefusalChangesNothing() {
    Home home;
    STARTS(home, plan({{"a"}}));
    const Position end = *home.log.publishedEnd({kRegistryTopic, 0});
    QVERIFY(!home.start(plan({{"b"}})));
    QVERIFY(*home.log.publishedEnd({kRegistryTopic, 0}) == end);
    STARTS(home, plan({{"a"}}));
    QCOMPARE(home.nameOf(0), std::string("a"));
  }
};

WEIR_TEST(HomeClaimsTest)
#include "home_claims_test.moc"
