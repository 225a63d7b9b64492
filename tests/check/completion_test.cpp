// weir completion: scripts that a shell reads, and what bash offers with its own.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

namespace {

QByteArray script(const QString& shell) {
  QProcess weir;
  weir.start(weir::places::inBuild("bin/weir"), {"completion", shell});
  weir.waitForFinished();
  return weir.exitCode() == 0 ? weir.readAllStandardOutput() : "failed";
}

}  // namespace

class CompletionTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  // What bash offers for a line in a folder with two topologies, another file and a folder; errors are offered, too.
  QStringList offered(const QStringList& words) {
    QProcess bash;
    bash.setWorkingDirectory(folder_.path());
    bash.setProcessChannelMode(QProcess::MergedChannels);
    const QString script =
        "set -u; source ./weir.bash; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); "
        "_weir || exit; ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\"";
    bash.start("bash", QStringList{"--norc", "-c", script, "bash", "weir"} + words);
    bash.waitForFinished();
    QStringList lines = QString::fromUtf8(bash.readAll()).split('\n', Qt::SkipEmptyParts);
    lines.sort();
    return lines;
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char* name : {"orders.weir", "other.weir", "rows.ndjson", "weir.bash"}) {
      QFile file(folder_.filePath(name));
      QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script("bash")) > 0);
    }
    QVERIFY(QDir(folder_.path()).mkdir("shop.weir-home"));
  }

  void bashOffers_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("offers");
    const auto row = [](const QStringList& words, const QStringList& offers) {
      QTest::newRow(words.join(' ').toUtf8() + "|") << words << offers;
    };
    row({"pl"}, {"plugin-check", "plugins"});
    row({"der"}, {});  // not for people
    row({"topic", ""}, {"list", "read"});
    row({"topic", "r"}, {"read"});
    row({"topic", "read", "--"}, {"--follow", "--help", "--home", "--limit", "--partition"});
    row({"topic", "list", "--"}, {"--all", "--help", "--home"});
    row({"plugin-check", "--"}, {"--help", "--json", "--time-limit"});
    row({"check", "o"}, {"orders.weir", "other.weir"});
    row({"check", ""}, {"orders.weir", "other.weir", "shop.weir-home"});
    row({"check", "--json", "or"}, {"orders.weir"});
    row({"run", "orders.weir", "--ho"}, {"--home"});
    row({"run", "orders.weir", "--home", ""}, {"shop.weir-home"});
    row({"run", "orders.weir", "--home", "=", "sh"}, {"shop.weir-home"});
    row({"run", "orders.weir", "--home", "="}, {"shop.weir-home"});
    row({"run", "orders.weir", "--param", "path", "="}, {});
    row({"run", "orders.weir", "--param", "path", "=", "o"}, {});
    row({"--"}, {"--help", "--version"});
    row({"run", "orders.weir", "--threads", ""}, {});
    row({"run", "orders.weir", "--summary", "r"}, {"rows.ndjson"});
    row({"draw", "orders.weir", "-o", "r"}, {"rows.ndjson"});
    row({"completion", ""}, {"bash", "fish", "zsh"});
    row({"help", "di"}, {"diff"});
  }
  void bashOffers() {
    QFETCH(QStringList, words);
    QFETCH(QStringList, offers);
    QCOMPARE(offered(words), offers);
  }

  void everyShellReadsItsScript_data() {
    QTest::addColumn<QString>("option");  // for reading without running
    QTest::newRow("bash") << "-n";
    QTest::newRow("zsh") << "-n";
    QTest::newRow("fish") << "--no-execute";
  }
  void everyShellReadsItsScript() {
    QFETCH(QString, option);
    const QString shell = QTest::currentDataTag();
    const QByteArray text = script(shell);
    for (const char* word : {"topic", "plugin-check", "hang-limit", "partition"}) QVERIFY2(text.contains(word), word);
    QVERIFY(!text.contains("derive-schema") && !text.contains("--child") && !text.contains("-l child"));
    if (QStandardPaths::findExecutable(shell).isEmpty()) QSKIP("this shell is not here");
    QProcess reader;
    reader.start(shell, {option, "/dev/stdin"});
    reader.write(text);
    reader.closeWriteChannel();
    reader.waitForFinished();
    QVERIFY2(reader.exitCode() == 0, reader.readAllStandardError());
  }
};

WEIR_TEST(CompletionTest)
#include "completion_test.moc"
