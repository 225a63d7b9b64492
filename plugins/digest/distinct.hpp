// digest.distinct: about how many different values there are.
//
// A state is one byte for its form, and then: up to 128 hashes in ascending order (exact), or the 4096 registers of
// HyperLogLog. Which form it has depends on the number of different hashes alone, so the order of rows and how states
// were put together do not matter. Part of state_version.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "weir/sdk/functions.hpp"

namespace weir::digest {

class Distinct final : public Aggregate {
 public:
  explicit Distinct(const CreateInfo& info);
  void bind(const Batch& arguments) override;
  void add(AggregateState& state, std::int64_t row) override;
  void merge(AggregateState& state, std::string_view other) override;
  void finish(std::string_view state, const ResultRow& result) override;

  // The estimate of registers, by O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017),
  // algorithm 6: no tables, and no border between small and large counts.
  static double estimate(std::string_view registers);

 private:
  std::uint64_t hashOf(std::int64_t row) const;

  TypeId type_;
  Batch batch_;
  std::optional<ColumnView> values_;
};

}  // namespace weir::digest
