// Plugins that throw, lie and hang: what the host makes of them.
#include <condition_variable>
#include <mutex>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include <QtTest/QtTest>

#include "core/adapters/host/guard/crash_report.hpp"
#include "core/adapters/host/guard/watchdog.hpp"
#include "core/runtime/tests/silent_services.hpp"
#include "tests/plugins/fixtures.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/operator_harness.hpp"

using namespace weir;  // NOLINT: a test
using testkit::HarnessError;
using testkit::OperatorHarness;
using testkit::Setup;

namespace {

Setup setup(const std::string& name, const std::string& op, const std::string& params) {
  Setup made;
  made.library = fixture(name);
  made.op = op;
  made.params = params;
  made.inputs = {"text string"};
  return made;
}

constexpr char kTwoRows[] = "{\"text\":\"hello\"}\n{\"text\":\"world\"}";

// What goes wrong when the bomb explodes in `at` during a whole life.
std::string bang(const std::string& at) {
  try {
    OperatorHarness harness(setup("throwing", "bomb", "{\"at\":\"" + at + "\"}"));
    harness.push(kTwoRows);
    harness.commit();
    harness.crash();
  } catch (const HarnessError& error) {
    return error.what();
  }
  return "";
}

std::string lie(const std::string& kind) {
  OperatorHarness harness(setup("lying", "liar", "{\"lie\":\"" + kind + "\"}"));
  try {
    harness.push(kTwoRows);
  } catch (const HarnessError& error) {
    if (!harness.takeRows().empty()) return "rows came out";
    return error.what();
  }
  return "";
}

runtime::InstanceSpec specOf(const std::string& use, runtime::NodeServices* services) {
  runtime::InstanceSpec spec;
  spec.node = "sleepy";
  spec.use = use;
  spec.params = "{}";
  spec.services = services;
  spec.inputs = {makeSchema(Schema{{Field{"text", TypeId::String}}})};
  spec.outputs = {makeSchema(Schema{{Field{"text", TypeId::String}}})};
  return spec;
}

// Runs `body` in a child process; answers how it ended and what it wrote to standard error.
template <typename F>
std::pair<int, std::string> inChild(F&& body) {
  int pipe[2];
  if (::pipe(pipe) != 0) qFatal("pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(pipe[1], STDERR_FILENO);
    body();
    ::_exit(0);
  }
  ::close(pipe[1]);
  std::string text;
  char buffer[512];
  for (ssize_t count; (count = ::read(pipe[0], buffer, sizeof(buffer))) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return {status, text};
}

}  // namespace

class PluginBehaviourTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anOperatorThatDoesNotThrowLivesOn() { QCOMPARE(bang("never"), std::string()); }

  void whatIsThrownInACallArrivesAsItsText_data() {
    QTest::addColumn<QString>("at");
    for (const char* at : {"create", "process", "drain", "prepare_commit", "committed", "recover"}) {
      QTest::newRow(at) << QString(at);
    }
  }
  void whatIsThrownInACallArrivesAsItsText() {
    QFETCH(QString, at);
    QVERIFY(contains(bang(at.toStdString()), "bang in " + at.toStdString()));
  }

  void refusedParametersArriveWithTheirReason() {
    QVERIFY(contains(bang("config"), "this bomb refuses its parameters"));
  }

  void whatIsNoExceptionIsHeldBackToo() { QVERIFY(contains(bang("odd"), "not a std::exception")); }

  void anExceptionThatCrossesTheBorderIsContained() {
    OperatorHarness harness(setup("raw_throwing", "bomb", "{}"));
    try {
      harness.push(kTwoRows);
      QFAIL("nothing was thrown");
    } catch (const HarnessError& error) {
      QVERIFY(contains(error.what(), "let an exception out of process: raw bang"));
    }
  }

  void aLieIsFoundAndNamed_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("rows") << "rows"
                          << "row_count is 1002, but its columns have 2";
    QTest::newRow("selection") << "selection"
                               << "names row 1000 of 2";
    QTest::newRow("offsets") << "offsets"
                             << "column text has offsets that go back from 5 to 2";
    QTest::newRow("steps") << "steps"
                           << "watermark steps fall at entry 1";
    QTest::newRow("port") << "port"
                          << "emitted to port 7, but has only 1";
  }
  void aLieIsFoundAndNamed() {
    QFETCH(QString, kind);
    QFETCH(QString, words);
    const std::string text = lie(kind.toStdString());
    QVERIFY(contains(text, words.toStdString()));
    QVERIFY(contains(text, "breaks"));
  }

  void theWatchdogNamesANodeThatHangsInCreate() {
    // The thread that hangs can never be joined, so all of this happens in a child process.
    const auto [status, text] = inChild([] {
      OneFixture one("hanging");
      runtime::SilentServices services;
      std::thread stuck([&] { static_cast<void>(one.plugins->create(specOf("hanging.sleeper", &services))); });
      // Asked once a turn: a call that was there may have ended by the next question.
      const auto isInCreate = [&] {
        const auto ongoing = one.plugins->calls().ongoing();
        return !ongoing.empty() && ongoing[0].call == "create";
      };
      while (!isInCreate()) std::this_thread::yield();
      const SteadyTimeForTest start{};
      host::Watchdog watchdog(
          one.plugins->calls(), {std::chrono::seconds(10), std::chrono::seconds(60)},
          [](const host::HungCall& call) { dprintf(STDERR_FILENO, "slow: %s\n", host::describe(call).c_str()); },
          [](const host::HungCall& call) {
            dprintf(STDERR_FILENO, "hung: %s\n", host::describe(call).c_str());
            ::_exit(5);
          });
      for (int second = 0; second <= 61; ++second) watchdog.check(start + std::chrono::seconds(second));
      ::_exit(0);
    });
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 5);
    QCOMPARE(QString::fromStdString(text).count("slow:"), 1);
    QVERIFY(contains(text, "hung: node 'sleepy' (hanging.sleeper) has been in create for 60 s of its own"));
  }

  void aCallThatEndsIsNotAccused() {
    host::CallRegistry calls;
    host::CallMark mark(calls, "busy", "std.filter");
    int accused = 0;
    host::Watchdog watchdog(
        calls, {std::chrono::seconds(1), std::chrono::seconds(2)}, [&](const host::HungCall&) { ++accused; },
        [&](const host::HungCall&) { ++accused; });
    for (int second = 0; second < 20; ++second) {
      const host::CallScope scope(mark, "process");  // each second another call
      watchdog.check(SteadyTimeForTest{} + std::chrono::seconds(second));
    }
    QCOMPARE(accused, 0);
  }

  void ofNestedCallsOnlyTheInnermostIsAccused() {
    host::CallRegistry calls;
    host::CallMark outer(calls, "outer", "a.a");
    host::CallMark inner(calls, "inner", "b.b");
    std::vector<std::string> accused;
    host::Watchdog watchdog(
        calls, {std::chrono::seconds(1), std::chrono::seconds(2)},
        [&](const host::HungCall& call) { accused.push_back(call.node); }, [](const host::HungCall&) {});
    const host::CallScope outerCall(outer, "process");
    const host::HostScope emitting(outer);
    const host::CallScope innerCall(inner, "process");
    for (int second = 0; second <= 3; ++second) watchdog.check(SteadyTimeForTest{} + std::chrono::seconds(second));
    QCOMPARE(accused, std::vector<std::string>{"inner"});
  }

  void whatACallDoesBetweenItsEmissionsAddsUp() {
    host::CallRegistry calls;
    host::CallMark mark(calls, "busy", "a.a");
    std::vector<int> accused;
    host::Watchdog watchdog(
        calls, {std::chrono::seconds(3), std::chrono::seconds(60)},
        [&](const host::HungCall& call) { accused.push_back(static_cast<int>(call.lasted.count())); },
        [](const host::HungCall&) {});
    const host::CallScope call(mark, "process");
    SteadyTimeForTest now{};
    for (int round = 0; round < 2; ++round) {
      for (int second = 0; second < 2; ++second) watchdog.check(now += std::chrono::seconds(1));
      const host::HostScope emitting(mark);
      for (int second = 0; second < 60; ++second) watchdog.check(now += std::chrono::seconds(1));
    }
    QCOMPARE(accused, std::vector<int>{});
    for (int second = 0; second < 2; ++second) watchdog.check(now += std::chrono::seconds(1));
    QCOMPARE(accused, std::vector<int>{3000});
  }

  void aCrashReportNamesNodeAndCall() {
    const auto [status, text] = inChild([] {
      struct sigaction usual {};
      usual.sa_handler = SIG_DFL;
      ::sigaction(SIGSEGV, &usual, nullptr);  // Qt Test has a handler of its own
      host::installCrashReport();
      OneFixture one("crashing");
      runtime::SilentServices services;
      auto made = one.plugins->create(specOf("crashing.stumbler", &services));
      static_cast<void>((*made)->process(0, Batch()));
    });
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGSEGV);
    QVERIFY(contains(text, "weir: SIGSEGV in node 'sleepy' (crashing.stumbler), during process"));
  }

  void aStackThatIsUsedUpIsReportedFromAnyThread() {
#ifdef __SANITIZE_THREAD__
    QSKIP("The thread sanitizer takes such a signal itself.");
#endif
    const auto [status, text] = inChild([] {
      struct sigaction usual {};
      usual.sa_handler = SIG_DFL;
      ::sigaction(SIGSEGV, &usual, nullptr);
      host::installCrashReport();
      OneFixture one("crashing");
      runtime::SilentServices services;
      auto made = one.plugins->create(specOf("crashing.digger", &services));
      std::thread([&] { static_cast<void>((*made)->process(0, Batch())); }).join();
    });
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGSEGV);
    QVERIFY(contains(text, "weir: SIGSEGV in node 'sleepy' (crashing.digger), during process"));
  }

 private:
  using SteadyTimeForTest = host::SteadyTime;
};

WEIR_TEST(PluginBehaviourTest)
#include "behaviour_test.moc"
