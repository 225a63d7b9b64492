// The stage before a repartition: puts rows of one key and window together, and keeps nothing over a commit.
#pragma once

#include <cstdint>
#include <map>
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
#include "weir/sdk/overlay.hpp"
#include "weir/sdk/time_walker.hpp"

namespace weir::window {

// Groups of a window leave before the watermark that closes it, and before every commit. This stage sees the
// rows themselves, so it is the one that finds the late ones.
class PartialWindows final : public Processor {
 public:
  explicit PartialWindows(const CreateInfo& info);

  Flow process(std::size_t port, const Batch& batch) override;
  bool drain(std::int64_t deadline) override;

 private:
  using Groups = detail::Overlay<Group>;

  std::int64_t nextDue() const;
  void takeRows(const TimeWalker::Piece& piece);
  Groups& groupsOf(std::int64_t start);
  // The group of a row, made when it is new.
  Group& groupOf(std::int64_t row, std::int64_t start);
  // Tells aggregates of plugins what has gathered; before any group leaves.
  void tellPlugins();
  // Sends and forgets the windows up to a watermark.
  void flushUpTo(std::int64_t watermark);
  void appendWindow(std::int64_t start, Groups& groups);
  void emitRows();
  void emitTime();

  WindowParams params_;
  Aggregates aggregates_;
  KeyEncoder keys_;
  std::size_t keyCount_;
  bool sendsTypes_;
  BatchBuilder builder_;
  GroupCodec codec_;
  RowGate gate_;
  TimeWalker walker_;
  std::map<std::int64_t, Groups> windows_;  // by start; few at a time
  std::int64_t lastStart_ = 0;
  Groups* last_ = nullptr;
  std::size_t groupCount_ = 0;
  // As in Windows: the column that is the whole key, when it is a text.
  std::optional<std::size_t> textKey_;
  std::optional<StringView> texts_;
  GroupCache cache_;
  std::uint64_t generation_ = 1;  // groups stay where they are until it changes
  std::int64_t timeTold_ = WEIR_WATERMARK_MIN;
  bool endTold_ = false;
  std::string encoded_;
  PluginRows pluginRows_;
};

}  // namespace weir::window
