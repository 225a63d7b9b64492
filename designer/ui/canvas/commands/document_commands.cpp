#include "designer/ui/canvas/commands/document_commands.hpp"

#include <QApplication>
#include <QClipboard>

#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/fragment.hpp"
#include "designer/model/edits/reach.hpp"
#include "designer/ui/canvas/picture/bend_handles.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/wire_ends.hpp"
#include "designer/ui/canvas/scene/placing.hpp"

namespace weir::designer {

DocumentCommands::DocumentCommands(Document& document, CanvasScene& scene, Camera& camera, TextEditing& texts)
    : document_(document), scene_(scene), camera_(camera), texts_(texts) {}

void DocumentCommands::selectAll() {
  Selection all;
  const drawing::Picture& picture = scene_.placed().picture();
  for (const auto& node : picture.nodes) all.insert(node->id);
  for (const drawing::GroupPicture& group : picture.groups) all.insert(group.id);
  for (const drawing::CommentPicture& comment : picture.comments) all.insert(comment.id);
  document_.select(withBoxes(document_.topology(), all));
}

void DocumentCommands::deleteSelected() {
  if (const std::optional<BendRef> bend = scene_.look().bend) {
    document_.apply(removeBend(document_.topology(), bend->wire, bend->index));
    return chooseBend(bend->index);
  }
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
  insertText(QApplication::clipboard()->text(), camera_.insertionPoint(), {});
}

void DocumentCommands::insertText(const QString& text, QPointF at, const QString& label) {
  const Surroundings around{scene_.placed().picture(), scene_.maker()};
  std::optional<Edit> edit = designer::paste(document_.topology(), text, fromQt(onGrid(at)), around);
  if (!edit) return;
  if (!label.isEmpty()) edit->label = label;
  document_.apply(std::move(*edit));
  revealSelected();
}

void DocumentCommands::duplicateSelected() {
  if (document_.selection().empty()) return;
  const Surroundings around{scene_.placed().picture(), scene_.maker()};
  document_.apply(duplicate(document_.topology(), document_.selection(), around));
  revealSelected();
}

// What is new, without a jump where it is seen already.
void DocumentCommands::revealSelected() {
  QRectF around;
  for (const std::string& id : document_.selection()) around |= scene_.placed().rectOf(id).value_or(QRectF());
  if (!around.isNull()) camera_.reveal(around);
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
    if (group.hidden || !document_.selection().contains(group.id)) continue;
    return document_.apply(withCollapsed(scene_, document_.selection(), group.id, !group.collapsed));
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

bool DocumentCommands::selectWiresAt(QPointF point) {
  const std::optional<PortRef> port = portAt(scene_.placed(), point);
  Selection wires;
  if (port) {
    for (const PlacedWire* const wire : wiresAt(scene_.placed(), *port)) wires.insert(wire->picture->id);
  }
  if (wires.empty()) return false;
  document_.select(std::move(wires));
  return true;
}

void DocumentCommands::detachSelected() {
  Selection wires;
  const topology::Topology& now = document_.topology();
  for (const auto& edge : now.edges) {
    const bool ends = document_.selection().contains(std::string(endOf(edge->from.value).node)) ||
                      document_.selection().contains(std::string(endOf(edge->to.value).node));
    if (ends || document_.selection().contains(edgeId(*edge))) wires.insert(edgeId(*edge));
  }
  if (!wires.empty()) document_.apply(detach(now, wires));
}

const PlacedWire* DocumentCommands::selectedWire() const {
  const Selection& selection = document_.selection();
  return selection.size() == 1 ? scene_.placed().wire(*selection.begin()) : nullptr;
}

// The bend of that index, or the last one before it.
void DocumentCommands::chooseBend(std::size_t index) {
  const PlacedWire* const wire = selectedWire();
  const std::size_t count = wire == nullptr ? 0 : wire->picture->layout.bends.size();
  scene_.look().bend.reset();
  if (count > 0) scene_.look().bend = BendRef{wire->picture->id, std::min(index, count - 1)};
  camera_.refresh();
}

void DocumentCommands::bendSelected() {
  const PlacedWire* const wire = selectedWire();
  const std::optional<BendHandle> made = wire == nullptr ? std::nullopt : freshBendOf(*wire);
  if (!made) return;
  std::vector<Point> bends = wire->picture->layout.bends;
  bends.insert(bends.begin() + static_cast<std::ptrdiff_t>(made->index), fromQt(made->at));
  document_.apply(setBends(document_.topology(), made->wire, std::move(bends)));
  chooseBend(made->index);
}

void DocumentCommands::chooseNextBend() {
  const PlacedWire* const wire = selectedWire();
  if (wire == nullptr || wire->picture->layout.bends.empty()) return;
  const std::optional<BendRef>& bend = scene_.look().bend;
  chooseBend(bend ? (bend->index + 1) % wire->picture->layout.bends.size() : 0);
}

void DocumentCommands::straightenSelected() {
  if (!document_.selection().empty()) document_.apply(straighten(document_.topology(), document_.selection()));
}

void DocumentCommands::toggleLinks() {
  Selection wires;
  bool all = true;
  for (const std::string& id : document_.selection()) {
    const PlacedWire* const wire = scene_.placed().wire(id);
    if (wire == nullptr) continue;
    wires.insert(id);
    all = all && wire->picture->layout.link;
  }
  if (!wires.empty()) document_.apply(setLinks(document_.topology(), wires, !all));
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
  revealSelected();
  texts_.edit(id);
}

}  // namespace weir::designer
