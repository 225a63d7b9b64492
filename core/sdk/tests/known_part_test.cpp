#include <QtTest>

#include "tests/program/test.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

using namespace weir;

namespace {

// One struct at three times.
struct Old {
  std::uint32_t struct_size;
  std::int32_t first;
};
struct Present {
  std::uint32_t struct_size;
  std::int32_t first;
  std::int64_t second;
};
struct New {
  std::uint32_t struct_size;
  std::int32_t first;
  std::int64_t second;
  std::int64_t third;
};

template <typename T>
const Present* asPresent(const T& other) {
  return reinterpret_cast<const Present*>(&other);
}

}  // namespace

class KnownPartTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void whatAnOlderSideDoesNotHaveIsZero() {
    const Old old{sizeof(Old), 1};
    QCOMPARE(knownPart(asPresent(old)).first, 1);
    QCOMPARE(knownPart(asPresent(old)).second, 0);
  }
  void whatANewerSideAddsIsNotRead() {
    const New newer{sizeof(New), 1, 2, 3};
    QCOMPARE(knownPart(asPresent(newer)).second, 2);
  }
  void nothingKnownOfNothing() { QCOMPARE(knownPart<Present>(nullptr).second, 0); }

  void noMoreIsWrittenThanThereIsRoomFor() {
    struct {
      Old out;
      std::int64_t behind;
    } room{{sizeof(Old), 0}, 9};
    giveKnownPart(reinterpret_cast<Present*>(&room.out), Present{0, 5, 6});
    QCOMPARE(room.out.first, 5);
    QCOMPARE(room.out.struct_size, static_cast<std::uint32_t>(sizeof(Old)));
    QCOMPARE(room.behind, 9);
  }
  void aCallerWithMoreRoomLearnsHowMuchWasWritten() {
    New out{sizeof(New), 0, 0, 3};
    giveKnownPart(reinterpret_cast<Present*>(&out), Present{0, 5, 6});
    QCOMPARE(out.second, 6);
    QCOMPARE(out.struct_size, static_cast<std::uint32_t>(sizeof(Present)));
    QCOMPARE(out.third, 3);
  }
  void arraysGoByTheSizeOfTheirElements() {
    const New newer[] = {{0, 1, 2, 3}, {0, 4, 5, 6}};
    const Old older[] = {{0, 7}, {0, 8}};
    const Present present[] = {{0, 1, 2}};
    std::vector<Present> copies;
    const std::span<const Present> ofNewer = knownItems(asPresent(newer[0]), 2, sizeof(New), copies);
    QCOMPARE(ofNewer[1].first, 4);
    QCOMPARE(ofNewer[1].second, 5);
    std::vector<Present> more;
    const std::span<const Present> ofOlder = knownItems(asPresent(older[0]), 2, sizeof(Old), more);
    QCOMPARE(ofOlder[1].first, 8);
    QCOMPARE(ofOlder[1].second, 0);
    QCOMPARE(knownItems(present, 1, sizeof(Present), copies).data(), present);
    QVERIFY(knownItems<Present>(nullptr, 0, 0, copies).empty());
  }
};

WEIR_TEST(KnownPartTest)
#include "known_part_test.moc"
