// What the designer remembers between two starts. One file in the user's configuration folder; tests get theirs from
// QStandardPaths::setTestModeEnabled.
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSettings>
#include <QStringList>

#include "designer/ui/theme/theme_watcher.hpp"

namespace weir::designer {

// One window, as it was when the designer ended.
struct WindowSession {
  QByteArray geometry;
  QByteArray docks;
  QStringList files;  // of its tabs; those without a file are not in it
  int current = 0;

  bool operator==(const WindowSession&) const = default;
};

class Settings : public QObject {
  Q_OBJECT

 public:
  explicit Settings(QObject* parent = nullptr);
  // For a file of one's own.
  explicit Settings(const QString& file, QObject* parent = nullptr);

  ThemeSetting theme() const;
  void setTheme(ThemeSetting theme);

  bool reducedMotion() const;
  void setReducedMotion(bool reduced);
  // How long something may move: `milliseconds`, or not at all.
  int duration(int milliseconds) const { return reducedMotion() ? 0 : milliseconds; }

  // Where `weir` is; empty: beside the designer, then on PATH.
  QString weirPath() const;
  void setWeirPath(const QString& path);

  // The newest first; a file that is used again moves up.
  QStringList recentFiles() const;
  void addRecentFile(const QString& path);
  void removeRecentFile(const QString& path);
  void clearRecentFiles();

  QList<WindowSession> session() const;
  void setSession(const QList<WindowSession>& windows);

  // For what others keep, under a name of their own: "canvas/minimap".
  QVariant value(const QString& key, const QVariant& otherwise = {}) const;
  void setValue(const QString& key, const QVariant& value);

 Q_SIGNALS:
  void themeChanged(weir::designer::ThemeSetting theme);
  void reducedMotionChanged(bool reduced);
  void weirPathChanged(const QString& path);
  void recentFilesChanged();

 private:
  mutable QSettings store_;  // reading an array moves within it
};

}  // namespace weir::designer
