// Ways in which nodes come onto the canvas and get wires: dropped from the palette, offered, chosen by name.
#include <QDragEnterEvent>
#include <QMimeData>
#include <algorithm>

#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"
#include "designer/model/help/offers.hpp"
#include "designer/ui/canvas/gestures/splice.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/canvas/widgets/list_popup.hpp"
#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

namespace {

PopupRow rowOf(const PaletteEntry& entry) {
  return {kindIcon(kindOf(entry), entry.icon), entry.title, entry.doc};
}

}  // namespace

// --- From the palette

QRectF CanvasView::dropRect(const QString& use, QPointF at) const {
  const Edit added = designer::addNode(document_.topology(), use.toStdString(), {});
  const topology::Topology& after = added.after;
  const drawing::NodePicture picture = use.toStdString() == kTopicUse
                                           ? scene_->maker().pictureOfTopic(*after.topics.back(), after)
                                           : scene_->maker().pictureOfNode(*after.nodes.back(), after);
  const QSizeF size(picture.size.width, picture.size.height);
  return {toQt(drawing::onGrid(fromQt(at - QPointF(size.width() / 2, size.height() / 2)))), size};
}

void CanvasView::dropOperator(const QString& use, const QRectF& rect, const std::string& wire) {
  Edit edit = designer::addNode(document_.topology(), use.toStdString(), fromQt(rect.topLeft()));
  const std::string id = *edit.selection->begin();
  if (!wire.empty()) {
    if (std::optional<Edit> into = spliced(edit.after, *catalog_, wire, id)) edit.after = std::move(into->after);
  }
  document_.apply(std::move(edit));
  current_ = id;
  Q_EMIT currentChanged();
  Q_EMIT operatorUsed(use);
}

// What lies over the canvas, such as the words of an empty topology, takes no drops: they come here from it.
bool CanvasView::event(QEvent* event) {
  switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::DragLeave:
    case QEvent::Drop: return viewportEvent(event);
    default: return QGraphicsView::event(event);
  }
}

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
  if (!event->mimeData()->hasFormat(kOperatorMimeType)) return event->ignore();
  settle();
  dragged_ = QString::fromUtf8(event->mimeData()->data(kOperatorMimeType));
  spliceTargets_ = std::make_unique<SpliceTargets>(*scene_);
  event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event) {
  if (dragged_.isEmpty()) return event->ignore();
  draggedRect_ = dropRect(dragged_, viewportTransform().inverted().map(event->position()));
  look().target = spliceTargets_->under(draggedRect_, {}, dragged_.toStdString());
  event->acceptProposedAction();
  refresh();
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent* event) {
  event->accept();
  dragged_.clear();
  draggedRect_ = {};
  look().target.clear();
  refresh();
}

void CanvasView::dropEvent(QDropEvent* event) {
  const QString use = std::exchange(dragged_, {});
  if (use.isEmpty()) return event->ignore();
  const QRectF rect = dropRect(use, viewportTransform().inverted().map(event->position()));
  const std::string wire = std::exchange(look().target, {});
  draggedRect_ = {};
  event->acceptProposedAction();
  dropOperator(use, rect, wire);
  setFocus(Qt::OtherFocusReason);
}

// --- Lists

ListPopup& CanvasView::openPopup(QPointF scene) {
  delete popup_;
  popup_ = new ListPopup(this);  // deletes itself
  popup_->adjustSize();
  popup_->moveInside(mapFromScene(scene));
  return *popup_;
}

void CanvasView::offerAt(const PortRef& port, QPointF at, const std::string& instead) {
  ListPopup& popup = openPopup(at);
  auto offers = std::make_shared<std::vector<Offer>>();  // shared by the two functions below
  const std::vector<PaletteEntry> palette = paletteOf(*catalog_);
  popup.open(
      tr("What comes here? where amount > 100"),
      [this, port, palette, offers](const QString& typed) {
        *offers = offersFor(document_.topology(), palette, port, typed);
        std::vector<PopupRow> rows;
        for (const Offer& offer : *offers) {
          rows.push_back(rowOf(offer.entry));
          if (!offer.params.members().empty()) rows.back().text += QStringLiteral(" · ") + typed.section(' ', 1);
        }
        return rows;
      },
      [this, port, at, instead, offers](int row, const QString& /*typed*/) {
        const Offer& offer = (*offers)[static_cast<std::size_t>(row)];
        // The port that the wire comes to stands where the wire was dropped.
        const double left = port.output ? 0 : drawing::kNodeWidth;
        const Point corner = drawing::onGrid(fromQt(at) - Point{left, drawing::kOnlyPort});
        Edit edit = acceptOffer(document_.topology(), offer, port, corner);
        std::erase_if(edit.after.edges, [&](const auto& edge) { return edgeId(*edge) == instead; });
        const std::string id = edit.selection ? *edit.selection->begin() : std::string();
        document_.apply(std::move(edit));
        setCurrent(id);
        Q_EMIT operatorUsed(QString::fromStdString(offer.entry.use));
      });
}

void CanvasView::quickAdd() {
  const bool byMouse = viewport()->underMouse();
  const QPointF at = mapToScene(byMouse ? mouse_.window : viewport()->rect().center());
  ListPopup& popup = openPopup(at);
  auto found = std::make_shared<std::vector<PaletteEntry>>();  // shared by the two functions below
  const std::vector<PaletteEntry> palette = paletteOf(*catalog_);
  popup.open(
      tr("Add: file, filter, window…"),
      [this, palette, found](const QString& typed) {
        *found = searched(palette, typed, recentUses_);
        std::vector<PopupRow> rows;
        for (const PaletteEntry& entry : *found) rows.push_back(rowOf(entry));
        return rows;
      },
      [this, at, found](int row, const QString& /*typed*/) {
        const QString use = QString::fromStdString((*found)[static_cast<std::size_t>(row)].use);
        const QRectF rect = dropRect(use, at);
        dropOperator(use, QRectF(freePlace(rect.topLeft(), rect.size()), rect.size()), {});
        setCurrent(current_);
      });
}

// From the current node to one that is chosen by name.
void CanvasView::connectCurrent() {
  std::string id = current_;
  if (id.empty() && document_.selection().size() == 1) id = *document_.selection().begin();
  const PlacedNode* const from = placed().node(id);
  if (from == nullptr) return;
  struct Target {
    PortRef from;
    PortRef to;
    PopupRow row;
    bool taken;
    double away;
  };
  auto targets = std::make_shared<std::vector<Target>>();  // shared by the two functions below
  for (const drawing::PortPicture& output : from->picture->ports) {
    if (!output.output) continue;
    const PortRef start{id, output.name, true};
    const Wiring wiring(document_.topology(), *catalog_, start);
    for (const int number : placed().nodes()) {
      const PlacedNode& node = placed().node(number);
      for (const drawing::PortPicture& input : node.picture->ports) {
        const PortRef end{node.picture->id, input.name, false};
        if (input.output || !wiring.whyNot(end).isEmpty()) continue;
        QString text = QString::fromStdString(node.picture->fullName);
        if (std::count_if(node.picture->ports.begin(), node.picture->ports.end(),
                          [](const auto& port) { return !port.output; }) > 1) {
          text += QStringLiteral(" · ") + QString::fromStdString(input.name);
        }
        const bool several = std::count_if(from->picture->ports.begin(), from->picture->ports.end(),
                                           [](const auto& port) { return port.output; }) > 1;
        if (several) text = QString::fromStdString(output.name) + QStringLiteral(" → ") + text;
        const QIcon icon = kindIcon(node.picture->kind, QString::fromStdString(node.picture->icon));
        targets->push_back({start,
                            end,
                            {icon, text, QString::fromStdString(node.picture->words[0])},
                            input.connected,
                            (node.rect.center() - from->rect.center()).manhattanLength()});
      }
    }
  }
  std::stable_sort(targets->begin(), targets->end(), [](const Target& one, const Target& other) {
    return std::pair(one.taken, one.away) < std::pair(other.taken, other.away);
  });
  auto shown = std::make_shared<std::vector<Target>>();
  openPopup(from->rect.topRight() + QPointF(space::kMedium, 0))
      .open(
          tr("Connect with…"),
          [targets, shown](const QString& typed) {
            shown->clear();
            std::vector<PopupRow> rows;
            const QStringList words = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
            for (const Target& target : *targets) {
              const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
                return target.row.text.contains(word, Qt::CaseInsensitive);
              });
              if (!fits) continue;
              shown->push_back(target);
              rows.push_back(target.row);
            }
            return rows;
          },
          [this, shown](int row, const QString& /*typed*/) {
            const Target& target = (*shown)[static_cast<std::size_t>(row)];
            document_.apply(connectPorts(document_.topology(), target.from.end(), target.to.end()));
          });
}

}  // namespace weir::designer
