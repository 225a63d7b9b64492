#include "designer/ui/shell/documents/message_bar.hpp"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/paint.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {
namespace {

constexpr int kMostButtons = 2;

QString iconOf(MessageTone tone) {
  switch (tone) {
    case MessageTone::Info: return QStringLiteral("info");
    case MessageTone::Warning: return QStringLiteral("triangle-alert");
    case MessageTone::Error: return QStringLiteral("circle-x");
  }
  Q_UNREACHABLE();
}

QColor fillOf(const Colors& colors, MessageTone tone) {
  switch (tone) {
    case MessageTone::Info: return colors.accentSoft;
    case MessageTone::Warning: return colors.warningSoft;
    case MessageTone::Error: return colors.errorSoft;
  }
  Q_UNREACHABLE();
}

QColor inkOf(const Colors& colors, MessageTone tone) {
  switch (tone) {
    case MessageTone::Info: return colors.accent;
    case MessageTone::Warning: return colors.warning;
    case MessageTone::Error: return colors.error;
  }
  Q_UNREACHABLE();
}

}  // namespace

MessageBar::MessageBar(const Message& message, QWidget* parent)
    : QWidget(parent),
      id_(message.id),
      tone_(message.tone),
      icon_(message.icon.isEmpty() ? iconOf(message.tone) : message.icon) {
  setFixedHeight(shell::kMessageBar);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(space::kMedium + icon::kMedium + space::kSmall, 0, space::kSmall, 0);
  layout->setSpacing(space::kSmall);
  auto* sentence = new ElidedLabel(message.sentence, this);
  sentence->setElideMode(Qt::ElideRight);
  layout->addWidget(sentence, 1);
  for (const MessageButton& one : message.buttons.first(qMin(qsizetype{kMostButtons}, message.buttons.size()))) {
    auto* button = new QPushButton(one.text, this);
    connect(button, &QPushButton::clicked, this, one.run);
    layout->addWidget(button);
  }
  if (message.closable) {
    auto* close = new QToolButton(this);
    close->setAutoRaise(true);
    close->setIcon(themeIcon(QStringLiteral("x")));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close this message"));
    connect(close, &QToolButton::clicked, this, &MessageBar::closed);
    layout->addWidget(close);
  }
  setAccessibleName(message.sentence);
}

QString MessageBar::sentence() const {
  return accessibleName();
}

void MessageBar::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Colors& colors = themeOf(this).colors;
  painter.fillRect(rect(), fillOf(colors, tone_));
  paint::horizontalLine(painter, 0, width() - 1, height() - 1, colors.border);
  const QRect mark(space::kMedium, (height() - icon::kMedium) / 2, icon::kMedium, icon::kMedium);
  paintIcon(painter, icon_, QStyle::visualRect(layoutDirection(), rect(), mark), inkOf(colors, tone_));
}

}  // namespace weir::designer
