#include "core/drawing/layout/free_room.hpp"

#include <cmath>

#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::drawing;

class FreeRoomTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsFreeStays() { QCOMPARE(downToFreeRoom({{0, 0, 208, 72}}, {{400, 0, 208, 72}}), 0.0); }
  void whatWouldCoverSomethingGoesBelowIt() {
    const double down = downToFreeRoom({{0, 0, 208, 72}}, {{100, 30, 208, 72}});
    QVERIFY(30 + down > 72);
    QCOMPARE(std::fmod(down, 8), 0.0);
  }
  void allOfItGoesDownTogether() {
    // The first is free where it is, and would cover the second one's obstacle only further down.
    const std::vector<Rect> taken{{320, 0, 208, 72}, {0, 100, 208, 72}};
    const std::vector<Rect> wanted{{0, 0, 208, 72}, {320, 0, 208, 72}};
    const double down = downToFreeRoom(taken, wanted);
    for (const Rect& rect : wanted) {
      for (const Rect& there : taken) QVERIFY(!rect.moved({0, down}).intersects(there));
    }
  }
  void aFrameTakesRoomUnlessOneIsInIt() {
    Picture picture;
    picture.groups.push_back({.id = "g", .bounds = {0, 0, 400, 400}});
    QCOMPARE(takenRoom(picture).size(), std::size_t{1});
    QVERIFY(takenRoom(picture, {"g"}).empty());
  }
  void whoComesIntoAGroupComesIntoTheOnesAroundIt() {
    Picture picture;
    picture.groups.push_back({.id = "outer", .bounds = {0, 0, 400, 400}});
    picture.groups.push_back({.id = "inner", .outer = 0, .bounds = {40, 40, 200, 200}});
    QVERIFY(takenRoom(picture, {"inner"}).empty());
    QCOMPARE(takenRoom(picture, {"outer"}).size(), std::size_t{1});
  }
};

WEIR_TEST(FreeRoomTest)
#include "free_room_test.moc"
