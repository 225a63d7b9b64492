// Makes rows of new columns.
#pragma once

#include "plugins/std/projection.hpp"

namespace weir::std_ops {

class Select final : public weir::Processor {
 public:
  explicit Select(const weir::CreateInfo& info)
      : Processor(info), projection_(info), schema_(outputSchema(info, {projection_.fields()})) {}

  static std::vector<weir::Schema> deriveSchema(const weir::CreateInfo& info) { return {{Projection(info).fields()}}; }

  weir::Flow process(std::size_t, const weir::Batch& batch) override {
    weir::BatchMaker maker = weir::BatchMaker::like(batch, schema_);
    FailedRows failed;
    for (std::size_t i = 0; i < projection_.fields().size(); ++i) {
      maker.column(projection_.evaluate(i, batch, failed));
    }
    if (!failed.empty()) maker.selection(failed.settle(context(), batch));
    context().emit(0, maker.finish(batch.rowCount()));
    return weir::Flow::Done;
  }

 private:
  Projection projection_;
  weir::SchemaRef schema_;
};

}  // namespace weir::std_ops
