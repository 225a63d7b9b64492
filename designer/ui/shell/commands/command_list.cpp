#include "designer/ui/shell/commands/command_list.hpp"

#include <QListView>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include "designer/ui/shell/commands/command_delegate.hpp"
#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

CommandList::CommandList(QWidget* window)
    : QFrame(window), view_(new QListView(this)), model_(new QStandardItemModel(this)) {
  view_->setModel(model_);
  view_->setItemDelegate(new CommandDelegate(view_));
  view_->setFrameShape(QFrame::NoFrame);
  view_->setFocusPolicy(Qt::NoFocus);
  view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  view_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  view_->setUniformItemSizes(true);
  view_->setAccessibleName(tr("Commands"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, space::kSmall, 1, space::kSmall);
  layout->addWidget(view_);
  setFocusPolicy(Qt::NoFocus);
  hide();
  connect(view_, &QListView::clicked, this, &CommandList::chosen);
}

void CommandList::show(const QList<Command>& commands, const QRect& field) {
  commands_ = commands;
  model_->clear();
  for (const Command& command : commands_) {
    auto* item = new QStandardItem(command.icon, command.title);
    item->setData(command.detail, CommandDelegate::kDetailRole);
    item->setData(!command.enabled, CommandDelegate::kDimRole);
    model_->appendRow(item);
  }
  if (commands_.isEmpty()) {
    auto* nothing = new QStandardItem(tr("Nothing has this name"));
    nothing->setData(true, CommandDelegate::kDimRole);
    model_->appendRow(nothing);
  }
  step(0);
  const int rows = qMin(qMax(count(), 1), shell::kCommandRows);
  const int width = qMin(shell::kCommandList, parentWidget()->width() - 2 * space::kMedium);
  const int left = qMax(qMin(field.right() + 1, parentWidget()->width() - space::kMedium) - width, space::kMedium);
  setGeometry(left, field.bottom() + space::kTiny, width, rows * control::kListRow + 2 * space::kSmall);
  raise();
  setVisible(true);
}

void CommandList::step(int rows) {
  if (count() == 0) return;
  const int row = view_->currentIndex().isValid() ? view_->currentIndex().row() + rows : 0;
  const QModelIndex index = model_->index((row + count()) % count(), 0);
  view_->setCurrentIndex(index);
  view_->scrollTo(index);
}

std::function<void()> CommandList::current() const {
  const int row = view_->currentIndex().row();
  if (row < 0 || row >= count() || !commands_[row].enabled) return {};
  return commands_[row].run;
}

QString CommandList::currentTitle() const {
  const int row = view_->currentIndex().row();
  return row < 0 || row >= count() ? QString() : commands_[row].title;
}

void CommandList::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Colors& colors = themeOf(this).colors;
  paint::roundedBox(painter, rect(), control::kCardRadius, colors.base, colors.control);
}

}  // namespace weir::designer
