// A language that marks what went through the translator, and everything that a person reads in a widget.
#pragma once

#include <QTranslator>
#include <QWidget>
#include <array>
#include <set>
#include <string>

#include "core/topology/check/check.hpp"
#include "designer/model/service/catalog_service.hpp"

namespace weir::designer::test {

// Puts brackets around every text and makes it 40 % longer, as other languages are.
class PseudoLocale : public QTranslator {
 public:
  bool isEmpty() const override { return false; }
  QString translate(const char* context, const char* text, const char* hint, int number) const override;

  // What it was asked for, but for Qt's own words, and another language does not know.
  QStringList missingIn(const QTranslator& language) const;

 private:
  using Word = std::array<std::string, 3>;  // context, text, hint
  mutable std::set<Word> asked_;
};

struct SeenWords {
  QString owner;  // class of the widget, for people
  QString text;
};

// What is to be read or heard of what is visible in `root`: labels, buttons, tabs, tool tips, places for text, lists,
// tables, menus and actions. Not what somebody has typed, and not what is painted without a widget.
std::vector<SeenWords> wordsOf(QWidget& root);

// The words that need no translator:
// - user data: the topologies of the test have names without two letters side by side, so they are none;
// - manifests: their titles and help are marked by markManifest(); names that are written into files (operators,
//   parameters, ports, choices, types of columns) stand as they are;
// - sentences and fixes of core's checks, which the runner prints as well and which have no translations yet;
// - key names, at the end and in brackets, and the name of the program.
class Untranslated {
 public:
  Untranslated(const catalog::Catalog& catalog, const topology::CheckOutcome& checked);

  // Whether something is left of the text that should have been translated.
  bool holdsBareWords(QString text) const;

 private:
  std::set<QString> sentences_;
  std::set<QString> names_;
};

QByteArray markManifest(const QByteArray& manifest);

// Widgets whose words do not fit: "class: words". The class alone: what is in it covers itself.
QStringList cutWords(QWidget& root);

}  // namespace weir::designer::test
