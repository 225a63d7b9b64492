// Gives columns other names.
#pragma once

#include "plugins/std/projection.hpp"

namespace weir::std_ops {

class Rename final : public weir::Processor {
 public:
  explicit Rename(const weir::CreateInfo& info) : Processor(info), schema_(outputSchema(info, renamed(info))) {}

  static std::vector<weir::Schema> deriveSchema(const weir::CreateInfo& info) { return {renamed(info)}; }

  weir::Flow process(std::size_t, const weir::Batch& batch) override {
    weir::BatchMaker maker = weir::BatchMaker::like(batch, schema_);
    for (std::size_t i = 0; i < batch.columnCount(); ++i) maker.column(batch, i);
    context().emit(0, maker.finish(batch.rowCount()));
    return weir::Flow::Done;
  }

 private:
  static weir::Schema renamed(const weir::CreateInfo& info) {
    weir::Schema output = info.input()->schema();
    for (const weir::Params& entry : info.params().list("fields")) {
      output.fields[info.column(entry.text("from"))].name = entry.text("to");
    }
    for (std::size_t i = 0; i < output.fields.size(); ++i) {
      if (*output.find(output.fields[i].name) != i) {
        throw weir::ConfigError("After renaming there are two columns '" + output.fields[i].name + "'.");
      }
    }
    return output;
  }

  weir::SchemaRef schema_;
};

}  // namespace weir::std_ops
