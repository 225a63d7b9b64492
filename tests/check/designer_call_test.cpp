// How weir-designer is called, without a screen.
#include <QProcess>

#include "core/base/version.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

class DesignerCallTest : public QObject {
  Q_OBJECT

  struct Answer {
    int status = -1;
    QString out;
    QString error;
  };
  static Answer call(const QStringList& arguments, const QString& platform = {}) {
    QProcess designer;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("DISPLAY");
    environment.remove("WAYLAND_DISPLAY");
    environment.insert("QT_QPA_PLATFORM", platform);
    designer.setProcessEnvironment(environment);
    designer.start(weir::places::inBuild("bin/weir-designer"), arguments);
    designer.waitForFinished();
    return {designer.exitCode(), QString::fromUtf8(designer.readAllStandardOutput()),
            QString::fromUtf8(designer.readAllStandardError())};
  }

 private Q_SLOTS:
  void helpNeedsNoScreen() {
    const Answer answer = call({"--help"});
    QCOMPARE(answer.status, 0);
    QVERIFY2(answer.out.contains("weir-designer [options] [FILE...]"), qPrintable(answer.out));
  }
  void theVersionIsThatOfTheProject() {
    const Answer answer = call({"--version"});
    QCOMPARE(answer.status, 0);
    QCOMPARE(answer.out, "weir-designer " + QString::fromUtf8(weir::version()) + "\n");
  }
  void anUnknownOptionIsRefused() {
    const Answer answer = call({"--nope"}, "offscreen");
    QCOMPARE(answer.status, 2);
    QVERIFY2(answer.error.contains("Unknown option 'nope'. `weir-designer --help`"), qPrintable(answer.error));
  }
};

WEIR_TEST(DesignerCallTest)
#include "designer_call_test.moc"
