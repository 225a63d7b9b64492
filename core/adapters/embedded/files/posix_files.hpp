// The Files port over the machine's file system.
#pragma once

#include "core/runtime/ports/files.hpp"

namespace weir::embedded {

// [any]
class PosixFiles final : public runtime::Files {
 public:
  Result<std::unique_ptr<runtime::File>> open(const std::string& path, runtime::OpenMode mode) override;
  Result<bool> exists(const std::string& path) const override;
  Result<std::vector<std::string>> list(const std::string& folder) const override;
  Result<void> makeFolders(const std::string& path) override;
  Result<void> remove(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> syncFolder(const std::string& path) override;
};

}  // namespace weir::embedded
