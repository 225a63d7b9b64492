#include "core/drawing/layout/internal/ranking.hpp"
#include "tests/program/test.hpp"

#include <algorithm>
#include <limits>
#include <random>

using namespace weir::drawing::layout;

namespace {

int lengthOf(const std::vector<RankEdge>& edges, const std::vector<int>& ranks) {
  int sum = 0;
  for (const RankEdge& edge : edges) sum += edge.weight * (ranks[edge.to] - ranks[edge.from]);
  return sum;
}

bool allowed(const std::vector<RankEdge>& edges, const std::vector<int>& ranks) {
  return std::all_of(edges.begin(), edges.end(),
                     [&](const RankEdge& edge) { return ranks[edge.to] - ranks[edge.from] >= edge.length; });
}

// The least that any ranks from 0 to `nodes` - 1 give.
int leastLength(std::size_t nodes, const std::vector<RankEdge>& edges) {
  std::vector<int> ranks(nodes, 0);
  int least = std::numeric_limits<int>::max();
  for (;;) {
    if (allowed(edges, ranks)) least = std::min(least, lengthOf(edges, ranks));
    std::size_t digit = 0;
    while (digit < nodes && ++ranks[digit] == static_cast<int>(nodes)) ranks[digit++] = 0;
    if (digit == nodes) return least;
  }
}

std::vector<RankEdge> someGraph(std::size_t nodes, std::size_t more, std::mt19937& dice) {
  std::vector<RankEdge> edges;
  for (std::size_t to = 1; to < nodes; ++to) edges.push_back({dice() % to, to, static_cast<int>(1 + dice() % 3), 1});
  for (std::size_t edge = 0; edge < more; ++edge) {
    const std::size_t to = 1 + dice() % (nodes - 1);
    edges.push_back({dice() % to, to, static_cast<int>(1 + dice() % 3), 1});
  }
  return edges;
}

}  // namespace

class RankingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSumOfLengthsIsLeast() {
    const std::uint32_t seed = 5;
    qInfo("seed %u", seed);
    std::mt19937 dice(seed);
    for (int round = 0; round < 40; ++round) {
      const std::size_t nodes = 4 + dice() % 3;
      const std::vector<RankEdge> edges = someGraph(nodes, dice() % 7, dice);
      const std::vector<int> found = ranks(nodes, edges, {});
      QVERIFY(allowed(edges, found));
      QCOMPARE(*std::min_element(found.begin(), found.end()), 0);
      QCOMPARE(lengthOf(edges, found), leastLength(nodes, edges));
    }
  }

  // No single node of a large graph can move and make it shorter, and no two neighbours together.
  void noNodeOfALargeGraphCouldStandBetter() {
    std::mt19937 dice(8);
    const std::size_t nodes = 2'000;
    const std::vector<RankEdge> edges = someGraph(nodes, 1'000, dice);
    std::vector<int> found = ranks(nodes, edges, {});
    QVERIFY(allowed(edges, found));
    const int length = lengthOf(edges, found);
    for (const RankEdge& edge : edges) {
      for (const int by : {-1, 1}) {
        for (const bool both : {false, true}) {
          std::vector<int> other = found;
          other[edge.from] += by;
          if (both) other[edge.to] += by;
          QVERIFY(!allowed(edges, other) || lengthOf(edges, other) >= length);
        }
      }
    }
  }

  void cyclesAreBroken() {
    const std::vector<RankEdge> edges{{0, 1}, {1, 2}, {2, 1}, {2, 3}, {3, 0}};
    const std::vector<bool> breaks = cycleBreakers(4, edges);
    QCOMPARE(breaks, (std::vector<bool>{false, false, true, false, true}));
  }
};

WEIR_TEST(RankingTest)
#include "ranking_test.moc"
