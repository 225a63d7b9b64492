#include "designer/ui/widgets/card_button.hpp"

#include <QKeyEvent>
#include <QTextLayout>

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/paint.hpp"

namespace weir::designer {
namespace {

constexpr int kSentenceLines = 2;

// At most two lines; what does not fit ends in an ellipsis.
void drawSentence(QPainter& painter, const QRect& room, const QString& sentence) {
  QTextLayout layout(sentence, painter.font());
  layout.beginLayout();
  int top = room.top();
  for (int number = 1; number <= kSentenceLines; ++number) {
    QTextLine line = layout.createLine();
    if (!line.isValid()) break;
    line.setLineWidth(room.width());
    const QString rest = sentence.mid(line.textStart());
    const bool cut = number == kSentenceLines && line.textLength() < rest.size();
    const QString words =
        cut ? painter.fontMetrics().elidedText(rest, Qt::ElideRight, room.width()) : rest.left(line.textLength());
    painter.drawText(QRect(room.left(), top, room.width(), control::kCardLine), Qt::AlignVCenter | Qt::AlignLeading,
                     words.trimmed());
    top += control::kCardLine;
  }
  layout.endLayout();
}

}  // namespace

CardButton::CardButton(QString iconName, const QString& title, const QString& sentence, QWidget* parent)
    : QAbstractButton(parent), icon_(std::move(iconName)) {
  setText(title);
  setAccessibleName(title);
  setSentence(sentence);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setCursor(Qt::PointingHandCursor);
}

void CardButton::setMain(bool isMain) {
  main_ = isMain;
  update();
}

void CardButton::setSentence(const QString& sentence) {
  sentence_ = sentence;
  setAccessibleDescription(sentence);
  update();
}

QSize CardButton::sizeHint() const {
  return {shell::kCardWidth, shell::kCardHeight};
}

void CardButton::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Theme& theme = themeOf(this);
  const Colors& colors = theme.colors;
  const bool strong = main_ || hasFocus();
  const QColor outline = strong ? colors.accent : underMouse() ? colors.secondaryText : colors.cardBorder;
  paint::roundedBox(painter, rect(), control::kCardRadius, colors.card, outline,
                    strong ? control::kFocusRing : control::kOutline);
  if (isDown()) {
    paint::roundedBox(painter, rect(), control::kCardRadius, Theme::faded(colors.text, colors.hoverOpacity), {});
  }
  if (hasFocus() && main_) {
    const QRect inner = rect().adjusted(space::kTiny, space::kTiny, -space::kTiny, -space::kTiny);
    paint::roundedBox(painter, inner, control::kRadius, {}, colors.accent, control::kOutline);
  }
  const auto placed = [&](const QRect& rect) { return QStyle::visualRect(layoutDirection(), this->rect(), rect); };
  const QRect mark(space::kLarge, space::kLarge, icon::kLarge, icon::kLarge);
  paintIcon(painter, icon_, placed(mark), main_ ? colors.accent : colors.secondaryText);

  const int left = mark.right() + 1 + space::kMedium;
  const int room = width() - left - space::kLarge;
  painter.setFont(fontOf(FontRole::Strong));
  painter.setPen(colors.text);
  painter.drawText(placed({left, space::kMedium + 2, room, space::kHuge - space::kTiny}),
                   Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                   painter.fontMetrics().elidedText(text(), Qt::ElideRight, room));
  painter.setFont(fontOf(FontRole::Help));
  painter.setPen(colors.secondaryText);
  drawSentence(painter, placed({left, space::kMedium + space::kHuge, room, kSentenceLines * control::kCardLine}),
               sentence_);
}

void CardButton::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    click();
    return;
  }
  QAbstractButton::keyPressEvent(event);
}

void CardButton::enterEvent(QEnterEvent* event) {
  QAbstractButton::enterEvent(event);
  update();
}

void CardButton::leaveEvent(QEvent* event) {
  QAbstractButton::leaveEvent(event);
  update();
}

}  // namespace weir::designer
