#pragma once

#include <QCoreApplication>
#include <optional>
#include <string>

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/gestures/alignment_guides.hpp"
#include "designer/ui/canvas/gestures/gesture.hpp"
#include "designer/ui/canvas/gestures/group_targets.hpp"
#include "designer/ui/canvas/gestures/splice.hpp"

namespace weir::designer {

// Moves what is selected, on the grid and into line with others (not while Alt is held), out of groups and into others.
// A single node without wires that is dropped on a wire is put into it.
class MoveGesture : public Gesture {
  Q_DECLARE_TR_FUNCTIONS(MoveGesture)

 public:
  // `grabbed` is the part under the mouse: it comes to lie on the grid.
  MoveGesture(GestureHost& host, const MouseAt& at, const std::string& grabbed);
  void update(const MouseAt& at) override;
  void end(const MouseAt& at) override;
  void cancel() override;
  void paint(QPainter& painter, const Theme& theme) const override;

 private:
  Point movedBy(const MouseAt& at);
  Edit moved(Point by, const Memberships& memberships) const;

  QPointF from_;
  Point grabbedFrom_;
  Positions starts_;
  AlignmentGuides guides_;
  GroupTargets groups_;
  GroupTargets::Outcome outcome_;
  std::string single_;  // the only node that is moved, if it could be put into a wire
  std::optional<SpliceTargets> targets_;
};

// Shift+drag: takes a node out of its wires and connects its neighbours.
class PullOutGesture : public Gesture {
 public:
  PullOutGesture(GestureHost& host, const MouseAt& at, std::string node);
  void update(const MouseAt& at) override;
  void end(const MouseAt& at) override;
  void cancel() override;
  void paint(QPainter& painter, const Theme& theme) const override;

 private:
  QPointF from_;
  std::string node_;
  Point start_;
  GroupTargets groups_;
  GroupTargets::Outcome outcome_;
};

}  // namespace weir::designer
