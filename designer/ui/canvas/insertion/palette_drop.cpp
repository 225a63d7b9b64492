#include "designer/ui/canvas/insertion/palette_drop.hpp"

#include <QMimeData>
#include <QPainter>
#include <QUrl>

#include "core/drawing/look/measures.hpp"
#include "designer/model/edits/room.hpp"
#include "designer/model/help/data_file.hpp"
#include "designer/model/help/palette.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

namespace {

QStringList filesIn(const QMimeData& data, bool (*wanted)(const QString& path)) {
  QStringList files;
  for (const QUrl& url : data.urls()) {
    if (url.isLocalFile() && wanted(url.toLocalFile())) files.append(url.toLocalFile());
  }
  return files;
}

bool isTopologyFile(const QString& path) {
  return path.endsWith(QStringLiteral(".weir"), Qt::CaseInsensitive);
}

}  // namespace

PaletteDrop::PaletteDrop(CanvasScene& scene, Camera& camera, NodeInsertion& nodes)
    : scene_(scene), camera_(camera), nodes_(nodes) {}

bool PaletteDrop::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::DragEnter: enter(*static_cast<QDragEnterEvent*>(event)); return true;
    case QEvent::DragMove: move(*static_cast<QDragMoveEvent*>(event)); return true;
    case QEvent::DragLeave: leave(*static_cast<QDragLeaveEvent*>(event)); return true;
    case QEvent::Drop: drop(*static_cast<QDropEvent*>(event)); return true;
    default: return QObject::eventFilter(watched, event);
  }
}

void PaletteDrop::enter(QDragEnterEvent& event) {
  files_ = filesIn(*event.mimeData(), isDataFile);
  parts_ = filesIn(*event.mimeData(), isTopologyFile);
  template_ = QString::fromUtf8(event.mimeData()->data(kTemplateMimeType));
  if (!template_.isEmpty()) {
    Q_EMIT entered();
    return event.acceptProposedAction();
  }
  const bool hasFiles = !files_.isEmpty() || !parts_.isEmpty();
  if (!hasFiles && !event.mimeData()->hasFormat(kOperatorMimeType)) return event.ignore();
  Q_EMIT entered();
  use_ = hasFiles ? QString::fromUtf8(kFileSource.data(), kFileSource.size())
                  : QString::fromUtf8(event.mimeData()->data(kOperatorMimeType));
  targets_ = std::make_unique<SpliceTargets>(scene_);
  event.acceptProposedAction();
}

void PaletteDrop::move(QDragMoveEvent& event) {
  const QPointF at = camera_.toScene(event.position());
  const drawing::Picture& picture = scene_.placed().picture();
  event.acceptProposedAction();
  if (!template_.isEmpty()) {
    scene_.look().target = openGroupAt(picture, fromQt(at));
    return camera_.refresh();
  }
  if (use_.isEmpty()) return event.ignore();
  rect_ = nodes_.rectAt(use_, at);
  wire_ = files_.isEmpty() && parts_.isEmpty() ? targets_->under(rect_, {}, use_.toStdString()) : std::string();
  scene_.look().target = wire_.empty() ? openGroupAt(picture, fromQt(rect_.center())) : wire_;
  camera_.refresh();
}

void PaletteDrop::leave(QDragLeaveEvent& event) {
  event.accept();
  use_.clear();
  template_.clear();
  rect_ = {};
  scene_.look().target.clear();
  camera_.refresh();
}

void PaletteDrop::drop(QDropEvent& event) {
  const QString use = std::exchange(use_, {});
  const QString own = std::exchange(template_, {});
  const QPointF at = camera_.toScene(event.position());
  const std::string wire = std::exchange(wire_, {});
  scene_.look().target.clear();
  rect_ = {};
  if (!own.isEmpty()) {
    event.acceptProposedAction();
    Q_EMIT templateDropped(own, at);
    return camera_.frame().setFocus(Qt::OtherFocusReason);
  }
  if (use.isEmpty()) return event.ignore();
  event.acceptProposedAction();
  const QRectF place = nodes_.rectAt(use, at);
  if (files_.isEmpty() && parts_.isEmpty()) nodes_.insert(use, place, wire);
  if (!files_.isEmpty()) Q_EMIT filesDropped(files_, place.topLeft());
  if (!parts_.isEmpty()) Q_EMIT partsDropped(parts_, place.topLeft());
  camera_.frame().setFocus(Qt::OtherFocusReason);
}

void PaletteDrop::paint(QPainter& painter, const Theme& theme) const {
  if (rect_.isNull()) return;
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(theme.colors.accent, wire::kDraft);
  pen.setDashPattern({drawing::kDash / wire::kDraft, drawing::kDashGap / wire::kDraft});
  painter.setPen(pen);
  painter.setBrush(Theme::faded(theme.colors.accent, theme.colors.hoverOpacity));
  painter.drawRoundedRect(rect_, drawing::kNodeRadius, drawing::kNodeRadius);
}

}  // namespace weir::designer
