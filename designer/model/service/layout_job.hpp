// Lays a topology out on a thread of its own.
#pragma once

#include <QObject>
#include <thread>

#include "core/drawing/layout/picture_layout.hpp"
#include "designer/model/document/snapshot.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

// GUI thread; the layout itself runs on a thread that ends with this object.
class LayoutJob : public QObject {
  Q_OBJECT

 public:
  explicit LayoutJob(QObject* parent = nullptr) : QObject(parent) {}
  // Cancels, and waits for the thread.
  ~LayoutJob() override;

  // A job that still runs is cancelled.
  void start(drawing::PictureLayout layout);
  void cancel();
  bool running() const { return running_; }

 Q_SIGNALS:
  void runningChanged(bool running);
  // Positions for movedTo(). Not after cancel().
  void done(const weir::designer::Positions& positions);

 private:
  bool running_ = false;
  int number_ = 0;  // of the newest job: answers of others come too late
  std::jthread thread_;
};

// The positions that differ from those of the topology.
Positions changedOnly(const topology::Topology& topology, Positions positions);

}  // namespace weir::designer
