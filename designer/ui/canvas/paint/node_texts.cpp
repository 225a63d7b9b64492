#include "designer/ui/canvas/paint/node_texts.hpp"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextOption>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/look/node_areas.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

namespace {

void paintLine(QPainter& painter, const Theme& theme, const QString& text, const QRectF& rect, bool plate) {
  if (text.isEmpty()) return;
  if (plate) {
    const QRectF box = painter.boundingRect(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    painter.fillRect(box.adjusted(-drawing::kPlateMargin, 0, drawing::kPlateMargin, 0), theme.colors.card);
  }
  painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

// In the card's middle, over two lines if it is long, beside the badge.
void paintLargeName(QPainter& painter, const Theme& theme, const drawing::NodePicture& node) {
  const double scale = canvas::kNameScale;
  const QRectF area = textArea(node);
  const double badge = node.badge == drawing::Badge::None ? 0 : drawing::kBadgeShare;
  const QRectF room(0, 0, (area.width() - badge) / scale, area.height() / scale);
  const QFontMetricsF metrics(painter.font());
  const double lines = 2;
  const double lost = metrics.averageCharWidth() * 4;  // where the first line ends
  const QString name =
      metrics.elidedText(QString::fromStdString(node.fullName), Qt::ElideMiddle, lines * room.width() - lost);
  QTextOption wrapped(Qt::AlignLeft | Qt::AlignVCenter);
  wrapped.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(scale, scale);
  if (node.missing) painter.fillRect(painter.boundingRect(room, name, wrapped), theme.colors.card);
  painter.drawText(room, name, wrapped);
  painter.restore();
}

}  // namespace

Detail detailAt(double zoom) {
  if (zoom >= canvas::kFullDetailFrom) return Detail::Full;
  return zoom >= canvas::kNodeDetailFrom ? Detail::Names : Detail::Overview;
}

QRectF textArea(const drawing::NodePicture& node) {
  return toQt(drawing::textArea(node.kind, node.size));
}

void paintTexts(QPainter& painter, const Theme& theme, const drawing::NodePicture& node, Detail detail) {
  const QRectF area = textArea(node);
  painter.setRenderHint(QPainter::TextAntialiasing);
  painter.setFont(fontOf(FontRole::NodeName));
  painter.setPen(theme.colors.text);
  if (detail != Detail::Full) return paintLargeName(painter, theme, node);
  const auto line = [&](double top, double height) { return QRectF(area.left(), top, area.width(), height); };
  paintLine(painter, theme, QString::fromStdString(node.name),
            line(drawing::kNameTop, drawing::kNameBottom - drawing::kNameTop), node.missing);
  painter.setFont(fontOf(FontRole::NodeWords));
  painter.setPen(theme.colors.secondaryText);
  paintLine(painter, theme, QString::fromStdString(node.words[0]), line(drawing::kWordsTop, drawing::kWordsLine),
            node.missing);
  paintLine(painter, theme, QString::fromStdString(node.words[1]),
            line(drawing::kWordsTop + drawing::kWordsLine, drawing::kWordsLine), node.missing);
}

}  // namespace weir::designer
