// Texts that are edited where they stand: names of nodes and groups, comments.
#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/canvas/widgets/inline_editor.hpp"

namespace weir::designer {

void CanvasView::rename() {
  std::string id = document_.selection().size() == 1 ? *document_.selection().begin() : current_;
  if (!id.empty()) editText(id);
}

void CanvasView::editText(const std::string& id) {
  const std::optional<QRectF> rect = placed().rectOf(id);
  if (!rect || placed().wire(id) != nullptr) return;
  const topology::Topology& topology = document_.topology();
  const bool comment = drawing::isCommentId(id);
  QString text;
  QRectF where = *rect;
  if (comment) {
    for (const drawing::CommentPicture& picture : placed().picture().comments) {
      if (picture.id == id) text = QString::fromStdString(picture.text);
    }
    where.setLeft(where.left() + drawing::kCommentBar);
  } else if (const PlacedNode* const node = placed().node(id)) {
    text = QString::fromStdString(node->picture->fullName);
    where =
        QRectF(rect->left() + drawing::kCapWidth, rect->top(), rect->width() - drawing::kCapWidth, control::kHeight);
  } else {
    for (const drawing::GroupPicture& group : placed().picture().groups) {
      if (group.id == id) text = QString::fromStdString(group.title);
    }
    where.setHeight(control::kHeight);
  }
  const bool topic = topology.topic(id) != nullptr;
  look().edited = id;
  refresh();
  auto* const editor = new InlineEditor(this, text, comment);  // deletes itself
  editor->setGeometryInside(mapFromScene(where).boundingRect());
  connect(editor, &InlineEditor::finished, this, [this, id, comment, topic](const QString& written) {
    look().edited.clear();
    refresh();
    if (comment && written.isEmpty()) return document_.apply(removeParts(document_.topology(), {id}, Heal::No));
    if (comment) return document_.apply(setComment(document_.topology(), id, written));
    if (document_.topology().node(id) != nullptr) return document_.apply(renameNode(document_.topology(), id, written));
    Result<Edit> edit = setValue(document_.topology(), id, topic ? "topic" : "name",
                                 written.isEmpty() ? json::Value() : json::Value::text(written.toStdString()));
    if (edit) document_.apply(std::move(*edit));
  });
  connect(editor, &InlineEditor::cancelled, this, [this] {
    look().edited.clear();
    refresh();
  });
}

}  // namespace weir::designer
