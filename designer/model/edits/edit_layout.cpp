// Edits of the layout alone: positions and comments.
#include <QCoreApplication>

#include "core/drawing/look/measures.hpp"
#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

}  // namespace

Edit movedTo(const topology::Topology& topology, const Positions& positions, const QString& label, int gesture) {
  Edit edit{label, topology, gesture == 0 ? "" : "gesture " + std::to_string(gesture), {}};
  moveBends(edit.after, positions);
  drawing::setPositions(edit.after.layout, {positions.begin(), positions.end()});
  return edit;
}

Edit setPinned(const topology::Topology& topology, const Selection& ids, bool pinned) {
  Edit edit{pinned ? Words::tr("Pin") : Words::tr("Unpin"), topology, {}, {}};
  const drawing::LayoutIndex index(topology.layout);
  for (const std::string& id : ids) {
    drawing::Place place = index.place(id);
    place.pinned = pinned;
    drawing::setPlace(edit.after.layout, id, place);
  }
  return edit;
}

std::optional<Point> positionOf(const topology::Topology& topology, std::string_view id) {
  return drawing::LayoutIndex(topology.layout).place(id).at;
}

Edit addComment(const topology::Topology& topology, const QString& text, Point at) {
  const std::string id = drawing::freshCommentId(topology.layout);
  Edit edit{Words::tr("Add a comment"), topology, {}, Selection{id}};
  drawing::setComment(edit.after.layout, {id, text.toStdString(), at, drawing::kCommentWidth});
  return edit;
}

namespace {

template <typename Change>
void changeComments(topology::Topology& topology, const Selection& ids, const Change& change) {
  for (drawing::Comment& comment : drawing::LayoutIndex(topology.layout).comments()) {
    if (!ids.contains(comment.id)) continue;
    change(comment);
    drawing::setComment(topology.layout, comment);
  }
}

}  // namespace

Edit setComment(const topology::Topology& topology, const std::string& id, const QString& text) {
  Edit edit{Words::tr("Change a comment"), topology, "comment " + id, {}};
  changeComments(edit.after, {id}, [&](drawing::Comment& comment) { comment.text = text.toStdString(); });
  return edit;
}

Edit setCommentWidth(const topology::Topology& topology, const std::string& id, double width) {
  Edit edit{Words::tr("Change the width of a comment"), topology, {}, {}};
  changeComments(edit.after, {id},
                 [&](drawing::Comment& comment) { comment.width = std::max(width, drawing::kLeastCommentWidth); });
  return edit;
}

Edit nextCommentColour(const topology::Topology& topology, const Selection& ids) {
  Edit edit{Words::tr("Change the colour of a comment"), topology, {}, {}};
  std::optional<drawing::CommentColour> next;
  changeComments(edit.after, ids, [&](drawing::Comment& comment) {
    const std::size_t after = (static_cast<std::size_t>(comment.colour) + 1) % drawing::kCommentColourCount;
    if (!next) next = static_cast<drawing::CommentColour>(after);
    comment.colour = *next;
  });
  return edit;
}

}  // namespace weir::designer
