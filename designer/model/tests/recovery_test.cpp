#include "designer/model/file/recovery.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QTemporaryDir>
#include <csignal>

#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

namespace {

// Another process that works on a topology and has written what is not saved.
class OtherDesigner {
 public:
  explicit OtherDesigner(const QString& folder) {
    int pipe[2];
    if (::pipe(pipe) != 0) qFatal("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
      Document document(sample::topology());
      TopologyFile file(document, {}, {});
      Autosave autosave(document, file, folder);
      document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
      const char written = autosave.write() ? 'y' : 'n';
      if (::write(pipe[1], &written, 1) != 1) ::_exit(1);
      for (;;) ::pause();
    }
    ::close(pipe[1]);
    char written = 'n';
    if (::read(pipe[0], &written, 1) != 1 || written != 'y') qFatal("the other process has written nothing");
    ::close(pipe[0]);
  }
  ~OtherDesigner() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  OtherDesigner(const OtherDesigner&) = delete;
  OtherDesigner& operator=(const OtherDesigner&) = delete;

  pid_t process() const { return process_; }
  // Returns when it is dead; it stays a zombie.
  void kill() const {
    ::kill(process_, SIGKILL);
    siginfo_t how{};
    if (::waitid(P_PID, static_cast<id_t>(process_), &how, WEXITED | WNOWAIT) != 0) qFatal("it does not die");
  }

 private:
  pid_t process_ = 0;
};

}  // namespace

class RecoveryTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QStringList files() const { return QDir(folder_.path()).entryList(QDir::Files); }
  QStringList works() const { return QDir(folder_.path()).entryList({"*.weir"}, QDir::Files); }

 private Q_SLOTS:
  void cleanup() {
    for (const QString& name : files()) QFile::remove(folder_.filePath(name));
  }
  void everyChangeIsWrittenAMomentLater() {
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    const Autosave autosave(document, file, folder_.path());
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QTRY_COMPARE(works().size(), 1);
  }
  void whatIsOpenIsOfferedByNobody() {
    const OtherDesigner other(folder_.path());
    QCOMPARE(works().size(), 1);
    QVERIFY(recoverable(folder_.path()).empty());
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    Autosave autosave(document, file, folder_.path());
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QVERIFY(autosave.write());
    QVERIFY(recoverable(folder_.path()).empty());
  }
  // As a shell that starts it again at once sees it: nobody has asked for the dead process yet, it is a zombie.
  void whatAKilledDesignerLeftIsThereAtOnce() {
    OtherDesigner other(folder_.path());
    other.kill();
    const std::vector<Recoverable> found = recoverable(folder_.path());
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found[0].work.node("drop") != nullptr);
    QVERIFY(QFileInfo::exists(QString("/proc/%1").arg(other.process())));
    forget(folder_.path(), found[0]);
    QVERIFY(files().isEmpty());
  }
  // As those of a version that went by the number of its process, which another program has now.
  void aNumberThatAnotherProcessHasHidesNothing() {
    QFile file(folder_.filePath(QString("%1-x.weir").arg(QCoreApplication::applicationPid())));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(sample::kTopology);
    file.close();
    QCOMPARE(recoverable(folder_.path()).size(), std::size_t{1});
  }
  void whatOneOffersNobodyElseDoes() {
    OtherDesigner other(folder_.path());
    other.kill();
    {
      const std::vector<Recoverable> found = recoverable(folder_.path());
      QCOMPARE(found.size(), std::size_t{1});
      QVERIFY(recoverable(folder_.path()).empty());
    }
    QCOMPARE(recoverable(folder_.path()).size(), std::size_t{1});
  }
  void whatIsRecoveredIsThereOnceAfterAnotherCrash() {
    OtherDesigner other(folder_.path());
    other.kill();
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    Autosave autosave(document, file, folder_.path());
    std::vector<Recoverable> found = recoverable(folder_.path());
    const QString id = found[0].id;
    document.apply({"Recover", found[0].work, {}, {}});
    autosave.goOnWith(std::move(found[0]));
    document.apply(renameNode(document.topology(), "drop", "Another"));
    QVERIFY(autosave.write());
    QCOMPARE(works(), QStringList(id + ".weir"));
  }
  void whatIsDiscardedIsGoneAtOnceAndComesBackWithTheNextChange() {
    Document document(sample::topology());
    TopologyFile file(document, {}, {});
    Autosave autosave(document, file, folder_.path());
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QVERIFY(autosave.write());
    autosave.discard();
    QVERIFY(files().isEmpty());
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QTRY_COMPARE(works().size(), 1);
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
