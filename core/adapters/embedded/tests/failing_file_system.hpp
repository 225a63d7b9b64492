// A file system for RocksDB on which writes fail while a test says so.
#pragma once

#include <rocksdb/file_system.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace weir::embedded {

class FailingFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FailingFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FailingFileSystem"; }

  // What the next appends and syncs answer, and how many of them still work before that.
  void fail(const rocksdb::IOStatus& with, int after = 0) {
    status_ = with;
    left_ = after;
    failing_ = true;
  }
  void work() { failing_ = false; }
  int failures() const { return failures_; }

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    std::unique_ptr<rocksdb::FSWritableFile> below;
    rocksdb::IOStatus made = target()->NewWritableFile(path, options, &below, context);
    if (made.ok()) *file = std::make_unique<File>(*this, std::move(below));
    return made;
  }

 private:
  class File final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(FailingFileSystem& owner, std::unique_ptr<rocksdb::FSWritableFile> file)
        : FSWritableFileOwnerWrapper(std::move(file)), owner_(owner) {}
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
      return owner_.fails() ? owner_.status_ : target()->Append(data, options, context);
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo&, rocksdb::IODebugContext* context) override {
      return Append(data, options, context);
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* context) override {
      return owner_.fails() ? owner_.status_ : target()->Sync(options, context);
    }

   private:
    FailingFileSystem& owner_;
  };

  bool fails() {
    if (!failing_ || left_-- > 0) return false;
    ++failures_;
    return true;
  }

  rocksdb::IOStatus status_;
  std::atomic<bool> failing_{false};
  std::atomic<int> left_{0};
  std::atomic<int> failures_{0};
};

}  // namespace weir::embedded
