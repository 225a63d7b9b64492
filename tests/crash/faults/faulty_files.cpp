#include "tests/crash/faults/faulty_files.hpp"

namespace weir::faults {

using runtime::File;
using runtime::Files;
using runtime::OpenMode;

namespace {

Error off() {
  return fatalError("The power is off (a fault made by a test).");
}

}  // namespace

Result<void> FaultyFiles::count() {
  if (isOff()) return off();
  if (++operations_ >= powerOffAt_) return off();
  return {};
}

class FaultyFiles::Handle final : public File {
 public:
  Handle(FaultyFiles& files, std::unique_ptr<File> file) : files_(files), file_(std::move(file)) {}

  Result<std::size_t> read(std::uint64_t position, std::span<std::byte> into) const override {
    if (files_.isOff()) return off();
    return file_->read(position, into);
  }
  Result<void> append(std::span<const std::byte> bytes) override {
    const bool wasOff = files_.isOff();
    if (Result<void> counted = files_.count(); !counted) {
      if (!wasOff) static_cast<void>(file_->append(bytes.first(bytes.size() / 2)));
      return counted;
    }
    const std::int64_t space = files_.space_;
    if (space < 0) return file_->append(bytes);
    if (space < static_cast<std::int64_t>(bytes.size())) {
      WEIR_TRY(file_->append(bytes.first(static_cast<std::size_t>(space))));
      files_.space_ = 0;
      return retryableError("No space left (a fault made by a test).");
    }
    files_.space_ -= static_cast<std::int64_t>(bytes.size());
    return file_->append(bytes);
  }
  Result<std::uint64_t> size() const override {
    if (files_.isOff()) return off();
    return file_->size();
  }
  Result<void> truncate(std::uint64_t size) override {
    WEIR_TRY(files_.count());
    return file_->truncate(size);
  }
  Result<void> sync() override {
    WEIR_TRY(files_.count());
    if (++files_.syncs_ == files_.failSync_) return fatalError("A sync failed (a fault made by a test).");
    return file_->sync();
  }

 private:
  FaultyFiles& files_;
  std::unique_ptr<File> file_;
};

Result<std::unique_ptr<File>> FaultyFiles::open(const std::string& path, OpenMode mode) {
  if (isOff()) return off();
  if (mode == OpenMode::Append) {
    WEIR_TRY_ASSIGN(known, base_.exists(path));
    if (!known) WEIR_TRY(count());
  }
  auto file = base_.open(path, mode);
  if (!file) return file.error();
  return std::unique_ptr<File>(std::make_unique<Handle>(*this, std::move(*file)));
}

Result<bool> FaultyFiles::exists(const std::string& path) const {
  if (isOff()) return off();
  return base_.exists(path);
}

Result<std::vector<std::string>> FaultyFiles::list(const std::string& folder) const {
  if (isOff()) return off();
  return base_.list(folder);
}

Result<void> FaultyFiles::makeFolders(const std::string& path) {
  if (isOff()) return off();
  return base_.makeFolders(path);
}

Result<void> FaultyFiles::remove(const std::string& path) {
  WEIR_TRY(count());
  return base_.remove(path);
}

Result<void> FaultyFiles::rename(const std::string& from, const std::string& to) {
  WEIR_TRY(count());
  return base_.rename(from, to);
}

Result<void> FaultyFiles::syncFolder(const std::string& path) {
  WEIR_TRY(count());
  return base_.syncFolder(path);
}

Result<void> flipBit(Files& files, const std::string& path, std::uint64_t position, int bit) {
  auto opened = files.open(path, OpenMode::Append);
  if (!opened) return opened.error();
  File& file = **opened;
  WEIR_TRY_ASSIGN(size, file.size());
  if (position >= size) return fatalError(path + " has no byte " + std::to_string(position) + ".");
  std::vector<std::byte> rest(size - position);
  WEIR_TRY(file.read(position, rest));
  rest[0] ^= static_cast<std::byte>(1 << bit);
  WEIR_TRY(file.truncate(position));
  WEIR_TRY(file.append(rest));
  return file.sync();
}

}  // namespace weir::faults
