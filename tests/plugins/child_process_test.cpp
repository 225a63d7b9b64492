// What happens out of process: plugin-check and schema derivation. The children are this program again.
#include <algorithm>
#include <chrono>
#include <iostream>

#include <QtTest/QtTest>

#include "adapters/host/child_process.hpp"
#include "adapters/host/derive_service.hpp"
#include "adapters/host/plugin_check.hpp"
#include "fixtures.hpp"

using namespace weir;  // NOLINT: a test

namespace {

using host::CheckOutcome;
using host::CheckStep;

std::vector<CheckStep> check(const std::string& name, int timeLimit = 20'000) {
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
  explicit Deriving(int timeLimit = 20'000)
      : one("throwing"), client({host::programPath(), "--derive", "throwing"}, one.plugins->catalog(), timeLimit) {}
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
  OneFixture one;
  host::DeriveClient client;
};

}  // namespace

class ChildProcessTest : public QObject {
  Q_OBJECT
 private slots:
  void aGoodPluginPassesEveryStep() {
    const std::vector<CheckStep> steps = check("good");
    if (const CheckStep* failed = failure(steps)) qWarning("%s: %s", failed->name.c_str(), failed->message.c_str());
    QVERIFY(failure(steps) == nullptr);
    QVERIFY(steps.size() > 15);
    QCOMPARE(steps.back().name, std::string("echo: cancel and destroy"));
  }

  void aPluginInCPassesEveryStep() { QVERIFY(failure(check("plain_c")) == nullptr); }

  void aHangIsEndedAndNamed() {
    QVERIFY(failsIn(check("hanging", 1500), "sleeper: create", "did not come back within 1500 ms"));
  }

  void aCrashIsNamedWithItsStep() {
    QVERIFY(failsIn(check("crashing"), "stumbler: process 0 rows", "died of signal SIGSEGV"));
  }

  void afterACrashTheOtherOperatorsAreTried() {
    const std::vector<CheckStep> steps = check("hostile", 3000);
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
    QVERIFY(outcomeOf("hanger: process 0 rows", "did not come back within 3000 ms"));
    QCOMPARE(steps.back().name, std::string("keeper: cancel and destroy"));
    const auto loads = std::count_if(steps.begin(), steps.end(),
                                     [](const CheckStep& step) { return step.name == "load the library"; });
    QCOMPARE(loads, 1);
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
    Deriving deriving(1500);
    QVERIFY(contains(deriving.refusal("derive_hang"), "within 1500 ms"));
    QCOMPARE(deriving.refusal("never"), std::string());
  }

  void theSameQuestionIsAskedOnce() {
    Deriving deriving(1500);
    static_cast<void>(deriving.ask("derive_hang"));
    const auto start = std::chrono::steady_clock::now();
    QVERIFY(contains(deriving.refusal("derive_hang"), "within 1500 ms"));
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1400));
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
