// Looks into files of data: asks `weir infer`, out of process, as what reads them may be a plugin one day.
#pragma once

#include <QObject>
#include <functional>

#include "core/base/result.hpp"
#include "designer/model/help/data_file.hpp"

namespace weir::designer {

// GUI thread only.
class FileInference : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // Calls `then` once, from the event loop, unless `receiver` or this is gone by then. The error is a sentence.
  void look(const QString& runner, const QString& file, QObject* receiver,
            std::function<void(const Result<DataFile>&)> then);
};

}  // namespace weir::designer
