// The tests of a folder are one program, and two definitions of one name in it are one too many: the linker takes
// either, and says nothing. Names in unnamed namespaces are each file's own.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

namespace {

// Of the definitions in a file that others could clash with, by their namespace: "weir::runtime Subject".
QSet<QString> definitionsIn(const QString& text) {
  static const QRegularExpression kNamespace(R"(^(?:inline )?namespace ?([\w:]*) \{$)");
  static const QRegularExpression kEnd(R"(^\}  // namespace)");
  static const QRegularExpression kType(R"(^(?:class|struct|enum class) ([\w:]+)[^;]*$)");
  static const QRegularExpression kFunction(R"(^(?:inline|template)\b.*?\b(\w+)\()");
  QSet<QString> found;
  QStringList spaces;
  for (const QString& line : text.split('\n')) {
    if (const auto begin = kNamespace.match(line); begin.hasMatch()) {
      spaces += begin.captured(1);
    } else if (kEnd.match(line).hasMatch()) {
      spaces.removeLast();
    } else if (!spaces.contains(QString())) {
      for (const QRegularExpression* kind : {&kType, &kFunction}) {
        const auto name = kind->match(line);
        if (name.hasMatch()) found += spaces.join("::") + " " + name.captured(1);
      }
    }
  }
  return found;
}

QString contentsOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

class ProgramNamesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aNameIsDefinedByOneFileOfAFolder() {
    QMap<QString, QStringList> definers;  // by folder and name
    int files = 0;
    for (const char* top : {"app", "core", "designer", "plugins", "tests"}) {
      QDirIterator found(QDir(weir::places::inRepository(".")).filePath(top), {"*.cpp", "*.hpp"}, QDir::Files,
                         QDirIterator::Subdirectories);
      while (found.hasNext()) {
        const QFileInfo file(found.next());
        if (!file.path().contains("/tests")) continue;
        ++files;
        for (const QString& name : definitionsIn(contentsOf(file.filePath()))) {
          definers[file.path() + ": " + name] += file.fileName();
        }
      }
    }
    QVERIFY(files > 200);
    QStringList clashes;
    for (auto each = definers.cbegin(); each != definers.cend(); ++each) {
      if (each->size() > 1) clashes += each.key() + " is defined by " + each->join(" and ");
    }
    QVERIFY2(clashes.isEmpty(), qPrintable(clashes.join('\n')));
  }

  void twoDefinitionsAreNoticed() {
    const QString one =
        "namespace weir {\nnamespace {\nstruct Own {\n};\n}  // namespace\nclass Subject final {\n};\n}  // namespace "
        "weir\n";
    QCOMPARE(definitionsIn(one), QSet<QString>{"weir Subject"});
    QCOMPARE(definitionsIn("namespace a {\ninline namespace b {\ninline int node(int x) {\n"),
             QSet<QString>{"a::b node"});
    QCOMPARE(definitionsIn("class Declared;\n"), QSet<QString>{});
  }
};

WEIR_TEST(ProgramNamesTest)
#include "program_names_test.moc"
