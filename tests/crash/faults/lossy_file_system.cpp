#include "tests/crash/faults/lossy_file_system.hpp"

#include <rocksdb/file_system.h>

#include <mutex>
#include <string>

namespace weir::faults {

namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

// Keeps what is appended until it is synced. RocksDB appends to its write-ahead log and syncs it on two threads.
class LossyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  LossyFile(std::unique_ptr<FSWritableFile> file, std::uint64_t size)
      : FSWritableFileOwnerWrapper(std::move(file)), synced_(size) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions&, IODebugContext*) override {
    const std::lock_guard lock(mutex_);
    unsynced_.append(data.data(), data.size());
    return IOStatus::OK();
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* context) override {
    return Append(data, options, context);
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions& options, IODebugContext* context) override {
    const std::lock_guard lock(mutex_);
    if (size >= synced_) {
      unsynced_.resize(size - synced_);
      return IOStatus::OK();
    }
    unsynced_.clear();
    synced_ = size;
    return target()->Truncate(size, options, context);
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    const std::lock_guard lock(mutex_);
    IOStatus written = target()->Append(unsynced_, options, context);
    if (!written.ok()) return written;
    synced_ += unsynced_.size();
    unsynced_.clear();
    const IOStatus flushed = target()->Flush(options, context);
    return flushed.ok() ? target()->Sync(options, context) : flushed;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override { return Sync(options, context); }
  std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override {
    const std::lock_guard lock(mutex_);
    return synced_ + unsynced_.size();
  }

 private:
  std::mutex mutex_;
  std::uint64_t synced_;
  std::string unsynced_;
};

class LossyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  LossyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "LossyFileSystem"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options, std::unique_ptr<FSWritableFile>* file,
                           IODebugContext* context) override {
    std::unique_ptr<FSWritableFile> below;
    IOStatus made = target()->NewWritableFile(path, options, &below, context);
    if (made.ok()) *file = std::make_unique<LossyFile>(std::move(below), 0);
    return made;
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<FSWritableFile>* file, IODebugContext* context) override {
    std::unique_ptr<FSWritableFile> below;
    IOStatus opened = target()->ReopenWritableFile(path, options, &below, context);
    if (!opened.ok()) return opened;
    const std::uint64_t size = below->GetFileSize(options.io_options, context);
    *file = std::make_unique<LossyFile>(std::move(below), size);
    return opened;
  }
  IOStatus ReuseWritableFile(const std::string&, const std::string&, const FileOptions&,
                             std::unique_ptr<FSWritableFile>*, IODebugContext*) override {
    return IOStatus::NotSupported("a lossy file system recycles no files");
  }
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> makeLossyFileSystem() {
  return std::make_shared<LossyFileSystem>();
}

}  // namespace weir::faults
