#include "designer/ui/canvas/paint/frame_painter.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Canvas)
};

QPen frameOf(const Theme& theme, const std::string& id, const CanvasLook& look) {
  const Colors& c = theme.colors;
  if (look.selected.contains(id) || look.current == id || look.target == id) return {c.accent, node::kSelectedBorder};
  if (look.hovered == id) return {c.secondaryText, node::kHoverBorder};
  return {c.cardBorder, drawing::kBorder};
}

// Points down while the group is open, right while it is collapsed.
void paintTriangle(QPainter& painter, const Theme& theme, const drawing::GroupPicture& group) {
  const QPointF middle = triangleOf(group).center();
  const double size = space::kTiny;
  painter.save();
  painter.translate(middle);
  if (group.collapsed) painter.rotate(-90);
  painter.setPen(QPen(theme.colors.secondaryText, node::kHoverBorder, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(QPolygonF({QPointF(-size, -size / 2), QPointF(0, size / 2), QPointF(size, -size / 2)}));
  painter.restore();
}

// Larger where names of nodes are.
void paintTitle(QPainter& painter, const Theme& theme, const drawing::GroupPicture& group, double scale) {
  const QRectF triangle = triangleOf(group);
  QRectF room = toQt(group.bounds);
  room.setLeft(triangle.right() + space::kTiny);
  room.setRight(room.right() - space::kMedium);
  room.setTop(triangle.top());
  room.setHeight(triangle.height());
  painter.save();
  painter.setFont(fontOf(FontRole::GroupTitle));
  painter.setPen(theme.colors.secondaryText);
  painter.translate(room.topLeft());
  painter.scale(scale, scale);
  const QRectF own(QPointF(), room.size() / scale);
  const QString title =
      QFontMetricsF(painter.font()).elidedText(QString::fromStdString(group.title), Qt::ElideMiddle, own.width());
  painter.drawText(own, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
  painter.restore();
}

}  // namespace

void paintGroup(QPainter& painter, const Theme& theme, const drawing::GroupPicture& group, const CanvasLook& look,
                Detail detail) {
  const Colors& c = theme.colors;
  const double half = drawing::kBorder / 2;
  const QRectF rect = toQt(group.bounds).adjusted(half, half, -half, -half);
  painter.setRenderHint(QPainter::Antialiasing);
  if (group.collapsed) {
    painter.setPen(QPen(c.cardBorder, drawing::kBorder));
    painter.setBrush(c.card);
    const QPointF behind(drawing::kSecondCard, drawing::kSecondCard);
    painter.drawRoundedRect(rect.translated(behind), drawing::kGroupRadius, drawing::kGroupRadius);
    painter.drawRoundedRect(rect, drawing::kGroupRadius, drawing::kGroupRadius);
  }
  painter.setPen(frameOf(theme, group.id, look));
  painter.setBrush(Theme::faded(c.accent, look.target == group.id ? c.hoverOpacity : c.groupOpacity));
  painter.drawRoundedRect(rect, drawing::kGroupRadius, drawing::kGroupRadius);
  painter.setBrush(Qt::NoBrush);
  if (detail == Detail::Overview) return;
  paintTitle(painter, theme, group, detail == Detail::Full ? 1 : canvas::kNameScale);
  if (detail != Detail::Full) return;
  paintTriangle(painter, theme, group);
  if (!group.collapsed) return;
  QRectF words = rect;
  words.setLeft(triangleOf(group).right() + space::kTiny);
  words.setTop(rect.top() + drawing::kWordsTop);
  words.setHeight(drawing::kWordsLine);
  painter.setFont(fontOf(FontRole::NodeWords));
  painter.setPen(theme.colors.secondaryText);
  painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                   Words::tr("%n node(s)", nullptr, static_cast<int>(group.nodes.size())));
}

void paintComment(QPainter& painter, const Theme& theme, const drawing::CommentPicture& comment, const CanvasLook& look,
                  Detail detail) {
  const Colors& c = theme.colors;
  const QRectF rect = toQt(comment.bounds);
  const bool chosen = look.selected.contains(comment.id) || look.current == comment.id;
  const QRectF bar(rect.left(), rect.top(), drawing::kCommentBar, rect.height());
  const std::optional<NodeKind> hue = drawing::hueOf(comment.colour);
  const QColor own = hue ? c.of(*hue).fill : look.hovered == comment.id ? c.secondaryText : c.control;
  if (hue) painter.fillRect(rect, Theme::faded(own, drawing::kCommentGround));
  painter.fillRect(bar, chosen ? c.accent : own);
  if (chosen) {
    painter.setPen(QPen(Theme::faded(c.accent, c.haloOpacity), node::kHalo / 2.0));
    painter.drawRect(rect);
  }
  if (detail == Detail::Overview || look.edited == comment.id) return;
  painter.setFont(fontOf(FontRole::Comment));
  painter.setPen(c.text);
  QRectF line(rect.left() + drawing::kCommentBar + drawing::kCommentInset, rect.top(), rect.width(),
              drawing::kCommentLine);
  for (const std::string& text : comment.lines) {
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, QString::fromStdString(text));
    line.translate(0, drawing::kCommentLine);
  }
}

}  // namespace weir::designer
