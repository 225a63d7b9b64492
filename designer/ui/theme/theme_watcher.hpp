// Which scheme to show: what the user set, else what the desktop says and keeps saying.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QVariant>
#include <optional>

#include "designer/ui/theme/tokens.h"

class QDBusPendingCallWatcher;
class QDBusVariant;

namespace weir::designer {

enum class ThemeSetting : std::uint8_t { System, Light, Dark };

// Asks the desktop portal (org.freedesktop.portal.Settings) and follows its signal. Where there is none, the lightness
// of the window colour that the platform gave before any theme was applied decides: make this object first.
// The environment variable WEIR_THEME (light, dark) wins over everything, for tests and pictures.
class ThemeWatcher : public QObject {
  Q_OBJECT

 public:
  explicit ThemeWatcher(ThemeSetting setting, QDBusConnection bus = QDBusConnection::sessionBus(),
                        QObject* parent = nullptr);

  ThemeSetting setting() const { return setting_; }
  void setSetting(ThemeSetting setting);
  ColorScheme scheme() const { return scheme_; }

 Q_SIGNALS:
  void schemeChanged(weir::designer::ColorScheme scheme);

 private Q_SLOTS:
  void onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value);

 private:
  void onPortalAnswer(QDBusPendingCallWatcher* answer);
  void takePortalValue(const QVariant& value);
  void update();

  ThemeSetting setting_;
  ColorScheme platform_;               // by the lightness of the platform's window colour
  std::optional<ColorScheme> portal_;  // empty: it has no preference, or there is no portal
  std::optional<ColorScheme> forced_;
  ColorScheme scheme_ = ColorScheme::Light;
};

}  // namespace weir::designer
