// A Files port that fails on purpose. Operations that change something are counted from 1: creations, appends,
// truncations, syncs, renames, removals and syncs of folders.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "core/runtime/ports/files.hpp"

namespace weir::faults {

// [any]
class FaultyFiles final : public runtime::Files {
 public:
  explicit FaultyFiles(runtime::Files& base) : base_(base) {}

  // From this operation on everything fails; an append stops in its middle.
  void powerOffAt(std::int64_t operation) { powerOffAt_ = operation; }
  // The `number`-th sync of a file from now on fails, and what it was to make durable may be lost.
  void failSync(std::int64_t number) { failSync_ = syncs_ + number; }
  // Appends have this many bytes left, then the disk is full; negative: no limit.
  void setSpace(std::int64_t bytes) { space_ = bytes; }
  std::int64_t operations() const { return operations_; }

  Result<std::unique_ptr<runtime::File>> open(const std::string& path, runtime::OpenMode mode) override;
  Result<bool> exists(const std::string& path) const override;
  Result<std::vector<std::string>> list(const std::string& folder) const override;
  Result<void> makeFolders(const std::string& path) override;
  Result<void> remove(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> syncFolder(const std::string& path) override;

 private:
  class Handle;
  bool isOff() const { return operations_ >= powerOffAt_; }
  Result<void> count();

  runtime::Files& base_;
  std::atomic<std::int64_t> operations_ = 0;
  std::atomic<std::int64_t> powerOffAt_ = INT64_MAX;
  std::atomic<std::int64_t> syncs_ = 0;
  std::atomic<std::int64_t> failSync_ = -1;
  std::atomic<std::int64_t> space_ = -1;
};

// Turns one bit of a file around.
Result<void> flipBit(runtime::Files& files, const std::string& path, std::uint64_t position, int bit = 0);

}  // namespace weir::faults
