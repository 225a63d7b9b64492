// Tumbling windows with state: the whole operator, or its final stage.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugins/window/aggregate.hpp"
#include "plugins/window/group_cache.hpp"
#include "plugins/window/plugin_rows.hpp"
#include "plugins/window/row_gate.hpp"
#include "plugins/window/window_params.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/key_encoder.hpp"
#include "weir/sdk/operators.hpp"
#include "weir/sdk/output_loop.hpp"
#include "weir/sdk/time_walker.hpp"
#include "weir/sdk/window_store.hpp"

namespace weir::window {

class Windows final : public Processor {
 public:
  explicit Windows(const CreateInfo& info);

  Flow process(std::size_t port, const Batch& batch) override;
  Flow resume() override { return output_.run(); }

 private:
  using Store = WindowStore<Group, GroupCodec>;
  using Closed = ClosedWindow<Group, GroupCodec>;

  // The watermark at which something happens next.
  std::int64_t nextDue() const;
  void takeRows(const TimeWalker::Piece& piece);
  // False: the group's result left at the end of an earlier run.
  bool takeRow(std::int64_t row, std::int64_t start);
  void takeInto(Group& group, std::int64_t row, std::int64_t start);
  // Asks for the memory of the groups of rows [first, last).
  void expectRows(std::int64_t first, std::int64_t last);
  // The group of a row, made when it is new; null when it is sealed.
  Group* groupOf(std::int64_t row, std::int64_t start);
  // What a partial stage has sent in a row.
  Group groupAt(std::int64_t row) const;
  void prefetch(const Batch& batch);
  void closeUpTo(std::int64_t watermark);
  // The input of this run has ended, and time may go on in the next one: what is open leaves, and stays sealed.
  void sealOpen();
  // Appends rows of a closed window to the builder, up to a batch; false at its end.
  bool emitSome(Closed& closed);
  void appendResult(std::string_view key, std::int64_t start, const Group& group);
  // Tells aggregates of plugins what has gathered; before anything looks at a group.
  void tellPlugins();
  void appendPluginResults();
  void emitResults();
  void emitTime();

  WindowParams params_;
  bool final_;
  Aggregates aggregates_;
  KeyEncoder keys_;
  std::size_t keyCount_;
  // The column that is the whole key, when it is a text.
  std::optional<std::size_t> textKey_;
  std::optional<StringView> texts_;
  GroupCache cache_;
  SchemaRef results_;
  BatchBuilder builder_;
  Store store_;
  GroupCodec codec_;
  RowGate gate_;
  TimeWalker walker_;
  OutputLoop output_;
  Counter closedWindows_;
  PluginRows pluginRows_;
  PluginResults pluginResults_;
  const bool onlyAdds_;                                        // a row does nothing else to its group
  std::vector<std::uint32_t> overflowed_;                      // rows of the builder with a result that does not fit
  std::vector<std::pair<std::uint32_t, std::string>> failed_;  // and those that a plugin has none for
  std::vector<std::uint32_t> expected_;
  std::int64_t timeTold_ = WEIR_WATERMARK_MIN;
  bool endTold_ = false;
};

}  // namespace weir::window
