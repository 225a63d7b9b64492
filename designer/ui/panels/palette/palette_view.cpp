#include "designer/ui/panels/palette/palette_view.hpp"

#include <QDrag>
#include <QMimeData>
#include <QPainter>

#include "designer/ui/panels/palette/palette_model.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

namespace {

// As in the picture: tiles stand a little to the right of the heads' inset, titles in a column of their own.
constexpr int kTileStart = space::kLarge + space::kTiny;
constexpr int kTitleStart = kTileStart + control::kTileSmall + space::kLarge;

}  // namespace

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = themeOf(option.widget);
  painter->save();
  const QString words = index.data(Qt::DisplayRole).toString();
  const auto placed = [&](const QRect& rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
  const auto draw = [&](int start, const QFont& font, const QColor& color) {
    painter->setFont(font);
    painter->setPen(color);
    const QRect room = placed(option.rect.adjusted(start, 0, -space::kSmall, 0));
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(words, Qt::ElideRight, room.width()));
  };
  if (index.data(PaletteModel::kHeadRole).toBool()) {
    draw(kTileStart, fontOf(FontRole::Section), theme.colors.secondaryText);
  } else {
    option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    QRect tile(option.rect.left() + kTileStart, 0, control::kTileSmall, control::kTileSmall);
    tile.moveTop(option.rect.top() + (option.rect.height() - tile.height()) / 2);
    const QString icon = index.data(PaletteModel::kTileRole).toString();
    const bool broken = !index.data(PaletteModel::kErrorRole).toString().isEmpty();
    if (index.data(PaletteModel::kTemplateRole).isNull()) {
      paintKindTile(*painter, static_cast<NodeKind>(index.data(PaletteModel::kKindRole).toInt()), icon, placed(tile));
    } else {
      themeIcon(icon, broken ? IconTone::Error : IconTone::Secondary).paint(painter, placed(tile));
    }
    draw(kTitleStart, fontOf(FontRole::Body), broken ? theme.colors.secondaryText : theme.colors.text);
  }
  painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const {
  return {option.rect.width(), control::kListRow};
}

PaletteView::PaletteView(QWidget* parent) : QListView(parent) {
  setItemDelegate(new PaletteDelegate(this));
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setUniformItemSizes(true);
  setEditTriggers(NoEditTriggers);
  setDragEnabled(true);
  setDragDropMode(DragOnly);
  setMouseTracking(true);
  // It stands in a dock, not in a field.
  viewport()->setBackgroundRole(QPalette::Window);
}

void PaletteView::paintEvent(QPaintEvent* event) {
  QListView::paintEvent(event);
  if (model() == nullptr || model()->rowCount() > 0) return;
  QPainter painter(viewport());
  painter.setFont(fontOf(FontRole::Help));
  painter.setPen(themeOf(this).colors.secondaryText);
  painter.drawText(viewport()->rect().adjusted(space::kPanelInset, space::kSmall, -space::kPanelInset, 0),
                   Qt::AlignTop | Qt::AlignHCenter | Qt::TextWordWrap,
                   tr("Nothing fits. Other words for it, such as those of SQL or Kafka Streams, may find it."));
}

void PaletteView::startDrag(Qt::DropActions /*actions*/) {
  const QModelIndex index = currentIndex();
  if (!(index.flags() & Qt::ItemIsDragEnabled)) return;
  auto* const drag = new QDrag(this);  // Qt deletes it when the drop is done
  drag->setMimeData(model()->mimeData({index}));
  const QString name = index.data(PaletteModel::kTileRole).toString();
  const QIcon shown = index.data(PaletteModel::kTemplateRole).isNull()
                          ? kindIcon(static_cast<NodeKind>(index.data(PaletteModel::kKindRole).toInt()), name)
                          : themeIcon(name);
  drag->setPixmap(shown.pixmap(QSize(icon::kLarge, icon::kLarge), devicePixelRatioF()));
  drag->exec(Qt::CopyAction);
}

}  // namespace weir::designer
