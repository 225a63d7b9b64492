// Adds computed columns to those that are there.
#pragma once

#include <optional>

#include "plugins/std/projection.hpp"

namespace weir::std_ops {

class Extend final : public weir::Processor {
 public:
  explicit Extend(const weir::CreateInfo& info)
      : Processor(info),
        projection_(info),
        columns_(layOut(info, projection_)),
        schema_(outputSchema(info, schemaOf(info, projection_))) {}

  static std::vector<weir::Schema> deriveSchema(const weir::CreateInfo& info) {
    return {schemaOf(info, Projection(info))};
  }

  weir::Flow process(std::size_t, const weir::Batch& batch) override {
    weir::BatchMaker maker = weir::BatchMaker::like(batch, schema_);
    FailedRows failed;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i]) {
        maker.column(projection_.evaluate(*columns_[i], batch, failed));
      } else {
        maker.column(batch, i);
      }
    }
    if (!failed.empty()) maker.selection(failed.settle(context(), batch));
    context().emit(0, maker.finish(batch.rowCount()));
    return weir::Flow::Done;
  }

 private:
  // For each column of the output the expression that computes it, or nothing for the input's column there.
  static std::vector<std::optional<std::size_t>> layOut(const weir::CreateInfo& info, const Projection& projection) {
    const weir::Schema& input = info.input()->schema();
    std::vector<std::optional<std::size_t>> columns(input.fields.size());
    for (std::size_t i = 0; i < projection.fields().size(); ++i) {
      if (const std::optional<std::size_t> replaced = input.find(projection.fields()[i].name)) {
        columns[*replaced] = i;
      } else {
        columns.emplace_back(i);
      }
    }
    return columns;
  }
  static weir::Schema schemaOf(const weir::CreateInfo& info, const Projection& projection) {
    const weir::Schema& input = info.input()->schema();
    weir::Schema output;
    for (const std::optional<std::size_t>& computed : layOut(info, projection)) {
      output.fields.push_back(computed ? projection.fields()[*computed] : input.fields[output.fields.size()]);
    }
    return output;
  }

  Projection projection_;
  std::vector<std::optional<std::size_t>> columns_;
  weir::SchemaRef schema_;
};

}  // namespace weir::std_ops
