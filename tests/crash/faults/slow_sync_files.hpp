// A Files port whose syncs take as long as somebody else says, as on a disk that is busy with other things.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "core/runtime/ports/files.hpp"

namespace weir::faults {

// [any] Each sync, of a file or a folder, first calls `wait`, on the thread that syncs; all else goes on meanwhile.
class SlowSyncFiles : public runtime::Files {
 public:
  SlowSyncFiles(runtime::Files& base, std::function<void()> wait) : base_(base), wait_(std::move(wait)) {}

  Result<std::unique_ptr<runtime::File>> open(const std::string& path, runtime::OpenMode mode) override;
  Result<bool> exists(const std::string& path) const override { return base_.exists(path); }
  Result<std::vector<std::string>> list(const std::string& folder) const override { return base_.list(folder); }
  Result<void> makeFolders(const std::string& path) override { return base_.makeFolders(path); }
  Result<void> remove(const std::string& path) override { return base_.remove(path); }
  Result<void> rename(const std::string& from, const std::string& to) override { return base_.rename(from, to); }
  Result<void> syncFolder(const std::string& path) override {
    wait_();
    return base_.syncFolder(path);
  }

 private:
  class Handle;

  runtime::Files& base_;
  std::function<void()> wait_;
};

}  // namespace weir::faults
