// The topology, to look at and to work on. A view of a document: all that is done to the topology here are edits.
//
// What is done with it are objects beside it, which menus and the command list call: the view makes them and brings
// them what Qt tells it.
#pragma once

#include "designer/ui/canvas/accessibility/accessible_canvas.hpp"
#include "designer/ui/canvas/commands/document_commands.hpp"
#include "designer/ui/canvas/commands/text_editing.hpp"
#include "designer/ui/canvas/gestures/mouse_controller.hpp"
#include "designer/ui/canvas/insertion/connect_list.hpp"
#include "designer/ui/canvas/insertion/mend_list.hpp"
#include "designer/ui/canvas/insertion/node_insertion.hpp"
#include "designer/ui/canvas/insertion/operator_list.hpp"
#include "designer/ui/canvas/insertion/palette_drop.hpp"
#include "designer/ui/canvas/navigation/keyboard_navigation.hpp"
#include "designer/ui/canvas/scene/layout_glide.hpp"
#include "designer/ui/canvas/scene/scene_view.hpp"
#include "designer/ui/canvas/view/resizing.hpp"
#include "designer/ui/canvas/widgets/overlays.hpp"
#include "designer/ui/canvas/widgets/popup_opener.hpp"

namespace weir::designer {

class CanvasView : public SceneView, public AccessibleCanvas {
  Q_OBJECT

 public:
  // `document` must outlive this.
  explicit CanvasView(Document& document, QWidget* parent = nullptr);

  void setCatalog(CatalogRef catalog);
  // Of the newest version that was checked; badges follow.
  void setChecked(Checked checked);
  void setReducedMotion(bool reduced) { camera().setReducedMotion(reduced); }
  void setMinimapShown(bool shown) { overlays_.setMinimapShown(shown); }
  // What an edit moves from now on glides to where it stands then.
  void setGliding(bool gliding);
  // Ends that: everything stands where it belongs. Before anything that asks where things are.
  void settle();

  Document& document() const override { return document_; }
  const CanvasScene& canvasScene() const override { return ownScene(); }
  const CatalogRef& catalog() const { return ownScene().catalog(); }
  const std::string& current() const override { return navigation_.current(); }
  bool isInGesture() const { return mouse_.isInGesture(); }
  // The list that is open, to add, offer or connect.
  ListPopup* popup() const { return popups_.popup(); }

  KeyboardNavigation& navigation() { return navigation_; }
  DocumentCommands& commands() { return commands_; }
  TextEditing& texts() { return texts_; }
  NodeInsertion& nodes() { return nodes_; }
  OperatorList& operators() { return operators_; }
  ConnectList& connections() { return connections_; }

  void zoomToFit();
  // As a topology is seen first, at once.
  void zoomToOpen();
  void zoomToSelection();
  // Shows a part in the middle and selects it.
  void locate(const QString& id) override;
  // Ends what is being done, as Esc does.
  void cancelGesture();

 Q_SIGNALS:
  void propertiesRequested(const QString& id);  // empty: of several, or of the topology itself
  // Of what is there, which is selected now; empty: of the canvas.
  void menuRequested(const QString& id, QPoint global);
  // Of a port whose wires are selected now.
  void portMenuRequested(QPoint global);
  // A node was added here: for what is recently used.
  void operatorUsed(const QString& use);
  // Files of data, for sources that read them; the corner of the first, in the scene.
  void dataFilesDropped(const QStringList& files, QPointF at);
  // A template of one's own, by its file, and where, in the scene.
  void templateDropped(const QString& file, QPointF at);
  // Files of topologies, for nodes that use them.
  void partsDropped(const QStringList& files, QPointF at);
  // The file of a node that uses one.
  void partRequested(const QString& id);

 protected:
  void drawForeground(QPainter* painter, const QRectF& rect) override;
  bool viewportEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool focusNextPrevChild(bool next) override;

 private:
  void connectParts();
  void showDocument();
  void showSelection();
  void showProperties();
  void openDoubleClicked(const std::string& id);

  Document& document_;
  CatalogRef catalog_;
  Checked checked_;
  LayoutGlide glide_;
  Overlays overlays_;
  PopupOpener popups_;
  KeyboardNavigation navigation_;
  TextEditing texts_;
  DocumentCommands commands_;
  NodeInsertion nodes_;
  OperatorList operators_;
  MendList mends_;
  ConnectList connections_;
  PaletteDrop drop_;
  Resizing resizing_;
  MouseController mouse_;
  bool ringBefore_ = false;  // the ring was shown when the focus left
};

}  // namespace weir::designer
