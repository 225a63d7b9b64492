// Figures of a node: what its operator counts, sets and measures.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>
#include <vector>

namespace weir::runtime {

enum class MetricKind : std::uint8_t { Counter, Gauge, Histogram };

// How often values of a histogram fell where: eight buckets for each power of two, so that a quantile is at most an
// eighth too high. Adds up over tasks.
class HistogramCounts {
 public:
  static constexpr std::size_t kBuckets = 62 * 8;
  static constexpr std::size_t bucketOf(std::int64_t value) {
    if (value < 8) return value < 0 ? 0 : static_cast<std::size_t>(value);
    const auto bits = static_cast<std::uint64_t>(value);
    const auto power = static_cast<std::size_t>(std::bit_width(bits)) - 4;  // 8 to 15 are the first
    return (power + 1) * 8 + static_cast<std::size_t>(bits >> power) - 8;
  }
  // The greatest value of a bucket.
  static constexpr std::int64_t topOf(std::size_t bucket) {
    if (bucket < 8) return static_cast<std::int64_t>(bucket);
    const std::size_t power = bucket / 8 - 1;
    return static_cast<std::int64_t>(((bucket % 8 + 9) << power) - 1);
  }

  void add(const HistogramCounts& other) {
    for (std::size_t i = 0; i < kBuckets; ++i) buckets_[i] += other.buckets_[i];
  }
  void add(std::size_t bucket, std::uint64_t count) { buckets_[bucket] += count; }
  std::uint64_t count() const {
    std::uint64_t all = 0;
    for (const std::uint64_t bucket : buckets_) all += bucket;
    return all;
  }
  // 0.5: the median; 0 where nothing was measured.
  std::int64_t quantile(double share) const {
    const auto wanted = static_cast<double>(count()) * share;
    double passed = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < kBuckets; ++i) {
      if (buckets_[i] == 0) continue;
      last = i;
      passed += static_cast<double>(buckets_[i]);
      if (passed >= wanted) break;
    }
    return topOf(last);
  }

 private:
  std::vector<std::uint64_t> buckets_ = std::vector<std::uint64_t>(kBuckets);
};

// [any]
class Metric {
 public:
  explicit Metric(MetricKind kind) : kind_(kind), buckets_(kind == MetricKind::Histogram ? new Buckets() : nullptr) {}

  MetricKind kind() const { return kind_; }
  void add(std::int64_t delta) { value_.fetch_add(delta, std::memory_order_relaxed); }
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  // Negative values count as 0.
  void record(std::int64_t value) {
    (*buckets_)[HistogramCounts::bucketOf(value)].fetch_add(1, std::memory_order_relaxed);
  }
  // Of a counter or a gauge.
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }
  // Of a histogram.
  HistogramCounts counts() const {
    HistogramCounts counts;
    for (std::size_t i = 0; i < HistogramCounts::kBuckets; ++i) {
      counts.add(i, (*buckets_)[i].load(std::memory_order_relaxed));
    }
    return counts;
  }

 private:
  using Buckets = std::array<std::atomic<std::uint64_t>, HistogramCounts::kBuckets>;
  const MetricKind kind_;
  std::atomic<std::int64_t> value_{0};
  const std::unique_ptr<Buckets> buckets_;
};

}  // namespace weir::runtime
