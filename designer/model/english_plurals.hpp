// English as it is written in the sources, with "(s)" put right for the number: "1 line", "2 lines".
//
// Without a translation Qt shows the source text as it is. A real translation is installed after this one and comes
// first.
#pragma once

#include <QTranslator>

namespace weir::designer {

class EnglishPlurals : public QTranslator {
  Q_OBJECT

 public:
  using QTranslator::QTranslator;

  bool isEmpty() const override { return false; }
  QString translate(const char* /*context*/, const char* text, const char* /*comment*/, int number) const override {
    if (number < 0) return {};
    return QString::fromUtf8(text).replace(QLatin1String("(s)"), QLatin1String(number == 1 ? "" : "s"));
  }
};

}  // namespace weir::designer
