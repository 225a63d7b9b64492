// What is remembered between two starts.
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>

#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/theme/tokens.h"
#include "tests/program/test.hpp"

using namespace weir::designer;

class SettingsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();

  void everythingIsThereTheNextTime();
  void aChangeIsToldOnce();
  void reducedMotionTakesNoTime();
  void theNewestFileIsTheFirst();
  void theListOfFilesEnds();
  void aFileMayBeTakenOffTheList();
  void aSessionIsAsItWas();
  void aShorterSessionLeavesNothingBehind();
  void testsHaveAFileOfTheirOwn();
  void whatIsNotUnderstoodIsTheDefault();

 private:
  QString file() const { return folder_->filePath("settings.ini"); }

  std::unique_ptr<QTemporaryDir> folder_;
};

void SettingsTest::init() {
  folder_ = std::make_unique<QTemporaryDir>();
}

void SettingsTest::everythingIsThereTheNextTime() {
  {
    Settings settings(file());
    QCOMPARE(settings.theme(), ThemeSetting::System);
    QCOMPARE(settings.reducedMotion(), false);
    settings.setTheme(ThemeSetting::Dark);
    settings.setReducedMotion(true);
    settings.setWeirPath("/usr/bin/weir");
    settings.setValue("canvas/minimap", false);
  }
  const Settings settings(file());
  QCOMPARE(settings.theme(), ThemeSetting::Dark);
  QCOMPARE(settings.reducedMotion(), true);
  QCOMPARE(settings.weirPath(), "/usr/bin/weir");
  QCOMPARE(settings.value("canvas/minimap", true).toBool(), false);
}

void SettingsTest::aChangeIsToldOnce() {
  Settings settings(file());
  QSignalSpy changes(&settings, &Settings::themeChanged);
  settings.setTheme(ThemeSetting::Light);
  settings.setTheme(ThemeSetting::Light);
  QCOMPARE(changes.count(), 1);
}

void SettingsTest::reducedMotionTakesNoTime() {
  Settings settings(file());
  QCOMPARE(settings.duration(motion::kLayout), motion::kLayout);
  settings.setReducedMotion(true);
  QCOMPARE(settings.duration(motion::kLayout), 0);
}

void SettingsTest::theNewestFileIsTheFirst() {
  Settings settings(file());
  settings.addRecentFile("/data/a.weir");
  settings.addRecentFile("/data/b.weir");
  QCOMPARE(settings.recentFiles(), (QStringList{"/data/b.weir", "/data/a.weir"}));
  settings.addRecentFile("/data/a.weir");
  QCOMPARE(settings.recentFiles(), (QStringList{"/data/a.weir", "/data/b.weir"}));
}

void SettingsTest::theListOfFilesEnds() {
  Settings settings(file());
  for (int number = 0; number < 2 * shell::kRecentFiles; ++number) {
    settings.addRecentFile(QString("/data/%1.weir").arg(number));
  }
  QCOMPARE(settings.recentFiles().size(), shell::kRecentFiles);
  settings.clearRecentFiles();
  QVERIFY(settings.recentFiles().isEmpty());
}

void SettingsTest::aFileMayBeTakenOffTheList() {
  Settings settings(file());
  settings.addRecentFile("/data/a.weir");
  settings.addRecentFile("/data/b.weir");
  QSignalSpy changes(&settings, &Settings::recentFilesChanged);
  settings.removeRecentFile("/data/a.weir");
  settings.removeRecentFile("/data/none.weir");
  QCOMPARE(settings.recentFiles(), QStringList{"/data/b.weir"});
  QCOMPARE(changes.count(), 1);
}

void SettingsTest::aSessionIsAsItWas() {
  const QList<WindowSession> windows = {{"geometry", "docks", {"/data/a.weir", "/data/b.weir"}, 1}, {"g", "d", {}, 0}};
  Settings(file()).setSession(windows);
  QCOMPARE(Settings(file()).session(), windows);
}

void SettingsTest::aShorterSessionLeavesNothingBehind() {
  Settings settings(file());
  settings.setSession({{"g", "d", {"/data/a.weir"}, 0}, {"g", "d", {"/data/b.weir"}, 0}});
  settings.setSession({{"g", "d", {"/data/c.weir"}, 0}});
  QCOMPARE(settings.session().size(), 1);
  settings.setSession({});
  QVERIFY(settings.session().isEmpty());
}

void SettingsTest::testsHaveAFileOfTheirOwn() {
  const QString users = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + "/weir/designer.ini";
  QStandardPaths::setTestModeEnabled(true);
  const QString tests = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + "/weir/designer.ini";
  QVERIFY(users != tests);
  QFile::remove(tests);
  const bool userHadOne = QFile::exists(users);
  {
    Settings settings;
    settings.setWeirPath("/opt/weir");
  }
  QVERIFY(QFile::exists(tests));
  QCOMPARE(QFile::exists(users), userHadOne);
  QFile::remove(tests);
  QStandardPaths::setTestModeEnabled(false);
}

void SettingsTest::whatIsNotUnderstoodIsTheDefault() {
  Settings settings(file());
  settings.setValue("look/theme", "purple");
  QCOMPARE(settings.theme(), ThemeSetting::System);
}

WEIR_TEST(SettingsTest)
#include "settings_test.moc"
