#include "designer/model/service/canonical_job.hpp"

#include <utility>

#include "designer/model/file/canonical_lines.hpp"

namespace weir::designer {

CanonicalJob::~CanonicalJob() {
  ++number_;
  thread_ = {};
}

void CanonicalJob::start(QByteArray bytes, CatalogRef catalog) {
  const int number = ++number_;
  // The one before goes on behind it, and is not waited for here.
  thread_ =
      std::jthread([this, number, bytes = std::move(bytes), catalog = std::move(catalog), before = std::move(thread_)] {
        const int lines = linesNotCanonical(bytes, *catalog);
        QMetaObject::invokeMethod(this, [this, number, lines] {
          if (number == number_) Q_EMIT counted(lines);
        });
      });
}

}  // namespace weir::designer
