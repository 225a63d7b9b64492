#include "designer/model/service/layout_job.hpp"

#include <utility>

namespace weir::designer {

LayoutJob::~LayoutJob() {
  // Nobody is told any more.
  running_ = false;
  thread_ = {};
}

void LayoutJob::start(drawing::PictureLayout layout) {
  cancel();
  running_ = true;
  const int number = ++number_;
  thread_ = std::jthread([this, number, layout = std::move(layout)](const std::stop_token& stop) {
    std::optional<std::vector<Point>> points = drawing::layOut(layout.input, stop);
    if (!points) return;
    Positions positions;
    for (std::size_t i = 0; i < points->size(); ++i) positions.emplace(layout.ids[i], (*points)[i]);
    for (const auto& hidden : layout.hidden) positions.emplace(hidden.id, (*points)[hidden.box] + hidden.fromBox);
    QMetaObject::invokeMethod(this, [this, number, positions = std::move(positions)] {
      if (!running_ || number != number_) return;
      running_ = false;
      Q_EMIT runningChanged(false);
      Q_EMIT done(positions);
    });
  });
  Q_EMIT runningChanged(true);
}

void LayoutJob::cancel() {
  const bool was = std::exchange(running_, false);
  thread_ = {};
  if (was) Q_EMIT runningChanged(false);
}

Positions changedOnly(const topology::Topology& topology, Positions positions) {
  const drawing::LayoutIndex index(topology.layout);
  std::erase_if(positions, [&](const auto& entry) { return index.place(entry.first).at == entry.second; });
  return positions;
}

}  // namespace weir::designer
