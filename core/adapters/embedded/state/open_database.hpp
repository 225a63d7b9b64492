// Opening RocksDB for the state of a home: its options, its lock and its format.
#pragma once

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include <memory>

#include "core/adapters/embedded/state/rocks_state_store.hpp"

namespace weir::embedded {

struct OpenedDatabase {
  std::unique_ptr<rocksdb::Env> environment;  // only when it is not the usual one
  std::shared_ptr<rocksdb::Cache> cache;      // shared: RocksDB's interface asks for it
  std::unique_ptr<rocksdb::DB> database;
};

// Makes the database when it is missing, and converts one of format 1.
Result<OpenedDatabase> openDatabase(const RocksStateStoreOptions& options);

}  // namespace weir::embedded
