
#include "core/base/closest_name.hpp"
#include "core/base/duration.hpp"
#include "core/base/printable.hpp"
#include "tests/program/test.hpp"

using namespace weir;

class WordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDurationNeedsItsUnit() {
    QVERIFY(!parseDuration("5"));
    QVERIFY(parseDuration("5").error().message.find("no unit") != std::string::npos);
  }

  void durationsAreExact() {
    const std::pair<const char*, Duration> cases[] = {
        {"250us", 250},        {"500ms", 500'000},      {"5s", 5'000'000}, {"1m", 60'000'000},
        {"2h", 7'200'000'000}, {"7d", 604'800'000'000}, {"0s", 0}};
    for (const auto& [text, length] : cases) {
      const Result<Duration> parsed = parseDuration(text);
      QVERIFY2(parsed.ok(), text);
      QCOMPARE(*parsed, length);
      QCOMPARE(durationText(length), std::string(text));
    }
    QCOMPARE(durationText(90 * kSecond), std::string("90s"));
  }

  void whatIsNoDurationIsRefused() {
    for (const char* const text : {"", "s", "-5s", "1.5s", " 5s", "5 s", "5S", "5min", "5s5", "9223372036854775807d"}) {
      QVERIFY2(!parseDuration(text), text);
    }
  }

  void theNearestNameIsSuggested() {
    const std::vector<std::string_view> names = {"region", "amount", "order_id"};
    QCOMPARE(closestName("regoin", names), std::optional<std::string>("region"));
    QCOMPARE(closestName("Region", names), std::optional<std::string>("region"));
    QCOMPARE(closestName("orderid", names), std::optional<std::string>("order_id"));
    QCOMPARE(closestName("customer", names), std::optional<std::string>());
    QCOMPARE(closestName("", names), std::optional<std::string>());
    // Two neighbours at either end, a letter more, a letter less, a third of the letters and one more than that.
    QCOMPARE(closestName("ergion", names), std::optional<std::string>("region"));
    QCOMPARE(closestName("aamount", names), std::optional<std::string>("amount"));
    QCOMPARE(closestName("mount", names), std::optional<std::string>("amount"));
    QCOMPARE(closestName("raxion", names), std::optional<std::string>("region"));
    QCOMPARE(closestName("xaxion", names), std::optional<std::string>());
    // The nearer one, although it comes later; the first one of two that are as near.
    QCOMPARE(closestName("amounts", {"amounts_a", "amounts_"}), std::optional<std::string>("amounts_"));
    QCOMPARE(closestName("order", {"border", "orders"}), std::optional<std::string>("border"));
  }

  void noControlCharacterHidesWhatComesAfterIt() {
    using namespace std::string_literals;
    QCOMPARE(printable("a\0b\x1b[2J\rc\x7f"s), std::string("a\\u0000b\\u001b[2J\\u000dc\\u007f"));
    QCOMPARE(printable("gr\u00fcn\n\tok"), std::string("gr\u00fcn\n\tok"));
  }
};

WEIR_TEST(WordsTest)
#include "words_test.moc"
