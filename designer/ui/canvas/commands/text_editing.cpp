#include "designer/ui/canvas/commands/text_editing.hpp"

#include "core/drawing/look/measures.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/widgets/inline_editor.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

TextEditing::TextEditing(Document& document, CanvasScene& scene, Camera& camera, const KeyboardNavigation& navigation)
    : document_(document), scene_(scene), camera_(camera), navigation_(navigation) {}

void TextEditing::rename() {
  const std::string id = document_.selection().size() == 1 ? *document_.selection().begin() : navigation_.current();
  if (!id.empty()) edit(id);
}

void TextEditing::edit(const std::string& id) {
  const PlacedPicture& placed = scene_.placed();
  const std::optional<QRectF> rect = placed.rectOf(id);
  if (!rect || placed.wire(id) != nullptr) return;
  const bool comment = drawing::isCommentId(id);
  QString text;
  QRectF where = *rect;
  if (comment) {
    for (const drawing::CommentPicture& picture : placed.picture().comments) {
      if (picture.id == id) text = QString::fromStdString(picture.text);
    }
    where.setLeft(where.left() + drawing::kCommentBar);
  } else if (const PlacedNode* const node = placed.node(id)) {
    text = QString::fromStdString(node->picture->fullName);
    where =
        QRectF(rect->left() + drawing::kCapWidth, rect->top(), rect->width() - drawing::kCapWidth, control::kHeight);
  } else {
    for (const drawing::GroupPicture& group : placed.picture().groups) {
      if (group.id == id) text = QString::fromStdString(group.title);
    }
    where.setHeight(control::kHeight);
  }
  begin(id);
  auto* const editor = new InlineEditor(&camera_.frame(), text, comment);  // deletes itself
  editor->setGeometryInside(camera_.toWindow(where));
  connect(editor, &InlineEditor::finished, this, [this, id](const QString& written) {
    end();
    apply(id, written);
  });
  connect(editor, &InlineEditor::cancelled, this, &TextEditing::end);
}

void TextEditing::begin(const std::string& id) {
  scene_.look().edited = id;
  camera_.refresh();
}

void TextEditing::end() {
  begin({});
}

void TextEditing::apply(const std::string& id, const QString& written) {
  const topology::Topology& topology = document_.topology();
  const bool comment = drawing::isCommentId(id);
  if (comment && written.isEmpty()) return document_.apply(removeParts(topology, {id}, Heal::No));
  if (comment) return document_.apply(setComment(topology, id, written));
  if (topology.node(id) != nullptr) return document_.apply(renameNode(topology, id, written));
  Result<Edit> edit = setValue(topology, id, topology.topic(id) != nullptr ? "topic" : "name",
                               written.isEmpty() ? json::Value() : json::Value::text(written.toStdString()));
  if (edit) document_.apply(std::move(*edit));
}

}  // namespace weir::designer
