#include <QSignalSpy>
#include <QTemporaryDir>

#include "designer/model/edits/edits.hpp"
#include "designer/model/file/canonical_lines.hpp"
#include "designer/model/file/topology_file.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class FileTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const catalog::Catalog catalog_ = sample::catalog();

  QString path(const char* name) const { return folder_.filePath(name); }
  static void put(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
  }
  static QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void savingACanonicalFileChangesNoByte() {
    put(path("a.weir"), sample::kTopology);
    const Result<OpenedFile> opened = openFile(path("a.weir"));
    QVERIFY(opened.ok());
    Document document(opened->topology);
    TopologyFile file(document, path("a.weir"), opened->bytes);
    QCOMPARE(linesNotCanonical(file.bytes(), catalog_), 0);
    QVERIFY(!file.canSave());
    QVERIFY(file.save(catalog_).ok());
    QCOMPARE(contents(path("a.weir")), QByteArray(sample::kTopology));
  }
  void aFileThatIsNotCanonicalSaysHowManyLinesSavingTouches() {
    QByteArray text = sample::kTopology;
    text.replace("\"name\": \"shop\"", "\"name\":   \"shop\"");
    put(path("b.weir"), text);
    const Result<OpenedFile> opened = openFile(path("b.weir"));
    Document document(opened->topology);
    TopologyFile file(document, path("b.weir"), opened->bytes);
    QCOMPARE(linesNotCanonical(file.bytes(), catalog_), 1);
    QVERIFY(!file.canSave());
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QVERIFY(file.canSave());
    QVERIFY(file.save(catalog_).ok());
    QCOMPARE(linesNotCanonical(file.bytes(), catalog_), 0);
    QVERIFY(!document.changed());
  }
  void aFileThatCannotBeReadSaysWhere() {
    put(path("bad.weir"), "{ \"weir\": 1,\n  \"name\" }");
    const Result<OpenedFile> opened = openFile(path("bad.weir"));
    QVERIFY(!opened.ok());
    QVERIFY(opened.error().message.find("bad.weir:2:") != std::string::npos);
    QVERIFY(!openFile(path("not there")).ok());
  }
  void aFileThatCannotBeWrittenKeepsTheWork() {
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QVERIFY(!file.saveAs(path("no such folder/c.weir"), catalog_).ok());
    QVERIFY(document.changed());
    QCOMPARE(file.title(), QString("shop"));
    QVERIFY(file.saveAs(path("c.weir"), catalog_).ok());
    QCOMPARE(file.title(), QString("c.weir"));
  }
  void changesByOthersAreNoticed() {
    put(path("d.weir"), sample::kTopology);
    Document document(sample::topology());
    TopologyFile file(document, path("d.weir"), sample::kTopology);
    QSignalSpy outside(&file, &TopologyFile::outsideChange);
    QByteArray text = sample::kTopology;
    put(path("d.weir"), text.replace("\"name\": \"shop\"", "\"name\": \"store\""));
    QTRY_COMPARE(outside.count(), 1);
    QVERIFY(file.reload().ok());
    QCOMPARE(document.topology().name.value, std::string("store"));
    QVERIFY(!document.changed());
    QVERIFY(document.undo());
    QVERIFY(document.changed());
  }
  void ourOwnSavesAreNoChangesByOthers() {
    put(path("e.weir"), sample::kTopology);
    Document document(sample::topology());
    TopologyFile file(document, path("e.weir"), sample::kTopology);
    QSignalSpy outside(&file, &TopologyFile::outsideChange);
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QVERIFY(file.save(catalog_).ok());
    // Comes after everything that the save has caused.
    QFile::remove(path("e.weir"));
    QTRY_COMPARE(outside.count(), 1);
    QCOMPARE(outside[0][0].toBool(), true);
  }
  void aTopologyWhoseFileIsGoneIsNotSaved() {
    put(path("g.weir"), sample::kTopology);
    Document document(sample::topology());
    TopologyFile file(document, path("g.weir"), sample::kTopology);
    QSignalSpy outside(&file, &TopologyFile::outsideChange);
    QSignalSpy back(&file, &TopologyFile::cameBack);
    QFile::remove(path("g.weir"));
    QTRY_COMPARE(outside.count(), 1);
    QVERIFY(file.canSave());
    QVERIFY(document.changed());
    put(path("g.weir"), sample::kTopology);
    QTRY_COMPARE(back.count(), 1);
    QVERIFY(!file.canSave());
  }
  void keepingMineLeavesSomethingToSave() {
    put(path("f.weir"), sample::kTopology);
    Document document(sample::topology());
    TopologyFile file(document, path("f.weir"), sample::kTopology);
    QByteArray text = sample::kTopology;
    put(path("f.weir"), text.replace("\"name\": \"shop\"", "\"name\": \"store\""));
    file.keepMine();
    QVERIFY(document.logicChanged());
    QVERIFY(file.save(catalog_).ok());
    QCOMPARE(contents(path("f.weir")), QByteArray(sample::kTopology));
  }
  void savingNamesWhatHasNoNameOfItsOwn() {
    topology::Topology fresh;
    fresh.name.value = kUntitled;
    Document document(fresh);
    TopologyFile file(document, {}, {});
    QVERIFY(!file.saveAs(path("no such folder/mine.weir"), catalog_).ok());
    QCOMPARE(document.topology().name.value, std::string(kUntitled));
    QVERIFY(document.undoLabel().isEmpty());
    QVERIFY(file.saveAs(path("mine.weir"), catalog_).ok());
    QCOMPARE(document.topology().name.value, std::string("mine"));
    QVERIFY(!document.changed());
    QVERIFY(document.undo());
    QCOMPARE(document.topology().name.value, std::string(kUntitled));
  }
  void linesTouchedCountsWhatDiffers() {
    QCOMPARE(linesTouched("a\nb\nc\n", "a\nb\nc\n"), 0);
    QCOMPARE(linesTouched("a\nb\nc\n", "a\nx\nc\n"), 1);
    QCOMPARE(linesTouched("a\nb\nc\n", "a\nc\n"), 1);
    QCOMPARE(linesTouched("a\nb\nc\nd\n", "b\nc\nd\ne\n"), 1);
    QCOMPARE(linesTouched("a\nx\nb\nx\nc\nx", "a\nx\nb\nx\nd\nx"), 1);
    // Of three that turned round one can stay.
    QCOMPARE(linesTouched("a\nb\nc\n", "c\nb\na\n"), 2);
  }
  void aLongTextWithoutCommonLinesIsCountedQuickly() {
    QByteArray left;
    QByteArray right;
    constexpr int kLines = 200'000;
    for (int line = 0; line < kLines; ++line) {
      left += "left " + QByteArray::number(line) + "\n";
      right += "right " + QByteArray::number(line) + "\n";
    }
    // By each against each it would take minutes.
    QCOMPARE(linesTouched(left, right), kLines);
  }
};

WEIR_TEST(FileTest)
#include "file_test.moc"
