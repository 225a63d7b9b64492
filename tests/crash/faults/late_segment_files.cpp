#include "tests/crash/faults/late_segment_files.hpp"

#include <utility>

namespace weir::faults {

using runtime::File;
using runtime::OpenMode;

namespace {

std::string folderOf(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

// A new one gets its name when it is whole.
bool isJournal(const std::string& path) {
  return path.ends_with("/journal") || path.ends_with("/journal.new");
}

}  // namespace

class LateSegmentFiles::Handle final : public File {
 public:
  Handle(LateSegmentFiles& files, std::shared_ptr<File> file, bool isJournal)
      : files_(files), file_(std::move(file)), isJournal_(isJournal) {}

  Result<std::size_t> read(std::uint64_t position, std::span<std::byte> into) const override {
    return file_->read(position, into);
  }
  Result<void> append(std::span<const std::byte> bytes) override {
    WEIR_TRY(files_.catchUp());
    return file_->append(bytes);
  }
  Result<void> appendAll(std::span<const std::span<const std::byte>> pieces) override {
    WEIR_TRY(files_.catchUp());
    return file_->appendAll(pieces);
  }
  Result<std::uint64_t> size() const override { return file_->size(); }
  Result<void> truncate(std::uint64_t size) override {
    WEIR_TRY(files_.catchUp());
    return file_->truncate(size);
  }
  Result<void> sync() override {
    WEIR_TRY(files_.catchUp());
    if (isJournal_) WEIR_TRY(file_->sync());
    const std::lock_guard lock(files_.mutex_);
    if (isJournal_) {
      files_.journalSynced_ = true;
    } else {
      files_.lateFiles_.push_back(file_);
    }
    return {};
  }

 private:
  LateSegmentFiles& files_;
  std::shared_ptr<File> file_;
  bool isJournal_;
};

Result<void> LateSegmentFiles::catchUp() {
  const std::lock_guard lock(mutex_);
  if (!std::exchange(journalSynced_, false)) return {};
  for (const std::shared_ptr<File>& file : std::exchange(lateFiles_, {})) WEIR_TRY(file->sync());
  for (const std::string& folder : std::exchange(lateFolders_, {})) WEIR_TRY(base_.syncFolder(folder));
  return {};
}

Result<std::unique_ptr<File>> LateSegmentFiles::open(const std::string& path, OpenMode mode) {
  if (mode == OpenMode::Append) WEIR_TRY(catchUp());
  auto file = base_.open(path, mode);
  const bool journal = isJournal(path);
  const bool segment = path.ends_with(".segment");
  if (!file || mode == OpenMode::Read || (!journal && !segment)) return file;
  if (segment) {
    const std::lock_guard lock(mutex_);
    folders_.insert(folderOf(path));
  }
  return std::unique_ptr<File>(std::make_unique<Handle>(*this, std::shared_ptr<File>(std::move(*file)), journal));
}

Result<void> LateSegmentFiles::remove(const std::string& path) {
  WEIR_TRY(catchUp());
  return base_.remove(path);
}

Result<void> LateSegmentFiles::rename(const std::string& from, const std::string& to) {
  WEIR_TRY(catchUp());
  return base_.rename(from, to);
}

Result<void> LateSegmentFiles::syncFolder(const std::string& path) {
  WEIR_TRY(catchUp());
  const std::lock_guard lock(mutex_);
  if (!folders_.contains(path)) return base_.syncFolder(path);
  lateFolders_.push_back(path);
  return {};
}

}  // namespace weir::faults
