#include <QtTest>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "tests/program/test.hpp"
#include "weir/sdk/exact_sum.hpp"

using namespace weir;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double sumOf(const std::vector<double>& values) {
  ExactSum sum;
  for (const double value : values) sum.add(value);
  return sum.value();
}

// An oracle of another kind: the sum as one large integer, in units of 2^-1074, rounded by hand.
class WideSum {
 public:
  void add(double value) {
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, 53));
    int shift = exponent - 53 + 1074;
    while (shift < 0) {  // subnormal: its low bits are zero
      mantissa /= 2;
      ++shift;
    }
    const std::size_t word = static_cast<std::size_t>(shift) / 32;
    __extension__ __int128 part = static_cast<__int128>(mantissa) * (std::int64_t{1} << (shift % 32));
    for (std::size_t i = word; i < word + 3; ++i, part >>= 32)
      words_[i] += static_cast<std::int64_t>(part & 0xffffffff);
    words_[word + 3] += static_cast<std::int64_t>(part);  // with the sign
  }
  double value() {
    std::int64_t carry = 0;
    for (std::int64_t& word : words_) {
      word += carry;
      carry = word >> 32;
      word &= 0xffffffff;
    }
    const bool negative = carry < 0;
    if (negative) {
      std::int64_t borrow = 1;
      for (std::int64_t& word : words_) {
        word = (~word & 0xffffffff) + borrow;
        borrow = word >> 32;
        word &= 0xffffffff;
      }
    }
    int top = static_cast<int>(kWords) * 32 - 1;
    while (top >= 0 && !bit(top)) --top;
    if (top < 0) return 0;
    const int lowest = std::max(0, top - 52);
    std::uint64_t mantissa = 0;
    for (int i = top; i >= lowest; --i) mantissa = mantissa << 1 | static_cast<std::uint64_t>(bit(i));
    bool sticky = false;
    for (int i = 0; i < lowest - 1; ++i) sticky = sticky || bit(i);
    if (lowest > 0 && bit(lowest - 1) && (sticky || (mantissa & 1) != 0)) ++mantissa;
    const double magnitude = std::ldexp(static_cast<double>(mantissa), lowest - 1074);
    return negative ? -magnitude : magnitude;
  }

 private:
  static constexpr std::size_t kWords = 72;
  bool bit(int index) const { return (words_[static_cast<std::size_t>(index / 32)] >> (index % 32) & 1) != 0; }
  std::int64_t words_[kWords] = {};
};

// `spread`: how far exponents reach; `high`: the largest.
double randomDouble(std::mt19937_64& random, int high, int spread) {
  const double fraction = std::ldexp(static_cast<double>(random() >> 11 | 1ULL << 52), -52);
  const double value = std::ldexp(fraction, high - static_cast<int>(random() % static_cast<std::uint64_t>(spread)));
  return random() % 2 == 0 ? value : -value;
}

}  // namespace

class ExactSumTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Vectors of Python's test_math.py for fsum, with their exact results.
  void wellKnownHardCasesAreRight_data() {
    QTest::addColumn<std::vector<double>>("values");
    QTest::addColumn<double>("want");
    QTest::newRow("nothing") << std::vector<double>{} << 0.0;
    QTest::newRow("zero") << std::vector<double>{0.0} << 0.0;
    QTest::newRow("cancels") << std::vector<double>{1e100, 1.0, -1e100, 1e-100, 1e50, -1.0, -1e50} << 1e-100;
    QTest::newRow("tie up") << std::vector<double>{0x1p53, -0.5, -0x1p-54} << 0x1p53 - 1;
    QTest::newRow("tie with a bit") << std::vector<double>{0x1p53, 1.0, 0x1p-100} << 0x1p53 + 2;
    QTest::newRow("two bits") << std::vector<double>{0x1p53 + 10, 1.0, 0x1p-100} << 0x1p53 + 12;
    QTest::newRow("ties to even") << std::vector<double>{0x1p53 - 4, 0.5, 0x1p-54} << 0x1p53 - 3;
    QTest::newRow("past the range") << std::vector<double>{1.7e308, 1.7e308, -1.7e308, 1} << 1.7e308;
    QTest::newRow("past the range and back to little")
        << std::vector<double>{1.7e308, 1.7e308, -1.7e308, -1.7e308, 3e-320} << 3e-320;
    QTest::newRow("overflows") << std::vector<double>{1.7e308, 1.7e308} << kInfinity;
    QTest::newRow("largest, and half a unit less a bit")
        << std::vector<double>{std::numeric_limits<double>::max(), 0x1p970, -0x1p-1074}
        << std::numeric_limits<double>::max();
    QTest::newRow("largest, and half a unit")
        << std::vector<double>{std::numeric_limits<double>::max(), 0x1p970} << kInfinity;
    QTest::newRow("smallest") << std::vector<double>{5e-324, 5e-324, -5e-324} << 5e-324;
    QTest::newRow("infinity") << std::vector<double>{1, kInfinity, 1.7e308} << kInfinity;
    QTest::newRow("minus infinity") << std::vector<double>{-kInfinity, 5} << -kInfinity;
  }
  void wellKnownHardCasesAreRight() {
    QFETCH(std::vector<double>, values);
    QFETCH(double, want);
    QVERIFY(std::bit_cast<std::uint64_t>(sumOf(values)) == std::bit_cast<std::uint64_t>(want));
  }
  void infinitiesOfBothSignsAndNanGiveNan() {
    QVERIFY(std::isnan(sumOf({kInfinity, 1, -kInfinity})));
    QVERIFY(std::isnan(sumOf({std::nan(""), 1})));
    QVERIFY(std::isnan(sumOf({kInfinity, std::nan("")})));
  }
  void equalsTheSumOfLargeIntegersInAnyOrderAndCut() {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
      std::mt19937_64 random(seed);
      const int spreads[] = {4, 60, 200, 2000};
      const int spread = spreads[random() % 4];
      const int high = -1000 + spread + static_cast<int>(random() % static_cast<std::uint64_t>(2020 - spread));
      std::vector<double> values;
      for (std::uint64_t i = random() % 60; i > 0; --i) {
        const bool cancels = !values.empty() && random() % 3 == 0;
        values.push_back(cancels ? -values[random() % values.size()] : randomDouble(random, high, spread));
      }
      WideSum wide;
      ExactSum whole;
      ExactSum parts[3];
      for (const double value : values) {
        wide.add(value);
        whole.add(value);
        parts[random() % 3].add(value);
      }
      std::shuffle(std::begin(parts), std::end(parts), random);
      ExactSum merged;
      for (const ExactSum& part : parts) {
        std::string bytes;
        part.write(bytes);
        merged.merge(ExactSum::read(bytes));
      }
      const double want = wide.value();
      if (whole.value() != want || merged.value() != want) {
        QFAIL(qPrintable(QString("seed %1: %2, merged %3, want %4")
                             .arg(seed)
                             .arg(whole.value(), 0, 'g', 17)
                             .arg(merged.value(), 0, 'g', 17)
                             .arg(want, 0, 'g', 17)));
      }
    }
  }
  void damagedSumsAreRefused() {
    QVERIFY_THROWS_EXCEPTION(FatalError, ExactSum::read(""));
    QVERIFY_THROWS_EXCEPTION(FatalError, ExactSum::read(std::string_view("\0\1", 2)));
    QVERIFY_THROWS_EXCEPTION(FatalError, ExactSum::read(std::string_view("\0\0abc", 5)));
  }
};

WEIR_TEST(ExactSumTest)
#include "exact_sum_test.moc"
