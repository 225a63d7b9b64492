// Sums of floating-point numbers that do not depend on the order of the rows.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "weir/sdk/errors.hpp"

namespace weir {

namespace detail {

// Doubles that do not overlap, the smallest first; together an exact number. The usual few need no heap.
class Partials {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const double* begin() const { return heap_.empty() ? inline_ : heap_.data(); }
  const double* end() const { return begin() + size_; }
  std::size_t heapBytes() const { return heap_.capacity() * sizeof(double); }

  // Shewchuk's grow-expansion: adds `value` and loses nothing, as long as nothing overflows.
  void add(double value) {
    double* at = heap_.empty() ? inline_ : heap_.data();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const double other = at[i];
      const double high = value + other;
      const double otherPart = high - value;
      const double low = (value - (high - otherPart)) + (other - otherPart);
      if (low != 0) at[kept++] = low;
      value = high;
    }
    size_ = kept;
    if (value != 0) append(value);
  }
  // The value must lie above all others.
  void append(double value) {
    if (heap_.empty() && size_ < kInline) {
      inline_[size_++] = value;
      return;
    }
    if (heap_.empty()) heap_.assign(inline_, inline_ + size_);
    heap_.resize(size_);
    heap_.push_back(value);
    ++size_;
  }

  // Rounded to nearest, ties to even. `below` has the sign of what is missing under the smallest partial.
  double round(double below = 0) const {
    const double* partials = begin();
    std::size_t n = size_;
    if (n == 0) return 0;
    double high = partials[--n];
    double low = 0;
    while (n > 0 && low == 0) {
      const double before = high;
      const double next = partials[--n];
      high = before + next;
      low = next - (high - before);
    }
    const double rest = n > 0 ? partials[n - 1] : below;
    if ((low < 0 && rest < 0) || (low > 0 && rest > 0)) {  // half-way? then what lies below decides
      const double moved = high + low * 2;
      if (low * 2 == moved - high) high = moved;
    }
    return high;
  }

 private:
  static constexpr std::size_t kInline = 3;
  double inline_[kInline] = {};
  std::size_t size_ = 0;
  std::vector<double> heap_;  // everything, once there were more than kInline
};

}  // namespace detail

// The exact sum of all values added, rounded once, when it is asked for.
//
// NaN, or infinities of both signs, give NaN; infinities of one sign give that one. An empty sum is 0. A sum
// that ends within the range of double is right even where it went beyond it on the way.
class ExactSum {
 public:
  void add(double value) {
    if (std::fabs(value) < kLarge) {
      low_.add(value);
    } else if (std::isfinite(value)) {
      high_.add(value * kDown);  // exact: such a value has no bits to lose
    } else {
      specials_ |= std::isnan(value) ? kNan : value > 0 ? kPositive : kNegative;
    }
  }

  // The same as adding every value that went into the other.
  void merge(const ExactSum& other) {
    specials_ |= other.specials_;
    for (const double value : other.low_) low_.add(value);
    for (const double value : other.high_) high_.add(value);
  }

  double value() const {
    const auto infinities = specials_ & (kPositive | kNegative);
    if ((specials_ & kNan) != 0 || infinities == (kPositive | kNegative)) {
      return std::numeric_limits<double>::quiet_NaN();
    }
    if (infinities != 0) {
      return infinities == kPositive ? std::numeric_limits<double>::infinity()
                                     : -std::numeric_limits<double>::infinity();
    }
    return high_.empty() ? low_.round() : roundBoth();
  }

  std::size_t heapBytes() const { return low_.heapBytes() + high_.heapBytes(); }

  // Format: a byte for NaN and infinities, a byte with the count of scaled partials, those, and then the
  // others; doubles little-endian.
  void write(std::string& out) const {
    out.push_back(static_cast<char>(specials_));
    out.push_back(static_cast<char>(high_.size()));
    out.append(reinterpret_cast<const char*>(high_.begin()), high_.size() * sizeof(double));
    out.append(reinterpret_cast<const char*>(low_.begin()), low_.size() * sizeof(double));
  }
  static ExactSum read(std::string_view bytes) {
    if (bytes.size() < 2 || bytes.size() % sizeof(double) != 2) damaged();
    ExactSum sum;
    sum.specials_ = static_cast<std::uint8_t>(bytes[0]);
    const std::size_t total = bytes.size() / sizeof(double);
    const std::size_t high = static_cast<std::uint8_t>(bytes[1]);
    if (high > total || sum.specials_ > (kNan | kPositive | kNegative)) damaged();
    for (std::size_t i = 0; i < total; ++i) {
      double value = 0;
      std::memcpy(&value, bytes.data() + 2 + i * sizeof(double), sizeof(double));
      (i < high ? sum.high_ : sum.low_).append(value);
    }
    return sum;
  }

 private:
  static constexpr std::uint8_t kNan = 1;
  static constexpr std::uint8_t kPositive = 2;
  static constexpr std::uint8_t kNegative = 4;
  // Below 2^900 no number of rows overflows a partial. Larger values are held times 2^-600, in a second sum.
  static constexpr double kLarge = 0x1p900;
  static constexpr double kDown = 0x1p-600;
  static constexpr double kUp = 0x1p600;

  [[noreturn]] static void damaged() { throw FatalError("A floating-point sum in state is damaged."); }

  double roundBoth() const {
    if (std::fabs(high_.round()) < 0x1p400) {  // the large ones fit in with the others
      detail::Partials all = low_;
      for (const double value : high_) all.add(value * kUp);
      return all.round();
    }
    // The result is above 2^999. Of small partials that scaling would cut, only the sign can matter: they
    // lie below every bit of what is left.
    detail::Partials all = high_;
    double below = 0;
    for (const double value : low_) {
      const double scaled = value * kDown;
      if (scaled * kUp == value) {
        all.add(scaled);
      } else {
        below = value;  // ascending: the largest of them decides
      }
    }
    return all.round(below) * kUp;
  }

  detail::Partials low_;
  detail::Partials high_;
  std::uint8_t specials_ = 0;
};

}  // namespace weir
