#include "designer/ui/shell/settings/language.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>

#include "designer/ui/shell/settings/settings.hpp"

// Outside a namespace: it declares a function of Qt's.
static void provideTranslations() {
  Q_INIT_RESOURCE(translations);
}

namespace weir::designer {
namespace {

const QString kSetting = QStringLiteral("look/language");
const QString kFolder = QStringLiteral(":/translations");
const QString kPrefix = QStringLiteral("weir_");
const QString kEnglish = QStringLiteral("en");

QString chosen(const Settings& settings) {
  QString code = Language::wanted(settings);
  if (code.isEmpty()) return Language::ofDesktop();
  QLocale::setDefault(QLocale(code));  // numbers and sizes, too
  return code;
}

}  // namespace

Language::Language(const Settings& settings) : Language(chosen(settings)) {}

Language::Language(const QString& code) {
  provideTranslations();
  // The last one is asked first.
  QCoreApplication::installTranslator(&english_);
  if (code == kEnglish) return;
  if (dialogs_.load(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
    QCoreApplication::installTranslator(&dialogs_);
  }
  if (words_.load(kPrefix + code, kFolder)) QCoreApplication::installTranslator(&words_);
}

QString Language::wanted(const Settings& settings) {
  const QString code = settings.value(kSetting).toString();
  return known().contains(code) ? code : QString();
}

void Language::want(const QString& code, Settings& settings) {
  settings.setValue(kSetting, code);
}

QStringList Language::known() {
  provideTranslations();
  QStringList codes(kEnglish);
  for (const QString& file : QDir(kFolder).entryList({kPrefix + QStringLiteral("*.qm")}, QDir::Files, QDir::Name)) {
    codes.append(file.mid(kPrefix.size()).section(u'.', 0, 0));
  }
  return codes;
}

QString Language::ofDesktop() {
  const QStringList there = known();
  for (QString wanted : QLocale::system().uiLanguages()) {
    wanted.replace(u'-', u'_');
    if (there.contains(wanted)) return wanted;
    if (QString language = wanted.section(u'_', 0, 0); there.contains(language)) return language;
  }
  return kEnglish;
}

QString Language::ownName(const QString& code) {
  const QLocale locale(code);
  // "American English" says more than there is.
  const QString name = code == kEnglish ? QStringLiteral("English") : locale.nativeLanguageName();
  return locale.toUpper(name.left(1)) + name.mid(1);
}

}  // namespace weir::designer
