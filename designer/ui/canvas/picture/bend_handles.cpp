#include "designer/ui/canvas/picture/bend_handles.hpp"

#include <QLineF>
#include <algorithm>

#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

namespace {

const std::vector<drawing::Point>& bendsOf(const PlacedWire& wire) {
  return wire.picture->layout.bends;
}

// Where the ends and the bends are along a wire, from its output.
std::vector<double> stationsOf(const PlacedWire& wire) {
  std::vector<double> stations{0};
  for (const drawing::Point& bend : bendsOf(wire)) stations.push_back(lengthTo(wire.route, toQt(bend)));
  stations.push_back(lengthOf(wire.route));
  return stations;
}

BendHandle freshHandle(const PlacedWire& wire, std::size_t index, QPointF at) {
  return {wire.picture->id, index, at, true};
}

}  // namespace

std::vector<BendHandle> bendHandles(const PlacedPicture& placed, const Selection& selected) {
  std::vector<BendHandle> handles;
  const PlacedWire* const found = selected.size() == 1 ? placed.wire(*selected.begin()) : nullptr;
  if (found == nullptr || found->route.empty()) return handles;
  const PlacedWire& wire = *found;
  const std::vector<double> stations = stationsOf(wire);
  for (std::size_t index = 0; index + 1 < stations.size(); ++index) {
    if (index > 0) handles.push_back({wire.picture->id, index - 1, toQt(bendsOf(wire)[index - 1]), false});
    const double length = stations[index + 1] - stations[index];
    if (length < 2 * space::kHuge) continue;
    handles.push_back(freshHandle(wire, index, pointAt(wire.route, stations[index] + length / 2)));
  }
  return handles;
}

double bendReach(double zoom) {
  return wire::kBendReach / std::min(1.0, zoom);
}

std::optional<BendHandle> bendHandleAt(const PlacedPicture& placed, const Selection& selected, QPointF point,
                                       double reach) {
  std::optional<BendHandle> best;
  for (const BendHandle& handle : bendHandles(placed, selected)) {
    const double away = QLineF(point, handle.at).length();
    if (away > reach || (best && best->fresh == handle.fresh && away >= QLineF(point, best->at).length())) continue;
    if (!best || !handle.fresh || best->fresh) best = handle;
  }
  return best;
}

std::optional<BendHandle> freshBendAt(const PlacedWire& wire, QPointF point) {
  if (wire.route.empty()) return std::nullopt;
  const std::vector<double> stations = stationsOf(wire);
  const double at = lengthTo(wire.route, point);
  const double end = std::min(wire::kEndReach, stations.back() / 3);
  if (at <= end || at >= stations.back() - end) return std::nullopt;
  const auto next = std::upper_bound(stations.begin() + 1, stations.end() - 1, at);
  return freshHandle(wire, static_cast<std::size_t>(next - stations.begin()) - 1, pointAt(wire.route, at));
}

std::optional<BendHandle> freshBendOf(const PlacedWire& wire) {
  if (wire.route.empty()) return std::nullopt;
  const std::vector<double> stations = stationsOf(wire);
  std::size_t longest = 0;
  for (std::size_t index = 1; index + 1 < stations.size(); ++index) {
    if (stations[index + 1] - stations[index] > stations[longest + 1] - stations[longest]) longest = index;
  }
  return freshHandle(wire, longest, pointAt(wire.route, (stations[longest] + stations[longest + 1]) / 2));
}

}  // namespace weir::designer
