#include "designer/ui/canvas/commands/document_commands.hpp"

#include <QApplication>
#include <QClipboard>

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/fragment.hpp"
#include "designer/model/edits/reach.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/scene/placing.hpp"

namespace weir::designer {

DocumentCommands::DocumentCommands(Document& document, const CanvasScene& scene, const Camera& camera,
                                   TextEditing& texts)
    : document_(document), scene_(scene), camera_(camera), texts_(texts) {}

void DocumentCommands::selectAll() {
  Selection all;
  const drawing::Picture& picture = scene_.placed().picture();
  for (const auto& node : picture.nodes) all.insert(node->id);
  for (const drawing::CommentPicture& comment : picture.comments) all.insert(comment.id);
  document_.select(std::move(all));
}

void DocumentCommands::deleteSelected() {
  if (!document_.selection().empty()) {
    document_.apply(removeParts(document_.topology(), document_.selection(), Heal::No));
  }
}

void DocumentCommands::deleteAndHeal() {
  if (!document_.selection().empty()) {
    document_.apply(removeParts(document_.topology(), document_.selection(), Heal::Yes));
  }
}

void DocumentCommands::cut() {
  copy();
  deleteSelected();
}

void DocumentCommands::copy() {
  if (document_.selection().empty()) return;
  QApplication::clipboard()->setText(copiedText(document_.topology(), document_.selection(), *scene_.catalog()));
}

void DocumentCommands::paste() {
  const Point at = fromQt(onGrid(camera_.insertionPoint()));
  const Surroundings around{scene_.placed().picture(), scene_.maker()};
  if (std::optional<Edit> edit = designer::paste(document_.topology(), QApplication::clipboard()->text(), at, around)) {
    document_.apply(std::move(*edit));
  }
}

void DocumentCommands::duplicateSelected() {
  if (document_.selection().empty()) return;
  const Surroundings around{scene_.placed().picture(), scene_.maker()};
  document_.apply(duplicate(document_.topology(), document_.selection(), around));
}

void DocumentCommands::toggleDisabled() {
  const topology::Topology& topology = document_.topology();
  bool any = false;
  bool runs = false;
  for (const std::string& id : withMembers(topology, document_.selection())) {
    const topology::Node* const node = topology.node(id);
    if (node == nullptr) continue;
    any = true;
    runs = runs || node->disabled.empty();
  }
  if (any) document_.apply(setDisabled(topology, document_.selection(), runs));
}

void DocumentCommands::groupSelected() {
  Edit edit = group(document_.topology(), document_.selection(), tr("Group"));
  if (!edit.selection) return;
  const std::string id = *edit.selection->begin();
  const bool fresh = !isThere(document_.topology(), id);
  document_.apply(std::move(edit));
  if (fresh) texts_.edit(id);
}

void DocumentCommands::ungroupSelected() {
  document_.apply(ungroup(document_.topology(), document_.selection()));
}

void DocumentCommands::toggleCollapsed() {
  for (const drawing::GroupPicture& group : scene_.placed().picture().groups) {
    if (!document_.selection().contains(group.id)) continue;
    return document_.apply(setCollapsed(document_.topology(), group.id, !group.collapsed));
  }
}

void DocumentCommands::togglePinned() {
  if (document_.selection().empty()) return;
  Selection nodes;
  bool all = true;
  for (const std::string& id : document_.selection()) {
    const PlacedNode* const node = scene_.placed().node(id);
    if (node == nullptr) continue;
    nodes.insert(id);
    all = all && node->picture->place.pinned;
  }
  document_.apply(setPinned(document_.topology(), nodes, !all));
}

std::vector<Box> DocumentCommands::selectedBoxes() const {
  std::vector<Box> boxes;
  for (const std::string& id : document_.selection()) {
    if (const PlacedNode* const node = scene_.placed().node(id)) boxes.push_back({id, node->picture->rect()});
  }
  return boxes;
}

void DocumentCommands::alignSelected(Align how) {
  const Positions positions = aligned(selectedBoxes(), how);
  if (!positions.empty()) document_.apply(movedTo(document_.topology(), positions, tr("Align")));
}

void DocumentCommands::distributeSelected(Axis axis) {
  const Positions positions = distributed(selectedBoxes(), axis);
  if (!positions.empty()) document_.apply(movedTo(document_.topology(), positions, tr("Distribute")));
}

void DocumentCommands::selectAlong(Along along) {
  const Selection& selected = document_.selection();
  Selection reached = selected;
  const auto add = [&](Flow flow) {
    const Reach reach(document_.topology(), flow);
    for (const std::string_view id : reach.from({selected.begin(), selected.end()})) reached.emplace(id);
  };
  if (along != Along::Downstream) add(Flow::Upstream);
  if (along != Along::Upstream) add(Flow::Downstream);
  document_.select(std::move(reached));
}

void DocumentCommands::nextCommentColour() {
  Selection comments;
  for (const std::string& id : document_.selection()) {
    if (drawing::isCommentId(id)) comments.insert(id);
  }
  if (!comments.empty()) document_.apply(designer::nextCommentColour(document_.topology(), comments));
}

void DocumentCommands::addComment() {
  const Point at = fromQt(onGrid(camera_.insertionPoint()));
  Edit edit = designer::addComment(document_.topology(), tr("Comment"), at);
  const std::string id = *edit.selection->begin();
  document_.apply(placedClear(scene_, std::move(edit)));
  texts_.edit(id);
}

}  // namespace weir::designer
