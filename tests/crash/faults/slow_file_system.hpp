// For crash tests: a file system for RocksDB whose syncs take as long as somebody else says.
#pragma once

#include <functional>
#include <memory>

namespace rocksdb {
class FileSystem;
}

namespace weir::faults {

// Over another file system, or the usual one where that is null. Each sync of a file first calls `wait`, on the thread
// that syncs, which may be one of RocksDB's.
std::shared_ptr<rocksdb::FileSystem> makeSlowFileSystem(std::shared_ptr<rocksdb::FileSystem> base,
                                                        std::function<void()> wait);

}  // namespace weir::faults
