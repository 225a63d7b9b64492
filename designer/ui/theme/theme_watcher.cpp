#include "designer/ui/theme/theme_watcher.hpp"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QPalette>

namespace weir::designer {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

constexpr uint kPrefersDark = 1;
constexpr uint kPrefersLight = 2;

ColorScheme platformScheme() {
  const QPalette palette = QGuiApplication::palette();
  return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness()
             ? ColorScheme::Dark
             : ColorScheme::Light;
}

std::optional<ColorScheme> schemeOfEnvironment() {
  const QByteArray name = qgetenv("WEIR_THEME");
  if (name == "light") return ColorScheme::Light;
  if (name == "dark") return ColorScheme::Dark;
  return std::nullopt;
}

}  // namespace

ThemeWatcher::ThemeWatcher(ThemeSetting setting, QDBusConnection bus, QObject* parent)
    : QObject(parent), setting_(setting), platform_(platformScheme()), forced_(schemeOfEnvironment()) {
  update();
  if (forced_ || !bus.isConnected()) return;
  bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
              SLOT(onPortalSetting(QString, QString, QDBusVariant)));
  QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
  question << kGroup << kKey;
  auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
  connect(answer, &QDBusPendingCallWatcher::finished, this, &ThemeWatcher::onPortalAnswer);
}

void ThemeWatcher::setSetting(ThemeSetting setting) {
  setting_ = setting;
  update();
}

void ThemeWatcher::onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value) {
  if (group == kGroup && key == kKey) takePortalValue(value.variant());
}

void ThemeWatcher::onPortalAnswer(QDBusPendingCallWatcher* answer) {
  const QDBusPendingReply<QDBusVariant> reply = *answer;
  answer->deleteLater();
  if (reply.isValid()) takePortalValue(reply.value().variant());
}

void ThemeWatcher::takePortalValue(const QVariant& value) {
  QVariant plain = value;
  // `Read` wraps the value once more than the signal does.
  while (plain.canConvert<QDBusVariant>()) plain = plain.value<QDBusVariant>().variant();
  const uint preference = plain.toUInt();
  portal_ = preference == kPrefersDark    ? std::optional(ColorScheme::Dark)
            : preference == kPrefersLight ? std::optional(ColorScheme::Light)
                                          : std::nullopt;
  update();
}

void ThemeWatcher::update() {
  const ColorScheme before = scheme_;
  if (forced_) {
    scheme_ = *forced_;
  } else if (setting_ == ThemeSetting::System) {
    scheme_ = portal_.value_or(platform_);
  } else {
    scheme_ = setting_ == ThemeSetting::Dark ? ColorScheme::Dark : ColorScheme::Light;
  }
  if (scheme_ != before) Q_EMIT schemeChanged(scheme_);
}

}  // namespace weir::designer
