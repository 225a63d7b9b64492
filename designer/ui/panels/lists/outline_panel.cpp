#include "designer/ui/panels/lists/outline_panel.hpp"

#include <QHeaderView>
#include <QVBoxLayout>
#include <deque>
#include <map>
#include <set>

#include "core/drawing/picture/picture.hpp"
#include "core/topology/model/group_nesting.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/panels/panel/selection_words.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

namespace {

constexpr int kIdRole = Qt::UserRole + 1;

QString words(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

QTreeWidgetItem* makeItem() {
  auto* const item = new QTreeWidgetItem;
  item->setSizeHint(0, {0, control::kListRow});
  return item;
}

QTreeWidgetItem* groupItem(const topology::Group& group) {
  QTreeWidgetItem* const item = makeItem();
  item->setText(0, group.name.empty() ? words(drawing::nameFromId(group.id.value)) : words(group.name.value));
  item->setIcon(0, themeIcon(QStringLiteral("group")));
  item->setData(0, kIdRole, words(group.id.value));
  return item;
}

QTreeWidgetItem* partItem(const topology::Topology& topology, const catalog::Catalog& catalog, const std::string& id) {
  QTreeWidgetItem* const item = makeItem();
  item->setData(0, kIdRole, words(id));
  item->setText(0, shownName(topology, id));
  const topology::Node* const node = topology.node(id);
  if (node == nullptr) {
    item->setIcon(0, kindIcon(NodeKind::Topic, QStringLiteral("database")));
    return item;
  }
  item->setToolTip(0, words(node->use.value));
  if (const catalog::OperatorSpec* const spec = catalog.find(node->use.value)) {
    item->setIcon(0, kindIcon(drawing::kindOf(*spec), words(spec->icon)));
  } else {
    item->setIcon(0, themeIcon(QStringLiteral("puzzle")));
  }
  return item;
}

}  // namespace

std::vector<std::string> inFlowOrder(const topology::Topology& topology) {
  std::vector<std::string> ids;
  for (const auto& node : topology.nodes) ids.push_back(node->id.value);
  for (const auto& topic : topology.topics) ids.push_back(topic->id.value);
  std::map<std::string_view, int> waiting;
  for (const std::string& id : ids) waiting[id] = 0;
  std::multimap<std::string_view, std::string_view> next;
  for (const auto& edge : topology.edges) {
    const std::string_view from = endOf(edge->from.value).node;
    const std::string_view to = endOf(edge->to.value).node;
    if (!waiting.contains(from) || !waiting.contains(to)) continue;
    next.emplace(from, to);
    ++waiting[to];
  }
  std::vector<std::string> order;
  std::set<std::string_view> done;
  std::deque<std::string_view> ready;
  for (const std::string& id : ids) {
    if (waiting[id] == 0) ready.push_back(id);
  }
  while (!ready.empty()) {
    const std::string_view id = ready.front();
    ready.pop_front();
    done.insert(id);
    order.emplace_back(id);
    const auto [first, last] = next.equal_range(id);
    for (auto it = first; it != last; ++it) {
      if (--waiting[it->second] == 0) ready.push_back(it->second);
    }
  }
  for (const std::string& id : ids) {
    if (!done.contains(id)) order.push_back(id);
  }
  return order;
}

OutlinePanel::OutlinePanel(QWidget* parent) : Panel(parent), tree_(new QTreeWidget) {
  tree_->setHeaderHidden(true);
  tree_->setFrameShape(QFrame::NoFrame);
  tree_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  tree_->setIconSize({control::kTileSmall, control::kTileSmall});
  tree_->setIndentation(space::kLarge);
  tree_->setUniformRowHeights(true);
  tree_->setAccessibleName(tr("Outline"));
  tree_->viewport()->setBackgroundRole(QPalette::Window);
  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, space::kSmall, 0, 0);
  layout->addWidget(tree_);
  setFocusProxy(tree_);
  later_.setSingleShot(true);
  connect(&later_, &QTimer::timeout, this, &OutlinePanel::fill);
  connect(tree_, &QTreeWidget::itemSelectionChanged, this, [this] {
    if (silent_ || document() == nullptr) return;
    Selection selection;
    for (const QTreeWidgetItem* const item : tree_->selectedItems()) {
      selection.insert(item->data(0, kIdRole).toString().toStdString());
    }
    own_ = true;
    document()->select(std::move(selection));
    own_ = false;
  });
  const auto show = [this](const QTreeWidgetItem* item) { Q_EMIT locate(item->data(0, kIdRole).toString()); };
  connect(tree_, &QTreeWidget::itemClicked, this, show);
  connect(tree_, &QTreeWidget::itemActivated, this, show);
}

void OutlinePanel::onChange(Change change) {
  if (change == Change::Selected) return showSelection();
  if (change == Change::Checks || change == Change::Saved) return;
  stale_ = true;
  if (isVisible()) later_.start();
}

void OutlinePanel::showEvent(QShowEvent* event) {
  Panel::showEvent(event);
  if (stale_) later_.start();
}

void OutlinePanel::fill() {
  stale_ = false;
  silent_ = true;
  std::set<QString> closed;
  for (QTreeWidgetItemIterator it(tree_, QTreeWidgetItemIterator::HasChildren); *it != nullptr; ++it) {
    if (!(*it)->isExpanded()) closed.insert((*it)->data(0, kIdRole).toString());
  }
  tree_->clear();
  if (document() != nullptr) {
    const topology::Topology& topology = document()->topology();
    const topology::GroupNesting nesting(topology);
    std::vector<QTreeWidgetItem*> groups(topology.groups.size());
    QList<QTreeWidgetItem*> top;
    const auto put = [&](QTreeWidgetItem* item, std::size_t around) {
      if (around == topology::GroupNesting::kNone) {
        top.append(item);
      } else {
        groups[around]->addChild(item);
      }
    };
    for (const std::size_t group : nesting.outerFirst()) {
      groups[group] = groupItem(*topology.groups[group]);
      put(groups[group], nesting.around(group));
    }
    for (const std::string& id : inFlowOrder(topology)) {
      put(partItem(topology, *catalog(), id), nesting.around(std::string_view(id)));
    }
    tree_->addTopLevelItems(top);
    for (QTreeWidgetItem* const item : groups) item->setExpanded(!closed.contains(item->data(0, kIdRole).toString()));
  }
  silent_ = false;
  showSelection();
}

QTreeWidgetItem* OutlinePanel::itemOf(const std::string& id) const {
  const QString wanted = words(id);
  for (QTreeWidgetItemIterator it(tree_); *it != nullptr; ++it) {
    if ((*it)->data(0, kIdRole).toString() == wanted) return *it;
  }
  return nullptr;
}

void OutlinePanel::showSelection() {
  // Its own clicks come back here: the rows are right already then.
  if (document() == nullptr || stale_ || own_) return;
  constexpr std::size_t kMost = 100;  // more are not looked for one by one
  silent_ = true;
  tree_->clearSelection();
  if (document()->selection().size() <= kMost) {
    for (const std::string& id : document()->selection()) {
      QTreeWidgetItem* const item = itemOf(id);
      if (item == nullptr) continue;
      item->setSelected(true);
      tree_->scrollToItem(item);
    }
  }
  silent_ = false;
}

}  // namespace weir::designer
