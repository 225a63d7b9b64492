// A Files port that keeps whatever has not been synced in memory, so that a power cut, or kill -9 of the process,
// loses it: bytes until `sync`, names (creations, renames, removals) until `syncFolder`. Folders are made at once.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "core/runtime/ports/files.hpp"

namespace weir::faults {

// [any] Reads see everything, synced or not, also through other handles of the same file.
class UnsyncedLossFiles : public runtime::Files {
 public:
  explicit UnsyncedLossFiles(runtime::Files& base) : base_(base) {}

  Result<std::unique_ptr<runtime::File>> open(const std::string& path, runtime::OpenMode mode) override;
  Result<bool> exists(const std::string& path) const override;
  Result<std::vector<std::string>> list(const std::string& folder) const override;
  Result<void> makeFolders(const std::string& path) override;
  Result<void> remove(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> syncFolder(const std::string& path) override;

  // The power goes off: forgets what was not synced. With a seed other than 0, parts of it reach the disk all the
  // same, as on real ones: some changes of names, and torn, partly garbled beginnings of unsynced bytes. Open files are
  // of no use afterwards.
  Result<void> losePower(std::uint64_t seed = 0);

 private:
  struct Node;
  class Handle;
  struct NameChange {
    enum class Kind : std::uint8_t { Create, Rename, Remove } kind;
    std::string path;
    std::string target;          // Rename
    std::shared_ptr<Node> node;  // Create
  };

  Result<std::shared_ptr<Node>> find(const std::string& path);
  Result<void> apply(const NameChange& change);

  runtime::Files& base_;
  mutable std::recursive_mutex mutex_;
  // What the names mean now, where that is not what the base says; null: removed. Shared with open handles.
  std::map<std::string, std::shared_ptr<Node>> names_;
  std::vector<NameChange> changes_;
};

}  // namespace weir::faults
