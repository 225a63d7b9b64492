#include "plugins/digest/distinct.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "plugins/digest/xxh64.hpp"

namespace weir::digest {

namespace {

constexpr int kIndexBits = 12;
constexpr std::size_t kRegisters = std::size_t{1} << kIndexBits;
constexpr int kRankBits = 64 - kIndexBits;
constexpr std::size_t kMostHashes = 128;
enum Form : std::uint8_t { kHashes = 1, kSketch = 2 };

Form formOf(std::string_view state) {
  const auto form = static_cast<std::uint8_t>(state[0]);
  const std::size_t size = state.size() - 1;
  const bool hashes = form == kHashes && size % 8 == 0 && size / 8 <= kMostHashes;
  if (!hashes && !(form == kSketch && size == kRegisters)) {
    throw FatalError("The state of a distinct count is damaged, or of a version that is not known.");
  }
  return static_cast<Form>(form);
}

std::uint64_t hashAt(std::string_view state, std::size_t index) {
  return detail::loadLittle<std::uint64_t>(state.data() + 1 + 8 * index);
}

void addToSketch(std::uint8_t* registers, std::uint64_t hash) {
  const std::size_t index = hash >> kRankBits;
  const int rank = std::min(std::countl_zero(hash << kIndexBits), kRankBits) + 1;
  registers[index] = std::max(registers[index], static_cast<std::uint8_t>(rank));
}

void becomeSketch(AggregateState& state) {
  const std::string hashes(state.view());
  state.resize(0);
  state.resize(1 + kRegisters);
  state.data()[0] = kSketch;
  for (std::size_t i = 0; i < hashes.size() / 8; ++i) addToSketch(state.data() + 1, hashAt(hashes, i));
}

void addHash(AggregateState& state, std::uint64_t hash) {
  if (state.empty()) {
    state.resize(1);
    state.data()[0] = kHashes;
  }
  if (formOf(state.view()) == kSketch) return addToSketch(state.data() + 1, hash);
  std::size_t first = 0;
  const std::size_t count = (state.size() - 1) / 8;
  for (std::size_t last = count; first < last;) {
    const std::size_t middle = (first + last) / 2;
    if (hashAt(state.view(), middle) < hash) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  if (first < count && hashAt(state.view(), first) == hash) return;
  if (count == kMostHashes) {
    becomeSketch(state);
    return addToSketch(state.data() + 1, hash);
  }
  state.resize(state.size() + 8);
  std::uint8_t* const at = state.data() + 1 + 8 * first;
  std::memmove(at + 8, at, 8 * (count - first));
  std::memcpy(at, &hash, 8);
}

// Sums that Ertl's estimator corrects the ends of the registers' range with.
double sigma(double x) {
  if (x == 1) return std::numeric_limits<double>::infinity();
  double sum = x;
  double power = 1;
  for (double before = -1; before != sum; power += power) {
    before = sum;
    x *= x;
    sum += x * power;
  }
  return sum;
}
double tau(double x) {
  if (x == 0 || x == 1) return 0;
  double power = 1;
  double sum = 1 - x;
  for (double before = -1; before != sum;) {
    before = sum;
    x = std::sqrt(x);
    power /= 2;
    sum -= (1 - x) * (1 - x) * power;
  }
  return sum / 3;
}

template <typename T>
std::uint64_t hashBytes(const T& value) {
  return xxh64({reinterpret_cast<const char*>(&value), sizeof value});
}

}  // namespace

Distinct::Distinct(const CreateInfo& info) : Aggregate(info), type_(info.input()->schema().fields.at(0).type.id) {}

void Distinct::bind(const Batch& arguments) {
  batch_ = arguments;
  values_ = batch_.column(0);
}

std::uint64_t Distinct::hashOf(std::int64_t row) const {
  switch (type_) {
    case TypeId::Bool: return hashBytes(BoolView(*values_)[row]);
    case TypeId::Int32:
    case TypeId::Date: return hashBytes(std::int64_t{FixedView<std::int32_t>(*values_)[row]});
    case TypeId::Float64: {
      // Numbers that are equal count once: both zeros, and everything that is no number.
      const double value = FixedView<double>(*values_)[row];
      return hashBytes(std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value + 0.0);
    }
    case TypeId::Decimal128: return hashBytes(FixedView<Int128>(*values_)[row]);
    case TypeId::String:
    case TypeId::Bytes: return xxh64(StringView(*values_)[row]);
    default: return hashBytes(FixedView<std::int64_t>(*values_)[row]);
  }
}

void Distinct::add(AggregateState& state, std::int64_t row) {
  addHash(state, hashOf(row));
}

void Distinct::merge(AggregateState& state, std::string_view other) {
  if (formOf(other) == kHashes) {
    for (std::size_t i = 0; i < (other.size() - 1) / 8; ++i) addHash(state, hashAt(other, i));
    return;
  }
  if (state.empty() || formOf(state.view()) == kHashes) becomeSketch(state);
  std::uint8_t* const registers = state.data() + 1;
  for (std::size_t i = 0; i < kRegisters; ++i) {
    registers[i] = std::max(registers[i], static_cast<std::uint8_t>(other[1 + i]));
  }
}

void Distinct::finish(std::string_view state, const ResultRow& result) {
  if (state.empty()) return result.set(std::int64_t{0});
  if (formOf(state) == kHashes) return result.set(static_cast<std::int64_t>((state.size() - 1) / 8));
  result.set(static_cast<std::int64_t>(std::llround(estimate(state.substr(1)))));
}

double Distinct::estimate(std::string_view registers) {
  constexpr double kAlpha = 0.72134752044448170368;  // 1 / (2 ln 2)
  constexpr auto kCount = static_cast<double>(kRegisters);
  double having[kRankBits + 2] = {};
  for (const char value : registers) having[std::min<int>(static_cast<std::uint8_t>(value), kRankBits + 1)] += 1;
  double z = kCount * tau(1 - having[kRankBits + 1] / kCount);
  for (int rank = kRankBits; rank >= 1; --rank) z = (z + having[rank]) / 2;
  z += kCount * sigma(having[0] / kCount);
  return kAlpha * kCount * kCount / z;
}

}  // namespace weir::digest
