// Leaves columns out.
#pragma once

#include <algorithm>

#include "plugins/std/projection.hpp"

namespace weir::std_ops {

class Drop final : public weir::Processor {
 public:
  explicit Drop(const weir::CreateInfo& info) : Processor(info) {
    std::vector<std::size_t> dropped;
    for (const std::string& name : info.params().texts("fields")) dropped.push_back(info.column(name));
    weir::Schema output;
    const weir::Schema& input = info.input()->schema();
    for (std::size_t i = 0; i < input.fields.size(); ++i) {
      if (std::find(dropped.begin(), dropped.end(), i) != dropped.end()) continue;
      kept_.push_back(i);
      output.fields.push_back(input.fields[i]);
    }
    schema_ = outputSchema(info, std::move(output));
  }

  weir::Flow process(std::size_t, const weir::Batch& batch) override {
    weir::BatchMaker maker = weir::BatchMaker::like(batch, schema_);
    for (const std::size_t index : kept_) maker.column(batch, index);
    context().emit(0, maker.finish(batch.rowCount()));
    return weir::Flow::Done;
  }

 private:
  std::vector<std::size_t> kept_;
  weir::SchemaRef schema_;
};

}  // namespace weir::std_ops
