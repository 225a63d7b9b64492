#include "designer/ui/canvas/scene/canvas_scene.hpp"

#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <QWidget>

#include "designer/ui/canvas/paint/bend_painter.hpp"
#include "designer/ui/canvas/paint/frame_painter.hpp"
#include "designer/ui/canvas/paint/link_painter.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/wording.hpp"

namespace weir::designer {

namespace {

// Far enough for everybody; coordinates times zoom still fit into scroll bars.
constexpr double kReach = 4'000'000;

}  // namespace

// One item paints everything: thousands of items would take more time than what they paint.
class CanvasScene::Item : public QGraphicsItem {
 public:
  explicit Item(CanvasScene& scene) : scene_(scene) { setFlag(ItemUsesExtendedStyleOption); }

  QRectF boundingRect() const override { return scene_.sceneRect(); }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override {
    scene_.paint(*painter, option->exposedRect, themeOf(widget));
  }

 private:
  CanvasScene& scene_;
};

CanvasScene::CanvasScene(QObject* parent)
    : QGraphicsScene(-kReach, -kReach, 2 * kReach, 2 * kReach, parent),
      snapshot_(makeSnapshot({})),
      catalog_(std::make_shared<const catalog::Catalog>()),
      maker_(std::make_unique<drawing::PictureMaker>(*catalog_, measure_, translatedWording())) {
  setItemIndexMethod(NoIndex);
  addItem(new Item(*this));  // the scene owns it
}

CanvasScene::~CanvasScene() = default;

void CanvasScene::show(Snapshot snapshot, CatalogRef catalog, Checked checked) {
  static const topology::Problems kNone;
  snapshot_ = std::move(snapshot);
  checked_ = std::move(checked);
  const topology::Problems& problems = checked_ == nullptr ? kNone : checked_->problems;
  if (catalog != catalog_) {
    catalog_ = std::move(catalog);
    maker_ = std::make_unique<drawing::PictureMaker>(*catalog_, measure_, translatedWording());
    placed_.become(maker_->make(snapshot_, problems));
  } else {
    placed_.follow(*maker_, snapshot_, problems);
  }
  overview_.outdate();
}

void CanvasScene::paint(QPainter& painter, const QRectF& exposed, const Theme& theme) {
  painter.save();
  const Detail detail = detailAt(painter.worldTransform().m11());
  if (detail == Detail::Overview) {
    overview_.paint(painter, theme, placed_, look_);
  } else {
    for (const drawing::GroupPicture& group : placed_.picture().groups) {
      if (!group.hidden && toQt(group.bounds).intersects(exposed)) paintGroup(painter, theme, group, look_, detail);
    }
    wires_.paint(painter, theme, placed_, placed_.wiresIn(exposed), look_, detail);
    paintLinkedWires(painter, theme, placed_, look_);
    paintNodes(painter, exposed, theme);
    paintLinkTags(painter, theme, placed_, exposed, look_, detail);
    paintBends(painter, theme, placed_, look_);
  }
  for (const drawing::CommentPicture& comment : placed_.picture().comments) {
    if (toQt(comment.bounds).intersects(exposed)) paintComment(painter, theme, comment, look_, detail);
  }
  painter.restore();
}

void CanvasScene::paintNodes(QPainter& painter, const QRectF& exposed, const Theme& theme) {
  const double margin = kCardMargin;
  std::vector<int> shown = placed_.nodesIn(exposed.adjusted(-margin, -margin, margin, margin));
  // What is selected lies above the others.
  if (!look_.selected.empty()) {
    std::stable_partition(shown.begin(), shown.end(),
                          [&](int number) { return !look_.selected.contains(placed_.node(number).picture->id); });
  }
  nodes_.begin(painter, theme);
  for (const drawing::GroupPicture& group : placed_.picture().groups) {
    const QRectF around = toQt(group.bounds).adjusted(-margin, -margin, margin, margin);
    if (group.boxed() && around.intersects(exposed)) nodes_.paintPorts(group, placed_.picture(), look_);
  }
  for (const int number : shown) {
    nodes_.paint(placed_.node(number), look_);
    nodes_.paintPorts(placed_.node(number), look_);
  }
  nodes_.end();
}

}  // namespace weir::designer
