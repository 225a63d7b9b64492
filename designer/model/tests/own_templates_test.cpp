// Templates of one's own are files that anybody can read.
#include "designer/model/file/own_templates.hpp"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "designer/model/file/topology_file.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class OwnTemplatesTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = sample::catalog();

  static QString titles(const OwnTemplates& own) {
    QStringList all;
    for (const OwnTemplate& one : own.all()) all += one.title;
    return all.join(", ");
  }

 private Q_SLOTS:
  void whatIsSavedIsThereTheNextTime() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("own");
    OwnTemplates own;
    own.setFolder(path);
    QVERIFY(own.all().empty());
    const QSignalSpy changed(&own, &OwnTemplates::changed);
    QVERIFY(own.save(sample::topology(), "Large orders", "By amount", catalog_));
    QCOMPARE(changed.count(), 1);
    OwnTemplates later;
    later.setFolder(path);
    QCOMPARE(titles(later), QString("Large orders"));
    QCOMPARE(later.all()[0].description, QString("By amount"));
    const Result<OpenedFile> opened = openFile(later.all()[0].file);
    QCOMPARE(opened->topology.name.value, std::string("Large_orders"));
    QCOMPARE(opened->topology.nodes.size(), std::size_t{3});
  }
  void aNameThatCannotBeIsRefused() {
    const QTemporaryDir folder;
    OwnTemplates own;
    own.setFolder(folder.path());
    QVERIFY(own.save(sample::topology(), "One", {}, catalog_));
    for (const char* const name : {"", "  ", "a/b", ".hidden", "One"}) {
      QVERIFY2(!own.save(sample::topology(), name, {}, catalog_), name);
    }
    QCOMPARE(own.all().size(), std::size_t{1});
  }
  void aTemplateGetsAnotherName() {
    const QTemporaryDir folder;
    OwnTemplates own;
    own.setFolder(folder.path());
    QVERIFY(own.save(sample::topology(), "One", {}, catalog_));
    QVERIFY(own.save(sample::topology(), "Two", {}, catalog_));
    QVERIFY(!own.change(own.all()[0].file, "Two", {}, catalog_));
    QVERIFY(own.change(own.all()[0].file, "Three", "what", catalog_));
    QCOMPARE(titles(own), QString("Three, Two"));
    QCOMPARE(own.all()[0].description, QString("what"));
    QVERIFY(own.remove(own.all()[0].file));
    QCOMPARE(titles(own), QString("Two"));
  }
  void aBrokenFileIsListedWithItsError() {
    const QTemporaryDir folder;
    QFile file(folder.filePath("Broken.weir"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{ \"weir\": 1,") > 0);
    file.close();
    OwnTemplates own;
    own.setFolder(folder.path());
    QCOMPARE(titles(own), QString("Broken"));
    QVERIFY(!own.all()[0].error.isEmpty());
    QVERIFY(own.change(own.all()[0].file, "Still broken", {}, catalog_));
    QCOMPARE(titles(own), QString("Still broken"));
  }
};

WEIR_TEST(OwnTemplatesTest)
#include "own_templates_test.moc"
