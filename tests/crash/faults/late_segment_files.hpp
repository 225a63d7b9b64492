// A Files port over a disk that lies: it says that segments are synced when they are not, and makes up for it only
// after the journal has been synced. To the log it is as if it wrote its journal before its data.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/runtime/ports/files.hpp"

namespace weir::faults {

// [any]
class LateSegmentFiles : public runtime::Files {
 public:
  explicit LateSegmentFiles(runtime::Files& base) : base_(base) {}

  Result<std::unique_ptr<runtime::File>> open(const std::string& path, runtime::OpenMode mode) override;
  Result<bool> exists(const std::string& path) const override { return base_.exists(path); }
  Result<std::vector<std::string>> list(const std::string& folder) const override { return base_.list(folder); }
  Result<void> makeFolders(const std::string& path) override { return base_.makeFolders(path); }
  Result<void> remove(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> syncFolder(const std::string& path) override;

 private:
  class Handle;

  // Before anything changes: whatever is late is synced, once the journal has been.
  Result<void> catchUp();

  runtime::Files& base_;
  std::mutex mutex_;                                       // guards what follows
  std::set<std::string> folders_;                          // with segments
  std::vector<std::shared_ptr<runtime::File>> lateFiles_;  // shared with their handles, which may be closed before
  std::vector<std::string> lateFolders_;
  bool journalSynced_ = false;  // since the last segment was to be
};

}  // namespace weir::faults
