// State databases of format 1, which had a column family for each time segment of each store: made into today's at
// the first start.
#pragma once

#include <rocksdb/db.h>

#include <string_view>
#include <vector>

#include "core/adapters/embedded/state/rocks_state_store.hpp"

namespace weir::embedded {

inline constexpr std::string_view kFormatOne = "1";

// Copies everything into the default family and calls the database `format`, in this order: a crash before the end
// leaves format 1, and the next start begins again. The caller drops the other families.
Result<void> convertFormatOne(rocksdb::DB& database, const std::vector<rocksdb::ColumnFamilyHandle*>& families,
                              const RocksStateStoreOptions& options, std::string_view format);

}  // namespace weir::embedded
