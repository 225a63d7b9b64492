// Passes the rows for which a condition is true.
#pragma once

#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/plugin.hpp"
#include "weir/sdk/services.hpp"

namespace weir::std_ops {

class Filter final : public weir::Processor {
 public:
  explicit Filter(const weir::CreateInfo& info)
      : Processor(info), where_(context(), info.params().text("where")), filtered_(context().counter("filtered_rows")) {
    if (where_.type().id != weir::TypeId::Bool) {
      throw weir::ConfigError("The parameter 'where' must be a condition, but its expression gives " +
                              weir::typeName(where_.type()) + ".");
    }
  }

  // Shares every column: what is new is a selection vector, and not even that when every row stays.
  weir::Flow process(std::size_t, const weir::Batch& batch) override {
    const weir::Selected kept = where_.select(batch);
    kept.errors.deadLetter(context(), batch);
    const auto keptCount = static_cast<std::int64_t>(kept.rows.size());
    if (keptCount == batch.selectedCount()) {
      context().emit(0, batch);
      return weir::Flow::Done;
    }
    filtered_.add(batch.selectedCount() - keptCount - static_cast<std::int64_t>(kept.errors.rows().size()));
    // Without rows a batch is worth sending only for the watermark in it.
    if (keptCount != 0 || !batch.steps().empty()) {
      context().emit(0, weir::BatchMaker::from(batch).selection({kept.rows.begin(), kept.rows.end()}).finish(0));
    }
    return weir::Flow::Done;
  }

 private:
  weir::Expression where_;
  weir::Counter filtered_;
};

}  // namespace weir::std_ops
