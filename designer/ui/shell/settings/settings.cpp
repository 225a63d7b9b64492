#include "designer/ui/shell/settings/settings.hpp"

#include <QFileInfo>
#include <QStandardPaths>

#include "designer/ui/theme/tokens.h"

namespace weir::designer {
namespace {

const QString kTheme = QStringLiteral("look/theme");
const QString kReducedMotion = QStringLiteral("look/reduced_motion");
const QString kWeirPath = QStringLiteral("weir/path");
const QString kRecent = QStringLiteral("files/recent");
const QString kSession = QStringLiteral("session");

QString defaultFile() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/weir/designer.ini");
}

QString themeName(ThemeSetting theme) {
  switch (theme) {
    case ThemeSetting::System: return QStringLiteral("system");
    case ThemeSetting::Light: return QStringLiteral("light");
    case ThemeSetting::Dark: return QStringLiteral("dark");
  }
  Q_UNREACHABLE();
}

}  // namespace

Settings::Settings(QObject* parent) : Settings(defaultFile(), parent) {}

Settings::Settings(const QString& file, QObject* parent) : QObject(parent), store_(file, QSettings::IniFormat) {}

ThemeSetting Settings::theme() const {
  const QString name = store_.value(kTheme).toString();
  for (const ThemeSetting theme : {ThemeSetting::Light, ThemeSetting::Dark}) {
    if (name == themeName(theme)) return theme;
  }
  return ThemeSetting::System;
}

void Settings::setTheme(ThemeSetting theme) {
  if (theme == this->theme()) return;
  store_.setValue(kTheme, themeName(theme));
  Q_EMIT themeChanged(theme);
}

bool Settings::reducedMotion() const {
  return store_.value(kReducedMotion, false).toBool();
}

void Settings::setReducedMotion(bool reduced) {
  if (reduced == reducedMotion()) return;
  store_.setValue(kReducedMotion, reduced);
  Q_EMIT reducedMotionChanged(reduced);
}

QString Settings::weirPath() const {
  return store_.value(kWeirPath).toString();
}

void Settings::setWeirPath(const QString& path) {
  if (path == weirPath()) return;
  store_.setValue(kWeirPath, path);
  Q_EMIT weirPathChanged(path);
}

QStringList Settings::recentFiles() const {
  return store_.value(kRecent).toStringList();
}

void Settings::addRecentFile(const QString& path) {
  const QString whole = QFileInfo(path).absoluteFilePath();
  QStringList files = recentFiles();
  files.removeAll(whole);
  files.prepend(whole);
  while (files.size() > shell::kRecentFiles) files.removeLast();
  store_.setValue(kRecent, files);
  Q_EMIT recentFilesChanged();
}

void Settings::removeRecentFile(const QString& path) {
  QStringList files = recentFiles();
  if (files.removeAll(QFileInfo(path).absoluteFilePath()) == 0) return;
  store_.setValue(kRecent, files);
  Q_EMIT recentFilesChanged();
}

void Settings::clearRecentFiles() {
  store_.remove(kRecent);
  Q_EMIT recentFilesChanged();
}

QList<WindowSession> Settings::session() const {
  QList<WindowSession> windows;
  const int count = store_.beginReadArray(kSession);
  for (int index = 0; index < count; ++index) {
    store_.setArrayIndex(index);
    windows.append(
        {store_.value(QStringLiteral("geometry")).toByteArray(), store_.value(QStringLiteral("docks")).toByteArray(),
         store_.value(QStringLiteral("files")).toStringList(), store_.value(QStringLiteral("current")).toInt()});
  }
  store_.endArray();
  return windows;
}

void Settings::setSession(const QList<WindowSession>& windows) {
  store_.remove(kSession);
  store_.beginWriteArray(kSession, static_cast<int>(windows.size()));
  for (int index = 0; index < windows.size(); ++index) {
    store_.setArrayIndex(index);
    store_.setValue(QStringLiteral("geometry"), windows[index].geometry);
    store_.setValue(QStringLiteral("docks"), windows[index].docks);
    store_.setValue(QStringLiteral("files"), windows[index].files);
    store_.setValue(QStringLiteral("current"), windows[index].current);
  }
  store_.endArray();
}

QVariant Settings::value(const QString& key, const QVariant& otherwise) const {
  return store_.value(key, otherwise);
}

void Settings::setValue(const QString& key, const QVariant& value) {
  store_.setValue(key, value);
}

}  // namespace weir::designer
