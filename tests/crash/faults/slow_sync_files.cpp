#include "tests/crash/faults/slow_sync_files.hpp"

namespace weir::faults {

using runtime::File;
using runtime::Files;
using runtime::OpenMode;

class SlowSyncFiles::Handle final : public File {
 public:
  Handle(const std::function<void()>& wait, std::unique_ptr<File> file) : wait_(wait), file_(std::move(file)) {}

  Result<std::size_t> read(std::uint64_t position, std::span<std::byte> into) const override {
    return file_->read(position, into);
  }
  Result<void> append(std::span<const std::byte> bytes) override { return file_->append(bytes); }
  Result<void> appendAll(std::span<const std::span<const std::byte>> pieces) override {
    return file_->appendAll(pieces);
  }
  Result<std::uint64_t> size() const override { return file_->size(); }
  Result<void> truncate(std::uint64_t size) override { return file_->truncate(size); }
  Result<void> sync() override {
    wait_();
    return file_->sync();
  }

 private:
  const std::function<void()>& wait_;
  std::unique_ptr<File> file_;
};

Result<std::unique_ptr<File>> SlowSyncFiles::open(const std::string& path, OpenMode mode) {
  auto file = base_.open(path, mode);
  if (!file) return file.error();
  return std::unique_ptr<File>(std::make_unique<Handle>(wait_, std::move(*file)));
}

}  // namespace weir::faults
