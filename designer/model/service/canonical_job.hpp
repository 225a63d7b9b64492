// Counts on a thread of its own what saving a file would touch beside what was edited: a large one takes a while.
#pragma once

#include <QByteArray>
#include <QObject>
#include <thread>

#include "designer/model/service/catalog_service.hpp"

namespace weir::designer {

// GUI thread; the thread ends with this object, which waits for it.
class CanonicalJob : public QObject {
  Q_OBJECT

 public:
  explicit CanonicalJob(QObject* parent = nullptr) : QObject(parent) {}
  ~CanonicalJob() override;

  // Of what a file holds. An answer that is still to come is not told.
  void start(QByteArray bytes, CatalogRef catalog);

 Q_SIGNALS:
  void counted(int lines);

 private:
  int number_ = 0;  // of the newest question
  std::jthread thread_;
};

}  // namespace weir::designer
