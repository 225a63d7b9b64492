// The Files port in memory: for tests.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "core/runtime/ports/files.hpp"

namespace weir::runtime {

// [any] Everything is durable at once; put UnsyncedLossFiles over it to lose what was not synced.
class MemoryFiles final : public Files {
 public:
  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override;
  Result<bool> exists(const std::string& path) const override;
  Result<std::vector<std::string>> list(const std::string& folder) const override;
  Result<void> makeFolders(const std::string& path) override;
  Result<void> remove(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> syncFolder(const std::string& path) override;

 private:
  struct Contents {
    std::mutex mutex;
    std::vector<std::byte> bytes;
  };
  class Handle;

  mutable std::mutex mutex_;
  // Shared: open files outlive their names, as on a disk.
  std::map<std::string, std::shared_ptr<Contents>> files_;
  std::set<std::string> folders_;
};

}  // namespace weir::runtime
