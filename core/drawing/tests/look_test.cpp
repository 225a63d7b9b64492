// Outlines, places on the grid, and the grid of cells.
#include <algorithm>
#include <cmath>
#include <random>

#include "core/drawing/look/cell_grid.hpp"
#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/node_areas.hpp"
#include "core/drawing/look/shapes.hpp"
#include "tests/program/test.hpp"

using namespace weir::drawing;

namespace {

constexpr NodeKind kKinds[] = {NodeKind::Source, NodeKind::Stateless, NodeKind::Stateful,
                               NodeKind::Window, NodeKind::Sink,      NodeKind::Topic};
using Kind = PathStep::Kind;

Rect around(const Path& path) {
  Rect all{path.front().to.x, path.front().to.y, 0, 0};
  const auto add = [&](Point point) {
    const double x = std::min(all.x, point.x);
    const double y = std::min(all.y, point.y);
    all = {x, y, std::max(all.right(), point.x) - x, std::max(all.bottom(), point.y) - y};
  };
  for (const PathStep& step : path) {
    if (step.kind != Kind::Close) add(step.to);
  }
  return all;
}

}  // namespace

class LookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theBorderOfANodeEndsAtItsEdges() {
    for (const NodeKind kind : kKinds) {
      const Size size{kNodeWidth, kNodeHeight};
      QCOMPARE(around(silhouette(kind, size)).grown(kBorder / 2), Rect::of({}, size));
      QCOMPARE(around(capSilhouette(kind, size)).right(), kCapWidth);
    }
  }

  void roundCornersAreQuartersOfCircles() {
    for (const NodeKind kind : kKinds) {
      Point at;
      int corners = 0;
      for (const PathStep& step : silhouette(kind, {kNodeWidth, kNodeHeight})) {
        if (step.kind == Kind::Round) {
          const Point in = step.corner - at;
          const Point out = step.to - step.corner;
          QCOMPARE(std::abs(in.x) + std::abs(in.y), std::abs(out.x) + std::abs(out.y));
          QVERIFY(in.x * out.y - in.y * out.x > 0);  // clockwise: y grows downwards
          ++corners;
        }
        at = step.to;
      }
      QCOMPARE(corners, kind == NodeKind::Window ? 0 : 4);
    }
  }

  void noTwoMarksOfPortsAreAlike() {
    const std::vector<Path> marks{portShape(PortMark::Circle), portShape(PortMark::Diamond),
                                  portShape(PortMark::Square), portShape(PortMark::Triangle)};
    for (std::size_t one = 0; one < marks.size(); ++one) {
      QCOMPARE(marks[one].back().kind, Kind::Close);
      for (std::size_t other = 0; other < one; ++other) QVERIFY(marks[one] != marks[other]);
    }
  }

  void aWireBendsNoFartherThanHalfOfAPiece() {
    const Path path = wireShape({{0, 0}, {100, 0}, {100, 6}, {200, 6}});
    QCOMPARE(path.size(), std::size_t{6});
    QCOMPARE(path[1].to, (Point{97, 0}));
    QCOMPARE(path[2], (PathStep{Kind::Bend, {100, 3}, {100, 0}}));
    QCOMPARE(path.back().to, (Point{200, 6}));
    QCOMPARE(middleOf({{0, 0}, {100, 0}, {100, 6}, {200, 6}}), (Point{100, 3}));
  }

  void textsAndBadgeKeepClearOfACutEdge() {
    const Size size{kNodeWidth, kNodeHeight};
    const double lost = kCutTextMargin - kTextMargin;
    QCOMPARE(textArea(NodeKind::Topic, size).right(), textArea(NodeKind::Source, size).right() - lost);
    QCOMPARE(badgeArea(NodeKind::Window, size).x, badgeArea(NodeKind::Stateful, size).x - lost);
  }

  void placesAreOnTheGrid() {
    QCOMPARE(onGrid(Point{11.9, -12.1}), (Point{8, -16}));
    QCOMPARE(onGrid(12.0), 16.0);
    QCOMPARE(onGridFrom(8.0), 8.0);
    QCOMPARE(onGridFrom(8.1), 16.0);
  }

  void theCellsFindWhatALookAtEverythingFinds() {
    std::mt19937 random(7);
    const auto number = [&](double low, double high) { return std::uniform_real_distribution(low, high)(random); };
    const auto rect = [&] { return Rect{number(-3000, 3000), number(-3000, 3000), number(0, 700), number(0, 700)}; };
    CellGrid<std::size_t, 256> cells;
    std::vector<Rect> rects(300);
    for (std::size_t i = 0; i < rects.size(); ++i) cells.insert(i, rects[i] = rect());
    for (std::size_t i = 0; i < rects.size(); i += 2) {
      cells.remove(i, rects[i]);
      cells.insert(i, rects[i] = rect());
    }
    for (std::size_t i = 1; i < rects.size(); i += 3) {
      cells.remove(i, rects[i]);
      rects[i] = {};
    }
    for (int run = 0; run < 200; ++run) {
      const Rect asked = run % 10 == 0 ? rect().grown(1e6) : rect();
      std::vector<std::size_t> found = cells.near(asked);
      QVERIFY(std::is_sorted(found.begin(), found.end()));
      std::vector<std::size_t> visited;
      if (run % 10 != 0) {
        cells.eachCell(asked, [&](const auto& cell) { visited.insert(visited.end(), cell.begin(), cell.end()); });
        std::sort(visited.begin(), visited.end());
        visited.erase(std::unique(visited.begin(), visited.end()), visited.end());
        QCOMPARE(visited, found);
      }
      std::erase_if(found, [&](std::size_t i) { return !rects[i].intersects(asked); });
      std::vector<std::size_t> expected;
      for (std::size_t i = 0; i < rects.size(); ++i) {
        if (!rects[i].empty() && rects[i].intersects(asked)) expected.push_back(i);
      }
      QCOMPARE(found, expected);
    }
  }
};

WEIR_TEST(LookTest)
#include "look_test.moc"
