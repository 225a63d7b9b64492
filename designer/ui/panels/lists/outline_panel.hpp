// The topology as a tree: groups with their nodes, and the others, in the order in which rows flow.
#pragma once

#include <QTimer>
#include <QTreeWidget>

#include "designer/ui/panels/panel/panel.hpp"

namespace weir::designer {

// Ids of nodes and topics such that what gives rows stands before what takes them; what runs in a circle comes last.
std::vector<std::string> inFlowOrder(const topology::Topology& topology);

class OutlinePanel : public Panel {
  Q_OBJECT

 public:
  explicit OutlinePanel(QWidget* parent = nullptr);

  QTreeWidget& tree() { return *tree_; }

 Q_SIGNALS:
  void locate(const QString& id);

 protected:
  void onChange(Change change) override;
  void showEvent(QShowEvent* event) override;

 private:
  void fill();
  void showSelection();
  QTreeWidgetItem* itemOf(const std::string& id) const;

  QTreeWidget* tree_;
  QTimer later_;  // many edits, one look
  bool stale_ = true;
  bool silent_ = false;  // the tree is being filled
  bool own_ = false;     // the selection comes from the tree
};

}  // namespace weir::designer
