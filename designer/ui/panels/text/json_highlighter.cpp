#include "designer/ui/panels/text/json_highlighter.hpp"

#include <QRegularExpression>

#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

void JsonHighlighter::highlightBlock(const QString& text) {
  // No text of JSON goes over the end of a line.
  static const QRegularExpression kPieces(
      QStringLiteral(R"re(("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b)re"));
  const Colors& colors = currentTheme().colors;
  auto pieces = kPieces.globalMatch(text);
  while (pieces.hasNext()) {
    const QRegularExpressionMatch piece = pieces.next();
    const bool isText = piece.hasCaptured(1) && !piece.captured(1).isEmpty();
    const bool isName = isText && piece.hasCaptured(2) && !piece.captured(2).isEmpty();
    const QColor color = isName ? colors.secondaryText : isText ? colors.ok : colors.accent;
    const int group = isText ? 1 : 0;
    setFormat(static_cast<int>(piece.capturedStart(group)), static_cast<int>(piece.capturedLength(group)), color);
  }
}

}  // namespace weir::designer
