// The desktop's portal is played by this test, on a bus of its own.
#include <QDBusConnection>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QPalette>
#include <QProcess>
#include <QSignalSpy>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/theme/theme_watcher.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

// What a desktop offers.
class Portal : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

 public:
  uint preference = 0;
  int asked = 0;

 public Q_SLOTS:
  QDBusVariant Read(const QString& group, const QString& key) {
    ++asked;
    const bool known = group == "org.freedesktop.appearance" && key == "color-scheme";
    // Wrapped twice, as real portals do.
    return QDBusVariant(QVariant::fromValue(QDBusVariant(known ? preference : 99U)));
  }

 Q_SIGNALS:
  void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

// Hears what the watcher hears, after it.
class Listener : public QObject {
  Q_OBJECT

 public:
  int heard = 0;

 public Q_SLOTS:
  void hear() { ++heard; }
};

class ThemeWatcherTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup();
  void cleanupTestCase();

  void theDesktopIsAsked_data();
  void theDesktopIsAsked();
  void aChangeOfTheDesktopIsFollowed();
  void otherSettingsOfTheDesktopAreIgnored();
  void aSettingOfTheUserWins();
  void theSettingSystemReturnsToTheDesktop();
  void withoutPreferenceThePlatformsWindowDecides();
  void theEnvironmentWins();

 private:
  std::unique_ptr<ThemeWatcher> watcher(ThemeSetting setting = ThemeSetting::System) {
    return std::make_unique<ThemeWatcher>(setting, QDBusConnection(QStringLiteral("watcher")));
  }

  QProcess bus_;
  std::unique_ptr<Portal> portal_;
};

void ThemeWatcherTest::initTestCase() {
  bus_.start("dbus-daemon", {"--session", "--nofork", "--print-address"});
  QVERIFY2(bus_.waitForReadyRead(10'000), "dbus-daemon does not start; it is in the Debian package dbus-daemon");
  const QString address = QString::fromUtf8(bus_.readLine()).trimmed();
  QVERIFY(QDBusConnection::connectToBus(address, "portal").isConnected());
  QVERIFY(QDBusConnection::connectToBus(address, "watcher").isConnected());
  QVERIFY(QDBusConnection("portal").registerService("org.freedesktop.portal.Desktop"));
}

void ThemeWatcherTest::init() {
  qunsetenv("WEIR_THEME");
  QGuiApplication::setPalette(QPalette());
  portal_ = std::make_unique<Portal>();
  QVERIFY(QDBusConnection("portal").registerObject("/org/freedesktop/portal/desktop", portal_.get(),
                                                   QDBusConnection::ExportAllContents));
}

void ThemeWatcherTest::cleanup() {
  QDBusConnection("portal").unregisterObject("/org/freedesktop/portal/desktop");
  portal_.reset();
}

void ThemeWatcherTest::cleanupTestCase() {
  QDBusConnection::disconnectFromBus("portal");
  QDBusConnection::disconnectFromBus("watcher");
  bus_.kill();
  QVERIFY(bus_.waitForFinished());
}

void ThemeWatcherTest::theDesktopIsAsked_data() {
  QTest::addColumn<uint>("preference");
  QTest::addColumn<bool>("dark");
  QTest::newRow("prefers dark") << 1U << true;
  QTest::newRow("prefers light") << 2U << false;
}

void ThemeWatcherTest::theDesktopIsAsked() {
  QFETCH(uint, preference);
  QFETCH(bool, dark);
  QPalette opposite;
  opposite.setColor(QPalette::Window, dark ? Qt::white : Qt::black);
  opposite.setColor(QPalette::WindowText, dark ? Qt::black : Qt::white);
  QGuiApplication::setPalette(opposite);
  portal_->preference = preference;
  const auto it = watcher();
  QTRY_COMPARE(it->scheme() == ColorScheme::Dark, dark);
  QCOMPARE(portal_->asked, 1);
}

void ThemeWatcherTest::aChangeOfTheDesktopIsFollowed() {
  portal_->preference = 2;
  const auto it = watcher();
  QTRY_COMPARE(portal_->asked, 1);
  QSignalSpy changes(it.get(), &ThemeWatcher::schemeChanged);
  Q_EMIT portal_->SettingChanged("org.freedesktop.appearance", "color-scheme", QDBusVariant(1U));
  QTRY_COMPARE(changes.count(), 1);
  QCOMPARE(it->scheme(), ColorScheme::Dark);
}

void ThemeWatcherTest::otherSettingsOfTheDesktopAreIgnored() {
  portal_->preference = 2;
  const auto it = watcher();
  QTRY_COMPARE(portal_->asked, 1);
  QSignalSpy changes(it.get(), &ThemeWatcher::schemeChanged);
  Listener listener;
  QVERIFY(QDBusConnection("watcher").connect({}, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings",
                                             "SettingChanged", &listener, SLOT(hear())));
  Q_EMIT portal_->SettingChanged("org.freedesktop.appearance", "contrast", QDBusVariant(1U));
  Q_EMIT portal_->SettingChanged("org.gnome.desktop.interface", "color-scheme", QDBusVariant(1U));
  Q_EMIT portal_->SettingChanged("org.freedesktop.appearance", "color-scheme", QDBusVariant(2U));
  QTRY_COMPARE(listener.heard, 3);
  QCOMPARE(changes.count(), 0);
}

void ThemeWatcherTest::aSettingOfTheUserWins() {
  portal_->preference = 1;
  const auto it = watcher(ThemeSetting::Light);
  QTRY_COMPARE(portal_->asked, 1);
  Q_EMIT portal_->SettingChanged("org.freedesktop.appearance", "color-scheme", QDBusVariant(1U));
  it->setSetting(ThemeSetting::Dark);
  QCOMPARE(it->scheme(), ColorScheme::Dark);
  it->setSetting(ThemeSetting::Light);
  QCOMPARE(it->scheme(), ColorScheme::Light);
}

void ThemeWatcherTest::theSettingSystemReturnsToTheDesktop() {
  portal_->preference = 1;
  const auto it = watcher();
  QTRY_COMPARE(portal_->asked, 1);  // or the question would come to the portal of the next test
  QTRY_COMPARE(it->scheme(), ColorScheme::Dark);
  it->setSetting(ThemeSetting::Light);
  QCOMPARE(it->scheme(), ColorScheme::Light);
  it->setSetting(ThemeSetting::System);
  QCOMPARE(it->scheme(), ColorScheme::Dark);
}

void ThemeWatcherTest::withoutPreferenceThePlatformsWindowDecides() {
  QPalette dark;
  dark.setColor(QPalette::Window, Qt::black);
  dark.setColor(QPalette::WindowText, Qt::white);
  QGuiApplication::setPalette(dark);
  const auto it = watcher();
  QCOMPARE(it->scheme(), ColorScheme::Dark);
  QTRY_COMPARE(portal_->asked, 1);
  QCOMPARE(it->scheme(), ColorScheme::Dark);
}

void ThemeWatcherTest::theEnvironmentWins() {
  qputenv("WEIR_THEME", "dark");
  const auto it = watcher(ThemeSetting::Light);
  QCOMPARE(it->scheme(), ColorScheme::Dark);
  it->setSetting(ThemeSetting::System);
  QCOMPARE(it->scheme(), ColorScheme::Dark);
}

WEIR_TEST(ThemeWatcherTest)
#include "watcher_test.moc"
