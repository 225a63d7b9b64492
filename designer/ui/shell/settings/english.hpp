// The language of the sources, for people: "1 node", "2 nodes" where they say "%n node(s)"; "1 city" for "%n cit(ies)".
#pragma once

#include <QTranslator>

namespace weir::designer {

// Install it before the translator of another language, which then comes first.
class English : public QTranslator {
  Q_OBJECT

 public:
  using QTranslator::QTranslator;

  bool isEmpty() const override { return false; }
  QString translate(const char* context, const char* text, const char* hint, int number) const override;
};

}  // namespace weir::designer
