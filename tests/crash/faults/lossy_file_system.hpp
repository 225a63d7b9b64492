// For crash tests: a file system for RocksDB on which bytes that were not synced die with the process, as in a power
// cut.
#pragma once

#include <memory>

namespace rocksdb {
class FileSystem;
}

namespace weir::faults {

// Over the usual file system. Only contents: names are durable at once. Nobody reads what is not synced, for RocksDB
// syncs whatever it opens again while it runs.
std::shared_ptr<rocksdb::FileSystem> makeLossyFileSystem();

}  // namespace weir::faults
