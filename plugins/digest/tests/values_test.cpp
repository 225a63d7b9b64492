// Known values of the hashes, and the estimate of the distinct count, without a host.
#include <QtTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <string>

#include "plugins/digest/distinct.hpp"
#include "plugins/digest/sha256.hpp"
#include "plugins/digest/xxh64.hpp"
#include "tests/program/test.hpp"

using namespace weir::digest;

namespace {

std::string hex(std::string_view bytes) {
  const auto digits = sha256Hex(bytes);
  return {digits.begin(), digits.end()};
}

}  // namespace

class DigestValuesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // NIST, "Secure Hash Algorithm Validation": the examples of FIPS 180-4 for SHA-256, and its empty message.
  void sha256HasTheValuesOfItsStandard() {
    QCOMPARE(hex(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(hex("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
             std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
    QCOMPARE(hex(std::string(1'000'000, 'a')),
             std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
  }

  // Lengths at which a block is full, or the length of the message no longer fits behind it; by sha256sum of GNU
  // coreutils.
  void theEndOfAMessageMayLieAnywhereInABlock() {
    QCOMPARE(hex(std::string(55, 'x')),
             std::string("d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072"));
    QCOMPARE(hex(std::string(56, 'x')),
             std::string("04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e"));
    QCOMPARE(hex(std::string(63, 'x')),
             std::string("75220b47218278e656f2013bb8f0c455a25eaf01e86c64924e9d48d89776d6f2"));
    QCOMPARE(hex(std::string(64, 'x')),
             std::string("7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c"));
    QCOMPARE(hex(std::string(119, 'x')),
             std::string("000b48d4edf0fa7bee3c6236ecd2785baa5db4eeb8bb54341b029e0d9fa5fb0c"));
  }

  // The specification of xxHash gives no vectors; these are of its reference implementation (XXH64, seed 0).
  void xxh64HasTheValuesOfItsReference() {
    QCOMPARE(xxh64(""), std::uint64_t{0xEF46DB3751D8E999});
    QCOMPARE(xxh64("a"), std::uint64_t{0xD24EC4F1A98C6E5B});
    QCOMPARE(xxh64("abc"), std::uint64_t{0x44BC2CF5AD770999});
  }

  // The standard error of 4096 registers is 1.6 %; three times that is met by 997 in 1000.
  void theEstimateIsCloseAtEverySize() {
    constexpr unsigned kSeed = 7;
    qInfo("seed %u", kSeed);
    std::mt19937_64 random(kSeed);
    std::string registers(4096, '\0');
    std::size_t added = 0;
    for (const std::size_t size : {200U, 1000U, 5000U, 20'000U, 100'000U, 1'000'000U}) {
      for (; added < size; ++added) {
        const std::uint64_t hash = random();
        const auto rank = static_cast<char>(std::min(std::countl_zero(hash << 12), 52) + 1);
        char& place = registers[hash >> 52];
        place = std::max(place, rank);
      }
      const double estimate = Distinct::estimate(registers);
      const double error = std::fabs(estimate / static_cast<double>(size) - 1);
      QVERIFY2(error < 0.05, qPrintable(QString("%1 for %2").arg(estimate).arg(size)));
    }
  }
};

WEIR_TEST(DigestValuesTest)
#include "values_test.moc"
