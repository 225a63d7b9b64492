// A folder with topologies and rows, and the program as people and supervisors start it.
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include <csignal>
#include <functional>
#include "tests/program/places.hpp"

constexpr int kLimit = 300'000;  // milliseconds for one program
constexpr unsigned kNobody = 65534;

struct Finished {
  int status = -1;
  QByteArray out;
  QByteArray error;
};

inline QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class Workplace {
 public:
  Workplace() { write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\nnot json\n{\"id\":3}\n"); }

  QString path(const QString& name = {}) const { return folder_.filePath(name); }

  void write(const QString& name, const QByteArray& text) const {
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }

  void append(const QString& name, const QByteArray& text) const {
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::Append));
    file.write(text);
  }

  // source -> (one operator) -> sink
  QString topology(const QByteArray& use) const {
    const QByteArray middle = use.isEmpty() ? "" : R"(, { "id": "middle", "use": ")" + use + R"(", "params": {} })";
    const QByteArray edges =
        use.isEmpty() ? R"({ "from": "rows.out", "to": "out.in" })" : R"({ "from": "rows.out", "to": "middle.in" },
                                               { "from": "middle.out", "to": "out.in" })";
    write("t.weir", R"({ "weir": 1, "name": "t", "nodes": [
      { "id": "rows", "use": "file.source", "params": { "path": ")" +
                        path("rows.ndjson").toUtf8() + R"(", "format": "json.json",
          "schema": [{ "name": "id", "type": "int64", "nullable": false }] } },
      { "id": "out", "use": "file.sink", "params": { "path": ")" +
                        path("out.ndjson").toUtf8() + R"(", "format": "json.json" } })" + middle + R"(
    ], "edges": [)" + edges +
                        "] }");
    return path("t.weir");
  }

  // In this folder; `killAt`: where the runner kills itself, "point:n". `weir` cannot: there it is the one that can.
  void start(QProcess& process, const QStringList& arguments, const QString& killAt = {},
             const QString& program = weir::places::inBuild("bin/weir")) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("WEIR_PLUGIN_PATH", pluginPath);
    if (!allowList.isEmpty()) environment.insert("WEIR_PLUGIN_ALLOW_LIST", allowList);
    if (!killAt.isEmpty()) environment.insert("WEIR_TEST_KILL_AT", killAt);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder_.path());
    if (nobody_ && ::geteuid() == 0) {
      process.setChildProcessModifier([] {
        if (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) ::_exit(127);
      });
    }
    process.start(killAt.isEmpty() ? program : weir::places::inBuild("tests/weir_faulty"), arguments);
  }
  // From here on programs are another user's than root, to whom everything is permitted. The folder is open to all.
  // False: that user may not go where this build is.
  [[nodiscard]] bool becomeNobody() {
    nobody_ = true;
    const QFile::Permissions all = QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    return QFile::setPermissions(path(), QFile::permissions(path()) | all) && weir({"plugins"}).status == 0;
  }
  // Its status is -1 when it was killed, or had to be.
  static Finished finish(QProcess& process) {
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(kLimit)) {
      process.kill();
      process.waitForFinished();
      return {};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
  }
  // What a shell says to it, in which the program is $weir.
  Finished shell(const QString& command) const {
    QProcess process;
    start(process, {"-c", "weir=$0; " + command, weir::places::inBuild("bin/weir")}, {}, "bash");
    return finish(process);
  }
  Finished weir(const QStringList& arguments, const QString& killAt = {}) const {
    QProcess process;
    start(process, arguments, killAt);
    return finish(process);
  }
  // Runs until something has come to be, or the runner has ended by itself; then asks it to stop.
  Finished runUntil(const QStringList& arguments, const std::function<bool()>& done) const {
    QProcess process;
    start(process, arguments);
    static_cast<void>(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning || done(); }, kLimit));
    if (process.state() != QProcess::NotRunning) process.terminate();
    return finish(process);
  }
  Finished run(const QString& topology, const QStringList& more = {}) const {
    return weir(QStringList{"run", topology, "--home", path("home"), "--until-end"} + more);
  }

  QString pluginPath = weir::places::inBuild("plugins") + ":" + weir::places::inBuild("fixtures");
  QString allowList;

 private:
  QTemporaryDir folder_;
  bool nobody_ = false;
};

// A program that goes on beside the test, and ends with it at the latest.
class Running {
 public:
  Running(const Workplace& here, const QStringList& arguments) { here.start(process, arguments); }
  ~Running() {
    process.kill();
    process.waitForFinished();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  Finished stop() {
    process.terminate();
    return Workplace::finish(process);
  }
  // What it has printed, once that many lines are there.
  QByteArray lines(int count) {
    while (out_.count('\n') < count && process.waitForReadyRead(kLimit)) out_ += process.readAllStandardOutput();
    return out_;
  }

  QProcess process;

 private:
  QByteArray out_;
};
