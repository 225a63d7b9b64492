// weir check, fmt, diff and draw as people call them, with the plugins that ship.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

#include "tests/check/weir_command.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir::testing;

class CheckCommandsTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  const QString orders_ = weir::places::inRepository("topologies/orders_per_minute_by_region.weir");

  // The orders topology with one text replaced by another, in a file of its own.
  QString changed(const QByteArray& from, const QByteArray& to) {
    QByteArray text = contents(orders_);
    const qsizetype at = text.indexOf(from);
    QString path = folder_.filePath("changed.weir");
    QFile file(path);
    if (at < 0 || !file.open(QIODevice::WriteOnly)) return "the test changes nothing";
    file.write(text.replace(at, from.size(), to));
    return path;
  }

 private Q_SLOTS:
  void shippedTopologiesAreCleanAndCanonical_data() {
    QTest::addColumn<QString>("path");
    for (const char* const name : {"orders_per_minute_by_region", "flight_departures", "templates/count_per_window",
                                   "templates/filter_and_reshape", "templates/topic_between"}) {
      QTest::newRow(name) << weir::places::inRepository("topologies/") + name + ".weir";
    }
  }

  void shippedTopologiesAreCleanAndCanonical() {
    QFETCH(QString, path);
    const Outcome check = callWeir({"check", path});
    QCOMPARE(check.out + check.error, QByteArray());
    QCOMPARE(check.status, 0);
    const Outcome format = callWeir({"fmt", "--check", path});
    QCOMPARE(format.error, QByteArray());
    QCOMPARE(format.status, 0);
  }

  void everyCommandTellsHowItIsUsed() {
    for (const char* const command : {"check", "completion", "diff", "draw", "fmt", "help", "home", "infer",
                                      "plugin-check", "plugins", "run", "topic"}) {
      const Outcome help = callWeir({command, "--help"});
      QCOMPARE(callWeir({"help", command}).out, help.out);
      QVERIFY2(help.out.startsWith(QByteArray("usage: weir ") + command), help.out.constData());
      QCOMPARE(help.status, 0);
      QVERIFY(callWeir({"help"}).out.contains(QByteArray("\n  ") + command));
    }
    QCOMPARE(callWeir({"topic", "read", "--help"}).out, callWeir({"topic", "--help"}).out);
  }

  void theUsageOfACommandNamesEachOptionThatItTakes_data() {
    QTest::addColumn<QString>("source");  // where its options are read
    const auto row = [](const char* command, const char* source) { QTest::newRow(command) << QString(source); };
    row("check", "commands/check.cpp");
    row("diff", "commands/diff.cpp");
    row("draw", "commands/draw.cpp");
    row("fmt", "commands/fmt.cpp");
    row("home", "commands/home.cpp");
    row("plugin-check", "commands/plugin_check.cpp");
    row("plugins", "commands/plugins.cpp");
    row("run", "commands/run_table.cpp");
    row("topic", "commands/topic.cpp");
  }
  void theUsageOfACommandNamesEachOptionThatItTakes() {
    QFETCH(QString, source);
    // What it says to its own children.
    const QSet<QString> notForPeople{"--child", "--after"};
    const auto optionsIn = [](const QString& text, const char* pattern) {
      QSet<QString> options;
      QRegularExpressionMatchIterator found = QRegularExpression(pattern).globalMatch(text);
      while (found.hasNext()) options.insert(found.next().captured(1));
      return options;
    };
    const QString code = contents(weir::places::inRepository("app/") + source);
    QVERIFY(code.contains("table"));
    const QSet<QString> taken = optionsIn(code, R"x("(--?[a-z][a-z-]*)")x");
    const QSet<QString> told =
        optionsIn(callWeir({QTest::currentDataTag(), "--help"}).out, R"([\s\[](--?[a-z][a-z-]*))");
    const QStringList untold = (taken - told - notForPeople).values();
    QVERIFY2(untold.isEmpty(), qPrintable("not told of: " + untold.join(", ")));
    const QStringList untaken = (told - taken).values();
    QVERIFY2(untaken.isEmpty(), qPrintable("not taken: " + untaken.join(", ")));
  }

  void aCallThatIsWrongSaysWhatIsAndWhatWouldBeRight_data() {
    QTest::addColumn<QStringList>("call");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const QStringList& call, const QByteArray& said) {
      QTest::newRow(call.join(' ').toUtf8()) << call << said;
    };
    row({"chekc", "t.weir"}, "There is no command 'chekc'. Did you mean \"check\"? `weir help` lists them.");
    row({"help", "tpoic"}, "There is no command 'tpoic'. Did you mean \"topic\"? `weir help` lists them.");
    row({"check"}, "`weir check` needs FILE, the topology.");
    row({"check", "a.weir", "b.weir"}, "'b.weir' is one too many for `weir check`.");
    row({"check", "t.weir", "--jsno"}, "There is no option --jsno. Did you mean \"--json\"?");
    row({"check", "t.weir", "--jsno=1"}, "There is no option --jsno. Did you mean \"--json\"?");
    row({"check", "t.weir", "--json=1"}, "--json takes no value, and '1' was given.");
    row({"check", "t.weir", "-x"}, "There is no option -x. What begins with - and is no option goes behind --.");
    row({"check", "t.weir", "--json="}, "--json takes no value, and '' was given.");
    row({"check", "t.weir", "--json=true"}, "--json takes no value, and 'true' was given.");
    row({"check", ""}, "`weir check` needs FILE, the topology.");
    row({"fmt", "---check", "t.weir"}, "There is no option ---check. Did you mean \"--check\"?");
    row({"run", "t.weir", "--", "--threads", "1"}, "'--threads' is one too many for `weir run`.");
    row({"run", "t.weir", "--unknown="}, "There is no option --unknown.");
    row({"draw", "t.weir", "-o="}, "-o needs a value.");
    row({"draw", "t.weir", "-o", "--dark"},
        "-o needs a value, and --dark is an option; a value of that name is given as -o=--dark.");
    row({"draw", "t.weir", "-o", ""}, "-o takes a file, not an empty text.");
    row({"topic"}, "`weir topic` takes list or read.");
    row({"topic", "raed", "t"}, "`weir topic` takes list or read, not 'raed'. Did you mean \"read\"?");
    row({"topic", "read"}, "`weir topic read` needs TOPIC, its name.");
    row({"topic", "list", "--limit", "1"}, "There is no option --limit.");
    row({"topic", "read", "t", "--limit", "abc"}, "--limit takes a number from 0 to 9223372036854775807, not 'abc'.");
    row({"topic", "read", "t", "--limit=-1"}, "--limit takes a number from 0 to 9223372036854775807, not '-1'.");
    row({"topic", "read", "t", "--partition", "2147483648"},
        "--partition takes a number from 0 to 2147483647, not '2147483648'.");
    row({"run", "t.weir", "--threads", "0"}, "--threads takes a number from 1 to 1024, not '0'.");
    row({"run", "t.weir", "--threads"}, "--threads needs a value.");
    row({"run", "t.weir", "--threads="}, "--threads needs a value.");
    row({"run", "t.weir", "--state-memory", "1048577"},
        "--state-memory takes a number from 1 to 1048576, not '1048577'.");
    row({"run", "t.weir", "--param", "=5"}, "--param takes NAME=VALUE, not '=5'.");
    row({"run", "t.weir", "--home", ""}, "--home takes a folder, not an empty text.");
    row({"run", "t.weir", "--hang-limit", "5"}, "--hang-limit takes a duration: \"5\" has no unit.");
    row({"run", "t.weir", "--commit-interval", "0s"}, "--commit-interval takes a duration of 1us or more, not '0s'.");
    row({"run", "t.weir", "--keep-open"}, "it needs --until-end.");
    row({"plugin-check", "p.so", "--time-limit", "2h"}, "--time-limit takes a duration from 1ms to 1h, not '2h'.");
    row({"draw", "t.weir", "--svg", "--dot"}, "One form at a time: --svg, --mermaid or --dot.");
    row({"draw", "t.weir", "--dot", "--dark"}, "--dark is for pictures: it goes with --svg alone.");
    row({"completion", "csh"}, "SHELL takes bash, zsh or fish, not 'csh'.");
  }
  void aCallThatIsWrongSaysWhatIsAndWhatWouldBeRight() {
    QFETCH(QStringList, call);
    QFETCH(QByteArray, said);
    const Outcome wrong = callWeir(call);
    QCOMPARE(wrong.status, 2);
    QCOMPARE(wrong.out, QByteArray());
    QVERIFY2(wrong.error.startsWith("weir: ") && wrong.error.contains(said), wrong.error);
    QCOMPARE(wrong.error.count('\n'), 1);
  }

  void aValueMayLookLikeAnOption() {
    const Outcome run =
        callWeir({"run", weir::places::inRepository("topologies/flight_departures.weir"), "--param", "--x="});
    QVERIFY2(run.error.contains("WEIR1207"), run.error);  // no such parameter
  }

  void anAnswerThatTheDiskDoesNotTakeSaysWhy() {
    for (const QStringList& call : {QStringList{"plugins", "--json"}, QStringList{"fmt", "--to", "json"}}) {
      QProcess full;
      full.setStandardOutputFile("/dev/full");
      full.start(weir::places::inBuild("bin/weir"),
                 call.size() == 3 ? call + QStringList{weir::places::inRepository("topologies/flight_departures.weir")}
                                  : call);
      QVERIFY(full.waitForFinished());
      const QByteArray said = full.readAllStandardError();
      QVERIFY2(said.contains("takes no more (No space left on device)"), said);
      QCOMPARE(full.exitCode(), 3);
    }
  }

  void whatComesAfterTwoDashesHasNoName() {
    const Outcome named = callWeir({"check", "--", "--json"});
    QVERIFY2(named.error.startsWith("weir: --json cannot be opened"), named.error);
    QCOMPARE(callWeir({"check", "--json", "--", orders_}).status, 0);
  }

  void anErrorHasItsPlaceAndStatus() {
    const QString path = changed("[\"region\"]", "[\"regoin\"]");
    const Outcome check = callWeir({"check", path});
    QCOMPARE(check.status, 2);
    const QByteArray expected = path.toUtf8() + ":28:22: error WEIR1301: There is no column \"regoin\" here. ";
    QVERIFY2(check.out.startsWith(expected), check.out.constData());
  }

  void whatThePluginItselfFindsIsReported() {
    // Only the window operator knows that sums need numbers.
    const QString path = changed("\"function\": \"count\"", "\"function\": \"sum\", \"field\": \"region\"");
    const Outcome check = callWeir({"check", path});
    QCOMPARE(check.status, 2);
    QVERIFY2(check.out.contains("error WEIR1306"), check.out.constData());
  }

  void aWarningAloneGivesOne() {
    const QString path = changed("{ \"from\": \"keyed.out\", \"to\": \"result\" }",
                                 "{ \"from\": \"keyed.out\", \"to\": \"result\" },\n"
                                 "    { \"from\": \"keyed.out\", \"to\": \"result\" }");
    const Outcome check = callWeir({"check", path});
    QVERIFY2(check.out.contains("warning WEIR1108"), check.out.constData());
    QCOMPARE(check.status, 1);
  }

  void jsonIsForPrograms() {
    const Outcome check = callWeir({"check", "--json", changed("\"1m\"", "1")});
    QCOMPARE(check.status, 2);
    const QJsonArray problems = QJsonDocument::fromJson(check.out).object()["problems"].toArray();
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0].toObject()["code"].toString(), QString("WEIR1204"));
    QCOMPARE(problems[0].toObject()["parameter"].toString(), QString("size"));
    QVERIFY(problems[0].toObject()["fix"].isObject());
  }

  void fmtMakesAFileCanonical() {
    const QString path = changed("\"weir\": 1,", "\"weir\":1,");
    QCOMPARE(callWeir({"fmt", "--check", path}).status, 1);
    QCOMPARE(callWeir({"fmt", path}).status, 0);
    QCOMPARE(contents(path), contents(orders_));
  }

  void runSaysWhatCheckSays_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("an expression's column") << QByteArray("\"region\"]") << QByteArray("\"regoin\"]");
    QTest::newRow("the form and the topology") << QByteArray("\"weir\": 1,") << QByteArray("\"weir\": 1, \"neme\": 7,");
    QTest::newRow("a NUL") << QByteArray("\"5s\"") << QByteArray("\"5\\u0000s\"");
    QTest::newRow("a NUL in a name") << QByteArray("\"window.tumbling\"") << QByteArray("\"window.tumb\\u0000ling\"");
    QTest::newRow("no JSON") << QByteArray("\"weir\": 1,") << QByteArray("\"weir\": 1");
  }
  void runSaysWhatCheckSays() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const QString path = changed(from, to);
    const Outcome checked = callWeir({"check", path});
    const Outcome ran = callWeir({"run", path, "--home", folder_.filePath("home")});
    QCOMPARE(checked.status, 2);
    QVERIFY(checked.out.contains("error WEIR"));
    QCOMPARE(ran.error, checked.out);
    QCOMPARE(ran.status, 2);
  }

  void fmtKeepsLinksAndWhatLiesBesideAFile() {
    const QString path = changed("\"weir\": 1", "\"weir\":    1");
    const QString link = folder_.filePath("link.weir");
    QVERIFY(QFile::link(path, link));
    for (const QString& stranger : {path + ".new", link + ".new"}) {
      QFile file(stranger);
      QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    }
    QCOMPARE(callWeir({"fmt", link}).status, 0);
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(contents(path), contents(orders_));
    QCOMPARE(contents(path + ".new"), QByteArray("mine"));
    QCOMPARE(contents(link + ".new"), QByteArray("mine"));
  }

  void drawDoesNotWriteOverTheTopology() {
    const QString path = changed("\"weir\": 1", "\"weir\": 1");
    const QByteArray before = contents(path);
    const Outcome drawn = callWeir({"draw", path, "-o", folder_.filePath("./changed.weir")});
    QCOMPARE(drawn.status, 2);
    QVERIFY2(drawn.error.contains("is the topology itself"), drawn.error);
    QCOMPARE(contents(path), before);
  }

  void diffTellsLogicFromLayout() {
    const Outcome logic = callWeir({"diff", orders_, changed("\"1m\"", "\"5m\"")});
    QCOMPARE(logic.out, QByteArray("~ node per_minute: params.size \"1m\" -> \"5m\"\n"));
    QCOMPARE(logic.status, 1);
    const Outcome layout = callWeir({"diff", orders_, changed("\"x\": 320", "\"x\": 328")});
    QCOMPARE(layout.out, QByteArray("~ layout of per_minute: x 320 -> 328\n"));
    QCOMPARE(layout.status, 0);
  }

  void drawWritesPicturesAndTexts() {
    const Outcome svg = callWeir({"draw", orders_});
    QCOMPARE(svg.status, 0);
    QVERIFY(svg.out.startsWith("<svg ") && svg.out.contains(">Per minute</text>"));
    QVERIFY(callWeir({"draw", orders_, "--mermaid"}).out.startsWith("flowchart LR\n"));
    QVERIFY(callWeir({"draw", orders_, "--dot"}).out.startsWith("digraph \"orders_per_minute_by_region\" {\n"));
    const QString path = folder_.filePath("drawn.svg");
    QCOMPARE(callWeir({"draw", orders_, "--dark", "-o", path}).status, 0);
    QVERIFY(contents(path).startsWith("<svg ") && contents(path) != svg.out);
    QCOMPARE(callWeir({"draw", orders_, "-o", folder_.filePath("no/folder.svg")}).status, 3);
    for (const QStringList& wrong : {QStringList{"draw"},
                                     {"draw", orders_, "--png"},
                                     {"draw", orders_, "--svg", "--dot"},
                                     {"draw", orders_, "--dot", "--dark"}}) {
      QCOMPARE(callWeir(wrong).status, 2);
    }
  }

  // A topology with a mistake is what one wants to show to someone.
  void drawShowsMistakes() {
    const Outcome svg = callWeir({"draw", changed("\"region\"]", "\"regoin\"]")});
    QCOMPARE(svg.status, 0);
    QVERIFY(svg.out.contains("#B42318"));
  }

  void whatCannotBeReadIsSaid() {
    const Outcome check = callWeir({"check", "/nowhere.weir"});
    QCOMPARE(check.status, 2);
    QVERIFY(check.error.contains("/nowhere.weir cannot be opened"));
  }
};

WEIR_TEST(CheckCommandsTest)
#include "check_commands_test.moc"
