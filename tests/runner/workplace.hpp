// A folder with topologies and rows, and the runner as people and supervisors start it.
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>

constexpr int kLimit = 60'000;  // milliseconds for one program

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

  QString path(const QString& name) const { return folder_.filePath(name); }

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

  // In this folder; `killAt`: where the runner kills itself, "point:n".
  void start(QProcess& process, const QStringList& arguments, const QString& killAt = {}) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("WEIR_PLUGIN_PATH", pluginPath);
    if (!allowList.isEmpty()) environment.insert("WEIR_PLUGIN_ALLOW_LIST", allowList);
    if (!killAt.isEmpty()) environment.insert("WEIR_TEST_KILL_AT", killAt);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder_.path());
    process.start(WEIR_RUNNER, arguments);
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

  QString pluginPath = WEIR_PLUGINS ":" WEIR_FIXTURES;
  QString allowList;

 private:
  QTemporaryDir folder_;
};
