// The topology, to look at and to work on. A view of a document: all that it does to the topology are edits.
//
// Commands are public slots, so that menus and the command list can call them; keys work without those too, single
// letters only while the canvas has the focus. Actions that are added to this widget are its context menu.
#pragma once

#include <QAccessible>
#include <QGraphicsView>
#include <QPointer>
#include <QTimer>
#include <memory>

#include "designer/model/document/document.hpp"
#include "designer/model/edits/arrange.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/gestures/gesture.hpp"
#include "designer/ui/canvas/paint/grid_painter.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

class QVariantAnimation;

namespace weir::designer {

class ListPopup;
class Minimap;
class SpliceTargets;
class ZoomPill;

enum class Direction : std::uint8_t { Left, Right, Up, Down };
enum class Along : std::uint8_t { Upstream, Downstream, Both };

class CanvasView : public QGraphicsView {
  Q_OBJECT

 public:
  // `document` must outlive this.
  explicit CanvasView(Document& document, QWidget* parent = nullptr);
  ~CanvasView() override;

  void setCatalog(CatalogRef catalog);
  // Of the newest version that was checked; badges follow.
  void setChecked(Checked checked);
  void setReducedMotion(bool reduced) { reducedMotion_ = reduced; }
  void setMinimapShown(bool shown);
  // What an edit moves from now on glides to where it stands then.
  void setGliding(bool gliding);
  // Ends that: everything stands where it belongs. Before anything that asks where things are.
  void settle();
  // Uses, newest first: they decide between equals in what is offered.
  void setRecentUses(QStringList uses) { recentUses_ = std::move(uses); }

  Document& document() const { return document_; }
  const CanvasScene& canvasScene() const { return *scene_; }
  const PlacedPicture& placed() const { return scene_->placed(); }
  const CatalogRef& catalog() const { return scene_->catalog(); }
  double zoom() const { return transform().m11(); }
  // The part that the keyboard is at; empty: none.
  const std::string& current() const { return current_; }
  bool isInGesture() const { return gesture_ != nullptr; }
  // The list that is open, to add, offer or connect.
  ListPopup* popup() const;

  // What the window shows, on the canvas.
  QRectF seen() const { return viewportTransform().inverted().mapRect(QRectF(viewport()->rect())); }
  void lookAt(QPointF middle) { showRect(zoom(), middle, false); }

  // For gestures:
  CanvasLook& look() { return scene_->look(); }
  int nextGesture() { return ++gestures_; }
  void refresh() { viewport()->update(); }
  // Only places of the canvas, with what belongs to them around.
  void refreshAt(const std::vector<QRectF>& places);
  void panBy(QPoint by);
  // What is chosen takes the place of the wire `instead`, if that is not empty.
  void offerAt(const PortRef& port, QPointF at, const std::string& instead = {});
  // Of nodes, members of groups, and comments.
  Positions positionsOf(const Selection& ids) const;

 public Q_SLOTS:  // NOLINT(readability-redundant-access-specifiers)
  void selectAll();
  void deleteSelected();
  void deleteAndHeal();
  void cut();
  void copy();
  void paste();
  void duplicateSelected();
  void groupSelected();
  void toggleCollapsed();
  void togglePinned();
  void rename();
  void showProperties();
  void addComment();
  // Adds an operator where there is room near the middle of the window: what a double click in the palette does.
  void addNode(const QString& use);
  void quickAdd();
  void connectCurrent();
  void alignSelected(weir::designer::Align how);
  void distributeSelected(weir::designer::Axis axis);
  void selectAlong(weir::designer::Along along);
  // To the nearest node, comment or group; from a wire along it.
  void goTo(weir::designer::Direction direction, bool extend = false);
  // From a node to one of its wires, from a wire as goTo().
  void followWire(weir::designer::Direction direction);
  void moveSelected(QPoint by);
  void zoomIn();
  void zoomOut();
  void zoomToHundred();
  void zoomToFit();
  void zoomToSelection();
  void setZoom(double zoom);
  // Shows a part in the middle and selects it.
  void locate(const QString& id);
  // Ends what is being done, as Esc does.
  void cancelGesture();

 Q_SIGNALS:
  void propertiesRequested(const QString& id);  // empty: of the topology itself
  // A node was added here: for what is recently used.
  void operatorUsed(const QString& use);
  void viewChanged();  // zoom or place
  void currentChanged();
  void pictureChanged();

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void drawBackground(QPainter* painter, const QRectF& rect) override;
  void drawForeground(QPainter* painter, const QRectF& rect) override;
  bool viewportEvent(QEvent* event) override;
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool focusNextPrevChild(bool next) override;

 private:
  struct Press {
    bool pending = false;  // pressed, and not moved far enough for a drag yet
    MouseAt at;
    std::string id;
    bool wasSelected = false;
  };

  void showDocument();
  void beginGlide();
  void endGlide();
  void showGlide(const Positions& from, const Positions& to, double part);
  void showSelection();
  MouseAt mouseAt(const QMouseEvent& event) const;
  void press(const MouseAt& at);
  const PlacedWire* selectedWireAt(const PortRef& port) const;
  void beginDrag(const MouseAt& at);
  void click(const MouseAt& at);
  void hover(QPointF scene);
  void begin(std::unique_ptr<Gesture> gesture);
  void finishGesture();
  void scrollAtEdge();
  bool chordKey(QKeyEvent& event);
  std::string whereKeysAre() const;
  void goToPart(const std::string& id, bool extend);
  void setCurrent(const std::string& id);
  void zoomAt(double zoom, QPointF window);
  void fitInto(const QRectF& rect, double mostZoom);
  void showRect(double zoom, QPointF middle, bool animated);
  QRectF dropRect(const QString& use, QPointF at) const;
  void dropOperator(const QString& use, const QRectF& rect, const std::string& wire);
  void editText(const std::string& id);
  QPointF freePlace(QPointF wanted, QSizeF size) const;
  ListPopup& openPopup(QPointF scene);
  void layOverlays();
  void tellScreenReader(QAccessible::Event what);

  Document& document_;
  CanvasScene* scene_;
  CatalogRef catalog_;
  Checked checked_;
  GridPainter grid_;
  std::unique_ptr<Gesture> gesture_;
  Press press_;
  MouseAt mouse_;  // the last place
  QTimer edgeTimer_;
  QTimer again_;  // paints the frame that was not finished
  Minimap* minimap_;
  ZoomPill* zoomPill_;
  QPointer<ListPopup> popup_;
  QPointer<QVariantAnimation> motion_;
  QPointer<QVariantAnimation> glide_;
  Positions glideFrom_;  // empty: edits do not glide
  QStringList recentUses_;
  std::string current_;
  std::unique_ptr<SpliceTargets> spliceTargets_;  // of what is dragged from the palette
  QString dragged_;
  QRectF draggedRect_;  // where it would come to stand
  int gestures_ = 0;
  int chord_ = 0;  // the first key of two; 0: none
  bool spaceDown_ = false;
  bool reducedMotion_ = false;
  bool minimapShown_ = true;
  bool placedOnce_ = false;
  QPoint clipboardStep_;
};

}  // namespace weir::designer
