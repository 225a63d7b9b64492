#include <QtTest>
#include <deque>
#include <map>
#include <optional>
#include <random>

#include "core/sdk/tests/fake_host.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/window_store.hpp"

using namespace weir;

namespace {

using Random = std::mt19937_64;
using Store = WindowStore<std::int64_t>;
using Contents = std::vector<std::pair<std::string, std::int64_t>>;

constexpr std::int64_t kSize = 10;

Contents drain(ClosedWindow<std::int64_t> window) {
  Contents contents;
  std::string_view key;
  while (const std::int64_t* value = window.next(key)) contents.emplace_back(std::string(key), *value);
  return contents;
}

// Counts how often somebody looks at a value to see what it uses.
struct WatchedCodec : Codec<std::int64_t> {
  int* looks = nullptr;
  std::size_t heapBytes(const std::int64_t&) const {
    ++*looks;
    return 0;
  }
};

struct Model {
  // Without a value: sealed.
  using Window = std::map<std::string, std::optional<std::int64_t>>;
  std::map<std::int64_t, Window> open;
  std::int64_t closedUpTo = INT64_MIN;

  static Contents unsealed(const Window& window) {
    Contents contents;
    for (const auto& [key, value] : window) {
      if (value) contents.emplace_back(key, *value);
    }
    return contents;
  }
};

}  // namespace

class WindowStoreTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void windowsCloseInKeyOrderWithEverythingInThem() {
    int incomplete = 0;
    int refused = 0;  // because their entry was sealed
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      Random random(seed);
      FakeHost host;
      const std::int64_t budgets[] = {0, 6000, INT64_MAX};
      host.stores["w"].budget = budgets[seed % 3];
      Model durable;
      std::uint64_t epoch = 0;
      std::int64_t now = -200;
      for (int life = 0; life < 4; ++life) {
        Life running(host);
        Store store(running.context, "w", 3 * kSize);
        running.begin();
        Model model = durable;
        QCOMPARE(store.closedUpTo(), model.closedUpTo);
        QCOMPARE(store.openCount(), model.open.size());
        std::deque<std::pair<std::uint64_t, Model>> onTheWay;
        for (int round = 0; round < 100; ++round) {
          now += static_cast<std::int64_t>(random() % 4);
          std::vector<std::pair<std::int64_t, std::string>> rows;
          for (int i = 0; i < 30; ++i) {
            const std::int64_t time = now + static_cast<std::int64_t>(random() % 30);
            const std::int64_t start = time >= 0 ? time / kSize * kSize : (time - kSize + 1) / kSize * kSize;
            if (start <= model.closedUpTo) continue;
            rows.emplace_back(start, std::string(random() % 2 == 0 ? "" : "a key too long to lie in place ") +
                                         std::to_string(random() % 40));
          }
          incomplete += store.needsFetch() ? 1 : 0;
          if (random() % 2 == 0) {
            for (const auto& [start, key] : rows) store.want(start, key);
            store.fetch();
          }
          for (const auto& [start, key] : rows) {
            if (random() % 8 == 0) continue;
            auto& want = model.open[start].try_emplace(key, 0).first->second;
            std::int64_t* const got = store.at(start, key);
            QCOMPARE(got != nullptr, want.has_value());
            if (got != nullptr) QCOMPARE(++*got, ++*want);
            refused += got == nullptr ? 1 : 0;
          }
          if (random() % 16 == 0) {  // a run has come to the end of its input
            std::int64_t open = store.firstOpen();
            QCOMPARE(store.openCount(), model.open.size());
            for (auto& [start, window] : model.open) {
              QCOMPARE(open, start);
              open = store.openAfter(start);
              QVERIFY(drain(store.sealWindow(start)) == Model::unsealed(window));
              for (auto& [key, value] : window) value.reset();
            }
          }
          while (store.firstOpen() != INT64_MAX && store.firstOpen() + kSize < now) {
            QCOMPARE(store.firstOpen(), model.open.begin()->first);
            const auto& want = model.open.begin()->second;
            QVERIFY(drain(store.closeFirst()) == Model::unsealed(want));
            model.closedUpTo = model.open.begin()->first;
            model.open.erase(model.open.begin());
          }
          running.trim();
          if (random() % 8 == 0) {
            host.prepare(running.context, ++epoch);
            onTheWay.emplace_back(epoch, model);
          }
          if (!onTheWay.empty() && random() % 8 == 0) {
            host.commit(running.context, onTheWay.front().first);
            durable = onTheWay.front().second;
            onTheWay.pop_front();
          }
        }
        host.crash();
        now -= 150;  // the input is read again
      }
    }
    QVERIFY2(incomplete > 100, "the small budgets should have evicted");
    QVERIFY(refused > 100);
  }
  void aWindowThatLivesBetweenCommitsNeverLeavesMemory() {
    FakeHost host;
    Life life(host);
    Store store(life.context, "w", 100);
    life.begin();
    *store.at(0, "a") = 1;
    drain(store.closeFirst());
    host.prepare(life.context, 1);
    host.commit(life.context, 1);
    QCOMPARE(host.stores["w"].committed.size(), 1U);  // how far windows have closed
  }
  void segmentsGoWhenAllTheirWindowsHaveClosed() {
    FakeHost host;
    Life life(host);
    Store store(life.context, "w", 20);
    life.begin();
    for (const std::int64_t start : {0, 10, 20}) *store.at(start, "a") = 1;
    host.prepare(life.context, 1);
    host.commit(life.context, 1);
    QCOMPARE(host.stores["w"].committed.size(), 3U);
    store.closeFirst();
    host.prepare(life.context, 2);
    host.commit(life.context, 2);
    QCOMPARE(host.stores["w"].committed.size(), 4U);  // and how far they have closed
    store.closeFirst();
    store.closeUpTo(19);
    host.prepare(life.context, 3);
    host.commit(life.context, 3);
    QCOMPARE(host.stores["w"].committed.size(), 2U);
  }
  void anOpenWindowCostsNothingWhileNothingHappensToIt() {
    std::vector<int> looks;
    for (const std::int64_t open : {100, 10'000}) {
      FakeHost host;
      Life life(host);
      int counted = 0;
      WatchedCodec codec;
      codec.looks = &counted;
      WindowStore<std::int64_t, WatchedCodec> store(life.context, "w", 8 * kSize, codec);
      life.begin();
      for (std::int64_t window = 0; window < open; ++window) *store.at(window * kSize, "a") = 1;
      life.trim();
      host.prepare(life.context, 1);
      host.commit(life.context, 1);
      counted = 0;
      for (int batch = 0; batch < 50; ++batch) {
        ++*store.at(0, "a");
        ++*store.at(50 * kSize, "a");
        life.trim();
        host.prepare(life.context, 2 + batch);
        host.commit(life.context, 2 + batch);
      }
      QCOMPARE(store.cached(), static_cast<std::size_t>(open));
      looks.push_back(counted);
    }
    QCOMPARE(looks[0], looks[1]);
  }
  void aRestartReadsNarrowWindowsTogether() {
    FakeHost host;
    constexpr std::int64_t kWindows = 800;
    {
      Life life(host);
      Store store(life.context, "w", 8 * kSize);
      life.begin();
      for (std::int64_t window = 0; window < kWindows; ++window) {
        // Every hundredth is wide.
        for (int key = 0; key < (window % 100 == 99 ? 500 : 3); ++key)
          *store.at(window * kSize, std::to_string(key)) = 1;
      }
      host.prepare(life.context, 1);
      host.commit(life.context, 1);
    }
    Life life(host);
    Store store(life.context, "w", 8 * kSize);
    host.stores["w"].scans = 0;
    life.begin();
    QCOMPARE(store.openCount(), static_cast<std::size_t>(kWindows));
    QVERIFY2(host.stores["w"].scans <= kWindows / 8 + 2 * kWindows / 100,
             "a call for a segment, and one for a wide window");
    for (std::int64_t window = 0; window < kWindows; ++window) {
      QCOMPARE(drain(store.closeFirst()).size(), std::size_t{window % 100 == 99 ? 500U : 3U});
    }
  }
  void whatNobodyAsksForLeavesMemoryFirst() {
    std::int64_t all = INT64_MAX;  // what it uses when it may
    for (const bool bounded : {false, true}) {
      FakeHost host;
      host.stores["w"].budget = bounded ? all * 3 / 4 : INT64_MAX;
      Life life(host);
      Store store(life.context, "w", 8 * kSize);
      life.begin();
      std::uint64_t epoch = 0;
      // The latest first, as a reversed input has them.
      for (std::int64_t window = 4000; window-- > 0;) {
        *store.at(window * kSize, "a") = window;
        ++*store.at(4000 * kSize, "hot");
        if (window % 100 != 0) continue;
        life.trim();
        host.prepare(life.context, ++epoch);
        host.commit(life.context, epoch);
      }
      life.trim();
      all = host.stores["w"].used;
      if (!bounded) continue;
      QVERIFY2(all <= host.stores["w"].budget, "nothing was let go of");
      host.stores["w"].gets = 0;
      QCOMPARE(++*store.at(4000 * kSize, "hot"), std::int64_t{4001});
      QCOMPARE(host.stores["w"].gets, 0);
      QCOMPARE(++*store.at(3999 * kSize, "a"), std::int64_t{4000});
      QCOMPARE(host.stores["w"].gets, 1);
    }
  }
  void aClosedWindowStaysClosedAfterARestart() {
    FakeHost host;
    {
      Life life(host);
      Store store(life.context, "w", 1000);
      life.begin();
      *store.at(0, "a") = 1;
      host.prepare(life.context, 1);
      host.commit(life.context, 1);
      drain(store.closeFirst());
      host.prepare(life.context, 2);
      host.commit(life.context, 2);
    }
    Life life(host);
    Store store(life.context, "w", 1000);
    life.begin();
    QCOMPARE(store.openCount(), 0U);
    QCOMPARE(store.closedUpTo(), 0);
    QVERIFY_THROWS_EXCEPTION(FatalError, store.at(0, "a"));
  }
};

WEIR_TEST(WindowStoreTest)
#include "window_store_test.moc"
