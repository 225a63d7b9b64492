// What may lie in a group.
#include "core/topology/tests/check_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

std::string inGroups(const std::string& groups) {
  return file(source("a") + "," + sink("z"), edge("a.out", "z.in"), "", R"("groups":[)" + groups + "],");
}

}  // namespace

class CheckGroupsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aGroupNamesWhatIsThere() {
    const std::string text = inGroups(R"({"id":"g","nodes":["a","b"]})");
    QCOMPARE(found(text), "WEIR1009@" + at(text, "\"b\"") + " g");
  }

  void groupsMayLieInGroups() {
    QCOMPARE(found(inGroups(R"({"id":"outer","nodes":["inner","z"]},{"id":"inner","nodes":["a"]})")), std::string());
  }

  void aGroupIsNotInItself() {
    const std::string own = inGroups(R"({"id":"g","nodes":["a","g"]})");
    QCOMPARE(found(own), "WEIR1014@" + at(own, "\"g\"", 2) + " g");
    const std::string circle =
        inGroups(R"({"id":"e","nodes":["f"]},{"id":"f","nodes":["g"]},{"id":"g","nodes":["a","e"]})");
    const Problems problems = problemsOf(circle);
    QCOMPARE(briefly(problems), "WEIR1014@" + at(circle, "\"e\"", 2) + " g");
    QCOMPARE(problems[0].message, std::string("A group cannot lie in itself: \"e\", which holds \"f\", which holds "
                                              "\"g\", which holds \"e\"."));
  }

  void whatIsInAGroupIsInNoOther() {
    const std::string two = inGroups(R"({"id":"f","nodes":["a"]},{"id":"g","nodes":["a"]})");
    QCOMPARE(found(two), "WEIR1015@" + at(two, "[\"a\"]", 2).substr(0, 2) +
                             std::to_string(std::stoi(at(two, "[\"a\"]", 2).substr(2)) + 1) + " g");
    const std::string once = inGroups(R"({"id":"g","nodes":["z","a","z"]})");
    QCOMPARE(problemsOf(once)[0].message, std::string("\"z\" is named twice in the group \"g\"."));
    const std::string inner =
        inGroups(R"({"id":"e","nodes":["a"]},{"id":"f","nodes":["e"]},{"id":"g","nodes":["e","z"]})");
    QCOMPARE(problemsOf(inner)[0].message, std::string("\"e\" is in the group \"f\", and in \"g\"."));
  }
};

WEIR_TEST(CheckGroupsTest)
#include "check_groups_test.moc"
