// Colours JSON: names, texts, numbers and the like.
#pragma once

#include <QSyntaxHighlighter>

namespace weir::designer {

class JsonHighlighter : public QSyntaxHighlighter {
  Q_OBJECT

 public:
  using QSyntaxHighlighter::QSyntaxHighlighter;

 protected:
  void highlightBlock(const QString& text) override;
};

}  // namespace weir::designer
