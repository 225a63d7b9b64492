#include <QtTest>
#include <random>

#include "core/expr/decimal.hpp"
#include "tests/program/test.hpp"

using namespace weir::expr;

namespace {

// Decimal digits, lowest first: slow arithmetic that is plainly right.
using Digits = std::vector<int>;

Digits digitsOf(Decimal value) {
  Digits out;
  for (UnsignedDecimal rest = magnitude(value); rest != 0; rest /= 10) out.push_back(static_cast<int>(rest % 10));
  return out;
}
void trim(Digits& digits) {
  while (!digits.empty() && digits.back() == 0) digits.pop_back();
}
Digits multiplied(const Digits& a, const Digits& b) {
  Digits out(a.size() + b.size() + 1, 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) out[i + j] += a[i] * b[j];
    for (std::size_t k = 0; k + 1 < out.size(); ++k) {
      out[k + 1] += out[k] / 10;
      out[k] %= 10;
    }
  }
  trim(out);
  return out;
}
Digits shifted(Digits digits, int zeros) {
  if (!digits.empty()) digits.insert(digits.begin(), static_cast<std::size_t>(zeros), 0);
  return digits;
}
int order(const Digits& a, const Digits& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}
Digits sum(const Digits& a, const Digits& b) {
  Digits out(std::max(a.size(), b.size()) + 1, 0);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] += (i < a.size() ? a[i] : 0) + (i < b.size() ? b[i] : 0);
    if (out[i] > 9) {
      out[i] -= 10;
      ++out[i + 1];
    }
  }
  trim(out);
  return out;
}

// A value of up to 38 digits, small ones as likely as large ones.
Decimal anyDecimal(std::mt19937_64& random) {
  const auto digits = static_cast<int>(random() % 39);
  const Decimal raw = static_cast<Decimal>((static_cast<UnsignedDecimal>(random()) << 64) | random());
  const Decimal value = (raw < 0 ? ~raw : raw) % powerOfTen(digits);
  return (random() & 1) != 0 ? -value : value;
}

constexpr int kRounds = 5000;

}  // namespace

class DecimalTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // |quotient * right - left * 10^shift| * 2 <= right: the definition of rounding to nearest.
  void quotientsAreTheNearestOnes() {
    std::mt19937_64 random(1);
    int computed = 0;
    for (int i = 0; i < kRounds; ++i) {
      const Decimal left = anyDecimal(random);
      const Decimal right = anyDecimal(random);
      const auto shift = static_cast<int>(random() % 77);
      Decimal quotient = 0;
      if (right == 0 || !divideDecimal(left, right, shift, quotient)) continue;
      ++computed;
      const Digits exact = shifted(digitsOf(left), shift);
      const Digits twice = multiplied({2}, exact);
      const Digits divisor = digitsOf(right);
      // 2 * exact lies in [(2q - 1) * divisor, (2q + 1) * divisor); half goes up.
      const UnsignedDecimal q = magnitude(quotient);
      const Digits product = multiplied(multiplied({2}, digitsOf(static_cast<Decimal>(q))), divisor);
      QVERIFY(order(twice, sum(product, divisor)) < 0);
      QVERIFY(order(sum(twice, divisor), product) >= 0);
    }
    QVERIFY(computed > kRounds / 4);
  }

  void productsAreExact() {
    std::mt19937_64 random(2);
    for (int i = 0; i < kRounds; ++i) {
      const Decimal left = anyDecimal(random);
      const Decimal right = anyDecimal(random);
      Decimal product = 0;
      const Digits exact = multiplied(digitsOf(left), digitsOf(right));
      if (!multiplyDecimal(left, right, 0, product)) {
        QVERIFY(exact.size() >= 39);
        continue;
      }
      QCOMPARE(digitsOf(product), exact);
    }
  }

  void productsThatDropDigitsAreRounded() {
    std::mt19937_64 random(3);
    for (int i = 0; i < kRounds; ++i) {
      const Decimal left = anyDecimal(random);
      const Decimal right = anyDecimal(random);
      const auto drop = static_cast<int>(1 + random() % 38);
      Decimal product = 0;
      Digits exact = multiplied(digitsOf(left), digitsOf(right));
      if (!multiplyDecimal(left, right, drop, product)) continue;
      Digits half = shifted({5}, drop - 1);
      Digits rounded = sum(exact, half);
      rounded.erase(rounded.begin(), rounded.begin() + std::min<long>(drop, static_cast<long>(rounded.size())));
      QCOMPARE(digitsOf(product), rounded);
    }
  }

  void comparisonsAgreeWithDigits() {
    std::mt19937_64 random(4);
    for (int i = 0; i < kRounds; ++i) {
      const Decimal left = anyDecimal(random);
      const Decimal right = i % 5 == 0 ? left : anyDecimal(random);
      const auto leftScale = static_cast<int>(random() % 39);
      const auto rightScale = i % 5 == 0 ? leftScale : static_cast<int>(random() % 39);
      int expected = order(shifted(digitsOf(left), rightScale), shifted(digitsOf(right), leftScale));
      if (left < 0 && right < 0) expected = -expected;
      if ((left < 0) != (right < 0)) expected = left < 0 ? -1 : 1;
      QCOMPARE(compareDecimal(left, leftScale, right, rightScale), expected);
    }
  }

  void textReadsBackAsItsValue() {
    std::mt19937_64 random(5);
    for (int i = 0; i < kRounds; ++i) {
      const Decimal value = anyDecimal(random);
      const auto scale = static_cast<int>(random() % 39);
      Decimal back = 0;
      QVERIFY(parseDecimal(decimalText(value, scale), scale, back));
      QVERIFY(back == value);
    }
  }

  void doublesAgreeWithTheirText() {
    std::mt19937_64 random(6);
    for (int i = 0; i < kRounds; ++i) {
      const Decimal value = anyDecimal(random);
      const auto scale = static_cast<int>(random() % 39);
      QCOMPARE(decimalToDouble(value, scale), std::strtod(decimalText(value, scale).c_str(), nullptr));
    }
  }

  void numbersInTextAreReadStrictly_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");  // at scale 2, or empty
    const auto row = [](const char* text, const char* expected) { QTest::newRow(text) << text << expected; };
    row("1", "1.00");
    row("-1.005", "-1.01");
    row("1.0049999", "1.00");
    row("1.5e2", "150.00");
    row("15e-1", "1.50");
    row("0.004", "0.00");
    row(".5", "0.50");
    row("5.", "5.00");
    row("9e-9", "0.00");
    row("0e999", "0.00");
    row("1e40", "");
    row("", "");
    row("-", "");
    row(".", "");
    row("1.2.3", "");
    row("1e", "");
    row("1 ", "");
    row("--1", "");
    row("1e9999999", "");
  }
  void numbersInTextAreReadStrictly() {
    QFETCH(QString, text);
    QFETCH(QString, expected);
    Decimal value = 0;
    const bool ok = parseDecimal(text.toStdString(), 2, value);
    QCOMPARE(ok ? QString::fromStdString(decimalText(value, 2)) : QString(), expected);
  }
};

WEIR_TEST(DecimalTest)
#include "decimal_test.moc"
