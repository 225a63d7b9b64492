// A Log port whose readers hear nothing of how far writers are: no entries without rows, and no marks on rows, but that
// a writer has ended or left. Topics get their time from their data then, as those that others write.
#pragma once

#include <memory>

#include "tests/crash/faults/log_over.hpp"

namespace weir::faults {

class UnmarkedLog final : public LogOver {
 public:
  using LogOver::LogOver;

  Result<std::unique_ptr<runtime::PartitionReader>> read(const runtime::PartitionId& partition,
                                                         runtime::Position from) override;
};

}  // namespace weir::faults
