// The language that the designer speaks: English, which the sources speak, or one of designer/translations.
#pragma once

#include <QStringList>
#include <QTranslator>

#include "designer/ui/shell/settings/english.hpp"

namespace weir::designer {

class Settings;

// Make it after the QApplication and before the first window: what has its words keeps them.
class Language {
 public:
  // The one that the settings want, or the desktop.
  explicit Language(const Settings& settings);
  // `code` is one of known().
  explicit Language(const QString& code);

  // What the settings want from the next start on: one of known(), or nothing, for the desktop's.
  static QString wanted(const Settings& settings);
  static void want(const QString& code, Settings& settings);

  static QStringList known();                   // "en" first
  static QString ofDesktop();                   // the one of known() that the desktop wants most
  static QString ownName(const QString& code);  // as those who speak it call it

 private:
  English english_;
  QTranslator dialogs_;  // Qt's own words, where they are installed
  QTranslator words_;
};

}  // namespace weir::designer
