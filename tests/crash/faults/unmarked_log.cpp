#include "tests/crash/faults/unmarked_log.hpp"

#include <optional>
#include <utility>

namespace weir::faults {

namespace {

using runtime::PartitionReader;
using runtime::Run;

class UnmarkedReader final : public PartitionReader {
 public:
  explicit UnmarkedReader(std::unique_ptr<PartitionReader> base) : base_(std::move(base)) {}

  Result<std::optional<Run>> next() override {
    while (true) {
      auto run = base_->next();
      if (!run || !*run) return run;
      runtime::RunHeader& header = (*run)->header;
      const bool goesOn =
          header.mark.state == runtime::WriterState::Active || header.mark.state == runtime::WriterState::Idle;
      if (header.mark.count == 0 || !goesOn) return run;
      if (header.rows == 0) continue;
      header.mark.count = 0;
      return run;
    }
  }
  runtime::Position position() const override { return base_->position(); }
  std::optional<runtime::Gap> takeGap() override { return base_->takeGap(); }

 private:
  std::unique_ptr<PartitionReader> base_;
};

}  // namespace

Result<std::unique_ptr<PartitionReader>> UnmarkedLog::read(const runtime::PartitionId& partition,
                                                           runtime::Position from) {
  auto reader = LogOver::read(partition, from);
  if (!reader) return reader;
  return std::unique_ptr<PartitionReader>(std::make_unique<UnmarkedReader>(std::move(*reader)));
}

}  // namespace weir::faults
