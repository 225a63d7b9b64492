// A canvas in a window, with real mouse and key events, for tests.
#pragma once

#include <QTest>
#include <memory>
#include <string>

#include "designer/model/document/document.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer::testing {

// Of every plugins/*/plugin.json.
CatalogRef shippedCatalog();
topology::Topology shippedTopology(const std::string& name);
topology::Topology topologyOf(const std::string& text);
// orders and per_minute of the shipped topology in "group"; keyed and result beside it.
topology::Topology grouped();
// A layered one of `nodes` filters, from a seed, with positions.
topology::Topology generated(int nodes, unsigned seed);

struct Canvas {
  explicit Canvas(topology::Topology topology, QSize size = {1200, 800});

  Document document;
  CanvasView view;

  QPoint middleOf(const std::string& id) const;  // in the window of the canvas
  QPoint portOf(const std::string& node, const std::string& port, bool output) const;
  Point at(const std::string& id) const;
  bool connected(const std::string& wire) const;
  void press(QPoint at, Qt::KeyboardModifiers keys = {});
  void moveTo(QPoint at, Qt::KeyboardModifiers keys = {});
  void release(QPoint at, Qt::KeyboardModifiers keys = {});
  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = {});
  // Drags one over the other, and answers where the button is still held.
  QPoint holdOver(const std::string& dragged, const std::string& target);
  // An operator of the palette, over the canvas: dropped there, or dragged away again.
  void dragFromPalette(const char* use, QPoint to, QEvent::Type last = QEvent::Drop);
  void click(QPoint at, Qt::KeyboardModifiers keys = {});
  void key(int key, Qt::KeyboardModifiers keys = {});
  void check();  // problems of the topology as it is now
};

}  // namespace weir::designer::testing
