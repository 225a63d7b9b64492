#include "core/adapters/memory/memory_files.hpp"

#include <algorithm>
#include <cstring>

namespace weir::runtime {

namespace {

std::string parentOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace

class MemoryFiles::Handle final : public File {
 public:
  explicit Handle(std::shared_ptr<Contents> contents) : contents_(std::move(contents)) {}

  Result<std::size_t> read(std::uint64_t position, std::span<std::byte> into) const override {
    const std::lock_guard lock(contents_->mutex);
    const std::vector<std::byte>& bytes = contents_->bytes;
    if (position >= bytes.size()) return std::size_t{0};
    const std::size_t count = std::min<std::size_t>(into.size(), bytes.size() - position);
    if (count != 0) std::memcpy(into.data(), bytes.data() + position, count);
    return count;
  }
  Result<void> append(std::span<const std::byte> bytes) override {
    const std::lock_guard lock(contents_->mutex);
    contents_->bytes.insert(contents_->bytes.end(), bytes.begin(), bytes.end());
    return {};
  }
  Result<std::uint64_t> size() const override {
    const std::lock_guard lock(contents_->mutex);
    return static_cast<std::uint64_t>(contents_->bytes.size());
  }
  Result<void> truncate(std::uint64_t size) override {
    const std::lock_guard lock(contents_->mutex);
    contents_->bytes.resize(size);
    return {};
  }
  Result<void> sync() override { return {}; }

 private:
  std::shared_ptr<Contents> contents_;
};

Result<std::unique_ptr<File>> MemoryFiles::open(const std::string& path, OpenMode mode) {
  const std::lock_guard lock(mutex_);
  auto found = files_.find(path);
  if (found == files_.end()) {
    if (mode == OpenMode::Read) return configError("Cannot open " + path + ": there is no such file.");
    if (!folders_.contains(parentOf(path))) return configError("Cannot create " + path + ": there is no such folder.");
    found = files_.emplace(path, std::make_shared<Contents>()).first;
  }
  return std::unique_ptr<File>(std::make_unique<Handle>(found->second));
}

Result<bool> MemoryFiles::exists(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return files_.contains(path) || folders_.contains(path);
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& folder) const {
  const std::lock_guard lock(mutex_);
  if (!folders_.contains(folder)) return configError("Cannot list " + folder + ": there is no such folder.");
  std::vector<std::string> names;
  const auto add = [&](const std::string& path) {
    if (parentOf(path) == folder && path != folder) names.push_back(path.substr(folder.size() + 1));
  };
  for (const auto& [path, contents] : files_) add(path);
  for (const std::string& path : folders_) add(path);
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> MemoryFiles::makeFolders(const std::string& path) {
  const std::lock_guard lock(mutex_);
  for (std::string folder = path; !folder.empty(); folder = parentOf(folder)) folders_.insert(folder);
  return {};
}

Result<void> MemoryFiles::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (files_.erase(path) == 0) return fatalError("Cannot remove " + path + ": there is no such file.");
  return {};
}

Result<void> MemoryFiles::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(from);
  if (found == files_.end()) return fatalError("Cannot rename " + from + ": there is no such file.");
  files_[to] = found->second;
  files_.erase(from);
  return {};
}

Result<void> MemoryFiles::syncFolder(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (!folders_.contains(path)) return fatalError("Cannot sync " + path + ": there is no such folder.");
  return {};
}

}  // namespace weir::runtime
