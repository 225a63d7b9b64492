#include "tests/crash/faults/slow_file_system.hpp"

#include <rocksdb/file_system.h>

#include <string>
#include <utility>

namespace weir::faults {

namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using Wait = std::function<void()>;

class SlowFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  SlowFile(std::unique_ptr<FSWritableFile> file, const Wait& wait)
      : FSWritableFileOwnerWrapper(std::move(file)), wait_(wait) {}

  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    wait_();
    return target()->Sync(options, context);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    wait_();
    return target()->Fsync(options, context);
  }

 private:
  const Wait& wait_;  // of the file system, which outlives its files
};

class SlowFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  SlowFileSystem(std::shared_ptr<rocksdb::FileSystem> base, Wait wait)
      : FileSystemWrapper(std::move(base)), wait_(std::move(wait)) {}
  const char* Name() const override { return "SlowFileSystem"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options, std::unique_ptr<FSWritableFile>* file,
                           IODebugContext* context) override {
    return slowed(target()->NewWritableFile(path, options, file, context), *file);
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<FSWritableFile>* file, IODebugContext* context) override {
    return slowed(target()->ReopenWritableFile(path, options, file, context), *file);
  }
  IOStatus ReuseWritableFile(const std::string& path, const std::string& old, const FileOptions& options,
                             std::unique_ptr<FSWritableFile>* file, IODebugContext* context) override {
    return slowed(target()->ReuseWritableFile(path, old, options, file, context), *file);
  }

 private:
  IOStatus slowed(IOStatus opened, std::unique_ptr<FSWritableFile>& file) const {
    if (opened.ok()) file = std::make_unique<SlowFile>(std::move(file), wait_);
    return opened;
  }

  Wait wait_;
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> makeSlowFileSystem(std::shared_ptr<rocksdb::FileSystem> base, Wait wait) {
  if (base == nullptr) base = rocksdb::FileSystem::Default();
  return std::make_shared<SlowFileSystem>(std::move(base), std::move(wait));
}

}  // namespace weir::faults
