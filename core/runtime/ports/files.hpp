// The Files port: everything durable goes through it, so that tests can lose unsynced bytes, tear writes,
// flip bits, fail a sync and fill the disk.
//
// Kinds of errors: Config for what cannot be opened, Retryable for a full disk, Fatal for everything else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace weir::runtime {

// An open file. Not for several threads at once, except `read`.
class File {
 public:
  virtual ~File() = default;
  // Fills as much of `into` as the file has from `position`; answers how much that was.
  virtual Result<std::size_t> read(std::uint64_t position, std::span<std::byte> into) const = 0;
  virtual Result<void> append(std::span<const std::byte> bytes) = 0;
  // Appends pieces one after the other, in as few writes as the adapter can.
  virtual Result<void> appendAll(std::span<const std::span<const std::byte>> pieces) {
    for (const std::span<const std::byte> piece : pieces) WEIR_TRY(append(piece));
    return {};
  }
  virtual Result<std::uint64_t> size() const = 0;
  virtual Result<void> truncate(std::uint64_t size) = 0;
  // Contents and size are durable when this succeeds. After a failure nothing may be retried.
  virtual Result<void> sync() = 0;
};

enum class OpenMode : std::uint8_t { Read, Append /* created when missing */ };

// [any]
class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) = 0;
  virtual Result<bool> exists(const std::string& path) const = 0;
  virtual Result<std::vector<std::string>> list(const std::string& folder) const = 0;  // names, sorted
  virtual Result<void> makeFolders(const std::string& path) = 0;
  virtual Result<void> remove(const std::string& path) = 0;
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  // Names in the folder are durable when this succeeds.
  virtual Result<void> syncFolder(const std::string& path) = 0;
};

}  // namespace weir::runtime
