// What the canvas shows of a document: its picture, placed, and the look of the moment. It owns no data of the
// topology.
#pragma once

#include <QGraphicsItem>
#include <QGraphicsScene>
#include <functional>
#include <memory>

#include "core/drawing/picture/picture.hpp"
#include "designer/model/document/snapshot.hpp"
#include "designer/model/service/catalog_service.hpp"
#include "designer/model/service/problem_checker.hpp"
#include "designer/ui/canvas/paint/canvas_look.hpp"
#include "designer/ui/canvas/paint/node_painter.hpp"
#include "designer/ui/canvas/paint/overview.hpp"
#include "designer/ui/canvas/paint/wire_painter.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"

namespace weir::designer {

class CanvasScene : public QGraphicsScene {
  Q_OBJECT

 public:
  explicit CanvasScene(QObject* parent = nullptr);
  ~CanvasScene() override;

  // Makes the picture of a version again, as far as it is another one; views paint what placed().changed() says.
  // `checked` may be null.
  void show(Snapshot snapshot, CatalogRef catalog, Checked checked);

  const PlacedPicture& placed() const { return placed_; }
  const Snapshot& snapshot() const { return snapshot_; }
  const CatalogRef& catalog() const { return catalog_; }
  const Checked& checked() const { return checked_; }
  const drawing::PictureMaker& maker() const { return *maker_; }

  CanvasLook& look() { return look_; }
  const CanvasLook& look() const { return look_; }
  Overview& overview() { return overview_; }

  // Another theme, language or device ratio.
  void forgetPixmaps() {
    nodes_.clear();
    wires_.clear();
  }
  std::size_t cachedBytes() const { return nodes_.cachedBytes() + wires_.cachedBytes(); }
  // The last frame wants to be painted once more: see NodePainter::unfinished().
  bool unfinished() const { return nodes_.unfinished(); }

 private:
  class Item;
  void paint(QPainter& painter, const QRectF& exposed, const Theme& theme);
  void paintNodes(QPainter& painter, const QRectF& exposed, const Theme& theme);

  Snapshot snapshot_;
  CatalogRef catalog_;
  Checked checked_;
  drawing::InterMeasure measure_;
  std::unique_ptr<drawing::PictureMaker> maker_;
  PlacedPicture placed_;
  CanvasLook look_;
  NodePainter nodes_;
  WirePainter wires_;
  Overview overview_;
};

}  // namespace weir::designer
