// What happens out of process: plugin-check and schema derivation. The children are this program again.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/adapters/host/check/plugin_check.hpp"
#include "core/adapters/host/check/plugin_check_child.hpp"
#include "core/adapters/host/guard/child_process.hpp"
#include "core/adapters/host/load/derive_service.hpp"
#include "tests/plugins/fixtures.hpp"

using namespace weir;  // NOLINT: a test

namespace {

using host::CheckOutcome;
using host::CheckStep;

std::vector<CheckStep> check(const std::string& name, int timeLimit = 60'000) {
  return host::checkPluginInChild({host::programPath(), "--check", fixture(name)}, timeLimit);
}

const CheckStep* failure(const std::vector<CheckStep>& steps) {
  for (const CheckStep& step : steps) {
    if (step.outcome == CheckOutcome::Failed) return &step;
  }
  return nullptr;
}

bool failsIn(const std::vector<CheckStep>& steps, const std::string& step, const std::string& words) {
  const CheckStep* failed = failure(steps);
  if (failed == nullptr) {
    qWarning("no step failed");
    return false;
  }
  return contains(failed->name, step) && contains(failed->message, words);
}

// Names that are no words, and nullability on every level.
Schema input() {
  return {{Field{"a b", TypeId::Int64, false}, Field{"d", DataType::decimal(9, 2)},
           Field{"l", DataType::list(Field{"item", TypeId::String, false})},
           Field{"s", DataType::structure({Field{"x, y", TypeId::Date, false}, Field{"z", TypeId::Bool}}), false}}};
}

struct Deriving {
  explicit Deriving(int timeLimit = 60'000)
      : one("throwing"),
        client({"/bin/sh", "-c", "echo >> \"$0\"; exec \"$1\" --derive throwing", starts(), host::programPath()},
               one.plugins->catalog(), timeLimit) {}
  std::string starts() const { return folder.filePath("starts").toStdString(); }
  // How often a child was started.
  std::int64_t children() const {
    std::ifstream file(starts());
    return std::count(std::istreambuf_iterator<char>(file), {}, '\n');
  }
  Result<std::vector<Schema>> ask(const std::string& at) {
    topology::DeriveRequest request;
    request.use = "throwing.bomb";
    request.params = "{\"at\":\"" + at + "\"}";
    request.inputs = {input()};
    return client.derive(request);
  }
  std::string refusal(const std::string& at) {
    const auto schemas = ask(at);
    return schemas ? "" : schemas.error().message;
  }
  QTemporaryDir folder;
  OneFixture one;
  host::DeriveClient client;
};

}  // namespace

class ChildProcessTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aGoodPluginPassesEveryStep() {
    const std::vector<CheckStep> steps = check("good");
    if (const CheckStep* failed = failure(steps)) qWarning("%s: %s", failed->name.c_str(), failed->message.c_str());
    QVERIFY(failure(steps) == nullptr);
    QVERIFY(steps.size() > 15);
    QCOMPARE(steps.back().name, std::string("echo: cancel and destroy"));
  }

  void aPluginInCPassesEveryStep() { QVERIFY(failure(check("plain_c")) == nullptr); }

  void aHangIsEndedAndNamed() {
    QVERIFY(failsIn(check("hanging", 4000), "sleeper: create", "did not come back within 4000 ms"));
  }

  void aCrashIsNamedWithItsStep() {
    QVERIFY(failsIn(check("crashing"), "stumbler: process 0 rows", "died of signal SIGSEGV"));
  }

  void afterACrashTheOtherOperatorsAreTried() {
    const std::vector<CheckStep> steps = check("hostile", 4000);
    const auto outcomeOf = [&](const std::string& name, const char* words) {
      for (const CheckStep& step : steps) {
        if (step.name == name) return step.outcome == CheckOutcome::Failed && contains(step.message, words);
      }
      qWarning("there is no step %s", name.c_str());
      return false;
    };
    QVERIFY(outcomeOf("crasher: process 0 rows", "died of signal SIGSEGV"));
    QVERIFY(outcomeOf("undeclared: create", "it opened the metric 'more_rows', which its manifest does not declare"));
    QVERIFY(outcomeOf("late_poison: process 100 rows", "it refused rows (PoisonError) after it had emitted"));
    QVERIFY(outcomeOf("wrong_rows: read", "but the port's is struct<>"));
    QVERIFY(outcomeOf("hanger: process 0 rows", "did not come back within 4000 ms"));
    QCOMPARE(steps.back().name, std::string("keeper: cancel and destroy"));
    const auto loads = std::count_if(steps.begin(), steps.end(),
                                     [](const CheckStep& step) { return step.name == "load the library"; });
    QCOMPARE(loads, 1);
  }

  void aSourceWhoseSchemaChangesForEverIsNamed() {
    const std::vector<CheckStep> steps = check("evolving");
    const auto messageOf = [&](const std::string& name) {
      for (const CheckStep& step : steps) {
        if (step.name == name && step.outcome == CheckOutcome::Failed) return step.message;
      }
      return std::string("no such failure");
    };
    QVERIFY(contains(messageOf("declared: read"), "its manifest has no rule \"derive\""));
    QVERIFY(
        contains(messageOf("again: go on with another schema"), "says again that its schema changes in split 'all'"));
  }

  void aSourceWithoutItsFolderIsSkipped_data() {
    QTest::addColumn<QString>("plugin");
    QTest::addColumn<QString>("step");
    QTest::newRow("changes") << "changes"
                             << "read: discover";
    QTest::newRow("slow_source") << "slow_source"
                                 << "lines: discover";
  }
  void aSourceWithoutItsFolderIsSkipped() {
    QFETCH(QString, plugin);
    QFETCH(QString, step);
    const std::vector<CheckStep> steps = check(plugin.toStdString());
    const CheckStep* const failed = failure(steps);
    QVERIFY2(failed == nullptr, failed == nullptr ? "" : (failed->name + ": " + failed->message).c_str());
    const auto found =
        std::find_if(steps.begin(), steps.end(), [&](const CheckStep& one) { return one.name == step.toStdString(); });
    QVERIFY(found != steps.end());
    QCOMPARE(found->outcome, CheckOutcome::Skipped);
    QVERIFY(contains(found->message, "cannot be read"));
  }

  void aLieIsNamedWithItsStep() {
    QVERIFY(failsIn(check("lying"), "liar: process 0 rows", "row_count is 1000, but its columns have 0"));
  }

  void anotherMajorFailsToLoad() { QVERIFY(failsIn(check("wrong_major"), "load the library", "plugin ABI 2.0")); }

  void anExceptionIsNamedWithItsStep() {
    QVERIFY(failsIn(check("throwing"), "bomb: process 0 rows", "bang in process"));
  }

  void aFileThatIsMissingFailsAtOnce() {
    QVERIFY(failsIn(check("nowhere"), "read the manifest", "There is no plugin at"));
  }

  void schemasComeBackFromTheChild() {
    Deriving deriving;
    const auto schemas = deriving.ask("never");
    QVERIFY2(schemas.ok(), schemas ? "" : schemas.error().message.c_str());
    QCOMPARE(schemas->size(), std::size_t{1});
    QVERIFY((*schemas)[0] == input());
  }

  void aRefusalIsAConfigError() {
    Deriving deriving;
    const auto schemas = deriving.ask("derive");
    QVERIFY(!schemas.ok());
    QVERIFY(schemas.error().kind == ErrorKind::Config);
    QVERIFY(contains(schemas.error().message, "no schema for derive"));
  }

  void aChildThatDiesIsReplaced() {
    Deriving deriving;
    QVERIFY(contains(deriving.refusal("derive_crash"), "died of signal SIGSEGV"));
    QCOMPARE(deriving.refusal("never"), std::string());
  }

  void aChildThatHangsIsReplaced() {
    Deriving deriving(4000);
    QVERIFY(contains(deriving.refusal("derive_hang"), "within 4000 ms"));
    QCOMPARE(deriving.refusal("never"), std::string());
    QCOMPARE(deriving.children(), std::int64_t{2});
  }

  void theSameQuestionIsAskedOnce() {
    Deriving deriving(4000);
    QVERIFY(contains(deriving.refusal("derive_hang"), "within 4000 ms"));
    QVERIFY(contains(deriving.refusal("derive_hang"), "within 4000 ms"));
    QCOMPARE(deriving.children(), std::int64_t{1});
  }
};

int main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode == "--check") {
    const host::CheckListener listener{
        [](const std::string& name) { std::cout << host::beginLine(name) << std::endl; },
        [](const host::CheckStep& step) { std::cout << host::endLine(step) << std::endl; }};
    host::checkPlugin(argv[2], {}, listener, argc > 4 ? argv[4] : "");
    return 0;
  }
  if (mode == "--derive") {
    OneFixture one(argv[2]);
    host::serveDerivations(*one.plugins, std::cin, std::cout);
    return 0;
  }
  ChildProcessTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "child_process_test.moc"
