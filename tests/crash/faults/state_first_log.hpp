// A Log port that makes what state has become, and what has been read, durable before the outputs that go with it: in
// two records, so that rows are lost when the process dies between them.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "tests/crash/faults/log_over.hpp"

namespace weir::faults {

class StateFirstLog final : public LogOver {
 public:
  // `reached` is called with "commit.between".
  StateFirstLog(std::unique_ptr<runtime::Log> base, std::function<void(std::string_view)> reached)
      : LogOver(std::move(base)), reached_(std::move(reached)) {}

  runtime::CommitResult commit(const runtime::Commit& commit) override;

 private:
  std::function<void(std::string_view)> reached_;
};

}  // namespace weir::faults
