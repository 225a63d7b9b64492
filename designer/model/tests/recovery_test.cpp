#include "designer/model/file/recovery.hpp"

#include <QDir>
#include <QTemporaryDir>

#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class RecoveryTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QStringList files() const { return QDir(folder_.path()).entryList(QDir::Files); }
  // What a designer that crashed leaves: the files of a process that is gone.
  void giveToADeadProcess() {
    for (const QString& name : files()) {
      const QString dead = "4194305-" + name.section('-', 1);  // no process has so high a number
      QVERIFY(QFile::rename(folder_.filePath(name), folder_.filePath(dead)));
    }
  }

 private Q_SLOTS:
  void cleanup() {
    for (const QString& name : files()) QFile::remove(folder_.filePath(name));
  }
  void everyChangeIsWrittenAMomentLater() {
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    const Autosave autosave(document, file, folder_.path());
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QTRY_COMPARE(files().size(), 2);
  }
  void whatACrashLeftIsShownWithItsChanges() {
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    Autosave autosave(document, file, folder_.path());
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QVERIFY(autosave.write());
    QVERIFY(recoverable(folder_.path()).empty());  // it is still open
    giveToADeadProcess();
    const std::vector<Recoverable> found = recoverable(folder_.path());
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].work, document.topology());
    QVERIFY(found[0].changes.contains("+ node drop (shop.drop)"));
    forget(folder_.path(), found[0].id);
    QVERIFY(recoverable(folder_.path()).empty());
  }
  void savedWorkNeedsNoRecovery() {
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    Autosave autosave(document, file, folder_.path());
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QVERIFY(autosave.write());
    document.markSaved();
    QVERIFY(files().isEmpty());
  }
  void aClosedDocumentLeavesNothing() {
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    {
      Autosave autosave(document, file, folder_.path());
      document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
      QVERIFY(autosave.write());
    }
    QVERIFY(files().isEmpty());
  }
};

WEIR_TEST(RecoveryTest)
#include "recovery_test.moc"
