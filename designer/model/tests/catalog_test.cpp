#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "designer/model/service/catalog_service.hpp"
#include "designer/model/tests/patience.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class CatalogTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString program(const char* name, const char* script) const {
    QString path = folder_.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(script);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
  }

 private Q_SLOTS:
  void theRunnerTellsItsPlugins() {
    CatalogService service;
    QSignalSpy loaded(&service, &CatalogService::loaded);
    service.load(weir::places::inBuild("bin/weir"));
    QTRY_COMPARE(loaded.count(), 1);
    QVERIFY(service.catalog()->find("window.tumbling") != nullptr);
    QVERIFY(service.catalog()->find("std.filter") != nullptr);
  }
  void aRunnerThatIsNotThereIsASentence() {
    CatalogService service;
    QSignalSpy failed(&service, &CatalogService::failed);
    service.load({});
    QCOMPARE(failed.count(), 1);
    service.load(folder_.filePath("not there"));
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(failed[1][0].toString().contains("could not be started"));
  }
  void aRunnerThatFailsSaysWhatItSaid() {
    CatalogService service;
    QSignalSpy failed(&service, &CatalogService::failed);
    service.load(program("broken", "#!/bin/sh\necho out of order >&2\nexit 3\n"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed[0][0].toString().contains("out of order"));
    QVERIFY(service.catalog() != nullptr);
  }
  void theSettingsComeBeforeTheOwnFolder() {
    const QString own = program("weir", "#!/bin/sh\n");
    const QString other = program("other", "#!/bin/sh\n");
    QCOMPARE(findRunner({}, folder_.path()), own);
    QCOMPARE(findRunner(other, folder_.path()), other);
    QCOMPARE(findRunner("/not there", folder_.path()), own);
  }
  void rubbishIsNoCatalog() {
    QVERIFY(!catalogFromJson("[]").ok());
    QVERIFY(!catalogFromJson("{\"plugins\":[{\"path\":\"a.so\",\"manifest\":{}}]}").ok());
  }
};

WEIR_TEST(CatalogTest)
#include "catalog_test.moc"
