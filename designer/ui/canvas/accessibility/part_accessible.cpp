#include "designer/ui/canvas/accessibility/part_accessible.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

using PartKind = ReadPart::Kind;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Accessible)
};

QString kindName(drawing::NodeKind kind) {
  switch (kind) {
    case drawing::NodeKind::Source: return Words::tr("source");
    case drawing::NodeKind::Stateless: return Words::tr("operator");
    case drawing::NodeKind::Stateful: return Words::tr("operator with state");
    case drawing::NodeKind::Window: return Words::tr("window");
    case drawing::NodeKind::Sink: return Words::tr("sink");
    case drawing::NodeKind::Topic: return Words::tr("topic");
  }
  Q_UNREACHABLE();
}

QString badgeName(drawing::Badge badge) {
  switch (badge) {
    case drawing::Badge::None: return {};
    case drawing::Badge::Stopped: return Words::tr("disabled");
    case drawing::Badge::Passed: return Words::tr("disabled, rows go past it");
    case drawing::Badge::Warning: return Words::tr("warning");
    case drawing::Badge::Draft: return Words::tr("draft");
    case drawing::Badge::Error: return Words::tr("error");
    case drawing::Badge::Missing: return Words::tr("plugin missing");
  }
  Q_UNREACHABLE();
}

// The worst that is said about a node or wire.
QString problemOf(const CanvasScene& scene, const std::string& id) {
  const Checked& checked = scene.checked();
  if (checked == nullptr) return {};
  const topology::Problem* worst = nullptr;
  for (const topology::Problem& problem : checked->problems) {
    if ((problem.node.empty() ? problem.edge : problem.node) != id) continue;
    if (worst == nullptr || problem.severity > worst->severity) worst = &problem;
  }
  return worst == nullptr || worst->severity == topology::Severity::Info ? QString()
                                                                         : QString::fromStdString(worst->message);
}

QString withState(QString text, const CanvasScene& scene, const std::string& id, drawing::Badge badge) {
  if (badge == drawing::Badge::None) return text;
  text += QStringLiteral(", ") + badgeName(badge);
  const QString problem = problemOf(scene, id);
  return problem.isEmpty() ? text : text + QStringLiteral(": ") + problem;
}

template <typename Parts>
const typename Parts::value_type* byId(const Parts& parts, const std::string& id) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const auto& part) { return part.id == id; });
  return found == parts.end() ? nullptr : &*found;
}

}  // namespace

PartAccessible::PartAccessible(QGraphicsView& view, AccessibleCanvas& canvas, ReadPart part)
    : view_(&view), canvas_(canvas), part_(std::move(part)) {}

bool PartAccessible::isValid() const {
  return view_ != nullptr && isThere(canvas_.document().topology(), part_.id);
}

QWindow* PartAccessible::window() const {
  return view_ == nullptr ? nullptr : view_->window()->windowHandle();
}

QAccessibleInterface* PartAccessible::parent() const {
  return view_ == nullptr ? nullptr : QAccessible::queryAccessibleInterface(view_);
}

QString PartAccessible::text(QAccessible::Text what) const {
  if (!isValid()) return {};
  if (what == QAccessible::Name) return name();
  if (what == QAccessible::Description) return description();
  return {};
}

QString PartAccessible::name() const {
  const PlacedPicture& placed = canvas_.canvasScene().placed();
  const auto nodeName = [&](const std::string& id) {
    const PlacedNode* const node = placed.node(id);
    return QString::fromStdString(node == nullptr ? id : node->picture->fullName);
  };
  switch (part_.kind) {
    case PartKind::Node: {
      const PlacedNode* const node = placed.node(part_.id);
      if (node == nullptr) return {};
      const QString text = nodeName(part_.id) + QStringLiteral(", ") + kindName(node->picture->kind);
      const bool waits = node->picture->idle && node->picture->badge == drawing::Badge::None;
      return withState(waits ? text + QStringLiteral(", ") + Words::tr("does not run") : text, canvas_.canvasScene(),
                       part_.id, node->picture->badge);
    }
    case PartKind::Wire: {
      const PlacedWire* const wire = placed.wire(part_.id);
      if (wire == nullptr) return {};
      const QString text =
          Words::tr("Wire from %1 to %2").arg(nodeName(wire->picture->fromNode), nodeName(wire->picture->toNode));
      return withState(text, canvas_.canvasScene(), part_.id, wire->picture->badge);
    }
    case PartKind::Group: {
      const drawing::GroupPicture* const group = byId(placed.picture().groups, part_.id);
      if (group == nullptr) return {};
      const QString count = Words::tr("%n node(s)", nullptr, static_cast<int>(group->nodes.size()));
      QString text = Words::tr("Group %1").arg(QString::fromStdString(group->title)) + QStringLiteral(", ") + count;
      if (group->outer != drawing::kNoGroup) {
        const drawing::GroupPicture& outer = placed.picture().groups[group->outer];
        text += QStringLiteral(", ") + Words::tr("in %1").arg(QString::fromStdString(outer.title));
      }
      return group->collapsed ? text + QStringLiteral(", ") + Words::tr("collapsed") : text;
    }
    case PartKind::Comment: {
      const drawing::CommentPicture* const comment = byId(placed.picture().comments, part_.id);
      return comment == nullptr ? QString() : Words::tr("Comment: %1").arg(QString::fromStdString(comment->text));
    }
  }
  Q_UNREACHABLE();
}

QString PartAccessible::description() const {
  const PlacedNode* const node = part_.kind == PartKind::Node ? canvas_.canvasScene().placed().node(part_.id) : nullptr;
  if (node == nullptr) return {};
  return QString::fromStdString(node->picture->words[0] + " " + node->picture->words[1]).simplified();
}

QRect PartAccessible::rect() const {
  if (!isValid()) return {};
  const std::optional<QRectF> rect = canvas_.canvasScene().placed().rectOf(part_.id);
  if (!rect) return {};
  const QRect window = view_->mapFromScene(*rect).boundingRect();
  return {view_->viewport()->mapToGlobal(window.topLeft()), window.size()};
}

QAccessible::Role PartAccessible::role() const {
  switch (part_.kind) {
    case PartKind::Node: return QAccessible::ListItem;
    case PartKind::Group: return QAccessible::Grouping;
    case PartKind::Wire: return QAccessible::Graphic;
    case PartKind::Comment: return QAccessible::Note;
  }
  Q_UNREACHABLE();
}

QAccessible::State PartAccessible::state() const {
  QAccessible::State state;
  if (!isValid()) {
    state.invalid = true;
    return state;
  }
  state.selectable = true;
  state.multiSelectable = true;
  state.focusable = true;
  state.selected = canvas_.document().selection().contains(part_.id);
  state.focused = view_->hasFocus() && canvas_.current() == part_.id;
  const drawing::GroupPicture* const group =
      part_.kind == PartKind::Group ? byId(canvas_.canvasScene().placed().picture().groups, part_.id) : nullptr;
  state.expandable = group != nullptr;
  state.collapsed = group != nullptr && group->collapsed;
  state.expanded = group != nullptr && !group->collapsed;
  const QRect window(view_->viewport()->mapToGlobal(QPoint()), view_->viewport()->size());
  state.offscreen = !window.intersects(rect());
  return state;
}

void* PartAccessible::interface_cast(QAccessible::InterfaceType type) {
  return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
}

QStringList PartAccessible::actionNames() const {
  return {pressAction(), setFocusAction()};
}

void PartAccessible::doAction(const QString& name) {
  if (!isValid()) return;
  if (name == setFocusAction()) view_->setFocus();
  if (actionNames().contains(name)) canvas_.locate(QString::fromStdString(part_.id));
}

QStringList PartAccessible::keyBindingsForAction(const QString& /*name*/) const {
  return {};
}

}  // namespace weir::designer
