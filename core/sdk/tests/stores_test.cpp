#include <QtTest>
#include <deque>
#include <map>
#include <random>

#include "core/sdk/tests/fake_host.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/map_store.hpp"
#include "weir/sdk/timer_store.hpp"
#include "weir/sdk/value_store.hpp"

using namespace weir;

namespace {

using Random = std::mt19937_64;

// Plays random work on a store and on a plain model beside it, with commits that are on their way for a while, crashes
// and a tiny memory budget. `Model` is a value; a crash puts back the one of the last durable commit.
template <typename Store, typename Model>
class Play {
 public:
  Play(std::uint64_t seed, std::int64_t budget) : random_(seed) { host_.stores["s"].budget = budget; }

  // open(context) makes the store; step(random, store, model) does some work and compares.
  template <typename Open, typename Step>
  void run(int rounds, Open open, Step step) {
    for (int life = 0; life < 4; ++life) {
      Life running(host_);
      std::unique_ptr<Store> store = open(running.context);
      running.begin();
      model_ = durable_;
      onTheWay_.clear();
      for (int round = 0; round < rounds; ++round) {
        step(random_, *store, model_);
        running.trim();
        if (random_() % 8 == 0) {
          host_.prepare(running.context, ++epoch_);
          onTheWay_.emplace_back(epoch_, model_);
        }
        if (!onTheWay_.empty() && random_() % 8 == 0) {
          host_.commit(running.context, onTheWay_.front().first);
          durable_ = onTheWay_.front().second;
          onTheWay_.pop_front();
        }
      }
      host_.crash();
    }
  }
  FakeHost& host() { return host_; }

 private:
  Random random_;
  FakeHost host_;
  Model model_;
  Model durable_;
  std::uint64_t epoch_ = 0;
  std::deque<std::pair<std::uint64_t, Model>> onTheWay_;
};

constexpr std::int64_t kBudgets[] = {0, 4000, INT64_MAX};

}  // namespace

class StoresTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void valuesEqualAPlainMap() {
    using Store = ValueStore<std::string, std::int64_t>;
    using Model = std::map<std::string, std::int64_t>;
    int evictions = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Play<Store, Model> play(seed, kBudgets[seed % 3]);
      play.run(
          120, [](Context& context) { return std::make_unique<Store>(context, "s"); },
          [&](Random& random, Store& store, Model& model) {
            std::vector<std::string> keys;
            for (int i = 0; i < 20; ++i) {
              const std::string key = std::to_string(random() % 60);
              keys.push_back(random() % 4 == 0 ? key + " and a tail that makes it long" : key);
            }
            if (random() % 2 == 0) {
              for (const std::string& key : keys) store.want(key);
              store.fetch();
            }
            for (const std::string& key : keys) {
              switch (random() % 6) {
                case 0:
                  store.erase(key);
                  model.erase(key);
                  break;
                case 1: store.put(key, model[key] = static_cast<std::int64_t>(random() % 100)); break;
                case 2: {
                  const std::int64_t* have = store.find(key);
                  QCOMPARE(have != nullptr, model.count(key) == 1);
                  if (have != nullptr) QCOMPARE(*have, model[key]);
                  break;
                }
                default: QCOMPARE(++store.at(key), ++model[key]);
              }
            }
            evictions += store.cached() < model.size() ? 1 : 0;
          });
    }
    QVERIFY2(evictions > 100, "the small budgets should have evicted");
  }
  void mapsEqualAPlainMapInOrder() {
    using Store = MapStore<std::int64_t, std::string, std::string>;
    using Model = std::map<std::int64_t, std::map<std::string, std::string>>;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Play<Store, Model> play(seed, kBudgets[seed % 3]);
      play.run(
          150, [](Context& context) { return std::make_unique<Store>(context, "s"); },
          [&](Random& random, Store& store, Model& model) {
            const auto key = static_cast<std::int64_t>(random() % 4) - 2;
            const std::string member = std::string(random() % 3, '\0') + std::to_string(random() % 30);
            switch (random() % 4) {
              case 0:
                store.erase(key, member);
                model[key].erase(member);
                break;
              case 1:
                QCOMPARE(store.find(key, member).value_or("none"),
                         model[key].count(member) == 1 ? model[key][member] : "none");
                break;
              default: {
                const std::string value = std::to_string(random() % 1000);
                store.put(key, member, value);
                model[key][member] = value;
              }
            }
            auto want = model[key].begin();
            store.forEach(key, [&](const std::string& have, const std::string& value) {
              if (want == model[key].end() || have != want->first || value != want->second) qFatal("a map differs");
              ++want;
              return true;
            });
            QVERIFY(want == model[key].end());
            const std::string from = std::to_string(random() % 30);
            std::size_t count = 0;
            store.forEach(
                key, [&](const std::string&, const std::string&) { return ++count != 0; }, from);
            QCOMPARE(count, static_cast<std::size_t>(std::distance(model[key].lower_bound(from), model[key].end())));
          });
    }
  }
  void listsEqualAPlainQueue() {
    using Store = ListStore<std::string, std::int64_t>;
    using Model = std::map<std::string, std::deque<std::int64_t>>;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Play<Store, Model> play(seed, kBudgets[seed % 3]);
      play.run(
          150, [](Context& context) { return std::make_unique<Store>(context, "s"); },
          [&](Random& random, Store& store, Model& model) {
            const std::string key(1 + random() % 3, 'k');
            if (random() % 4 == 0) {
              const std::size_t count = random() % 5;
              store.removeFirst(key, count);
              for (std::size_t i = 0; i < count && !model[key].empty(); ++i) model[key].pop_front();
            } else {
              const auto value = static_cast<std::int64_t>(random());
              store.append(key, value);
              model[key].push_back(value);
            }
            std::deque<std::int64_t> have;
            store.forEach(key, [&](std::int64_t value) {
              have.push_back(value);
              return true;
            });
            QVERIFY(have == model[key]);
            QCOMPARE(store.size(key), model[key].size());
          });
    }
  }
  void timersFireInOrderOnceAndSurviveCrashes() {
    using Model = std::map<std::pair<std::int64_t, std::string>, std::string>;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Play<TimerStore, Model> play(seed, kBudgets[seed % 3]);
      play.run(
          200, [](Context& context) { return std::make_unique<TimerStore>(context, "s", TimeDomain::Event); },
          [&](Random& random, TimerStore& store, Model& model) {
            const auto time = static_cast<std::int64_t>(random() % 50) - 10;
            const std::string key = std::to_string(random() % 3);
            switch (random() % 5) {
              case 0:
                store.cancel(time, key);
                model.erase({time, key});
                break;
              case 1:
                while (const std::optional<Timer> timer = store.pop(time)) {
                  QVERIFY(!model.empty());
                  QVERIFY(model.begin()->first == std::pair(timer->time, timer->key));
                  QCOMPARE(timer->payload, model.begin()->second);
                  model.erase(model.begin());
                }
                QVERIFY(model.empty() || model.begin()->first.first > time);
                break;
              default: store.set(time, key, model[{time, key}] = std::to_string(random() % 9));
            }
            QCOMPARE(store.nextDue(), model.empty() ? INT64_MAX : model.begin()->first.first);
          });
    }
  }
  void aNewStoreNeverAsksTheHost() {
    FakeHost host;
    Life life(host);
    ValueStore<std::int64_t, std::int64_t> store(life.context, "s");
    life.begin();
    for (std::int64_t key = 0; key < 1000; ++key) {
      store.want(key);
      store.fetch();
      ++store.at(key);
    }
    QCOMPARE(host.stores["s"].gets, 0);
  }
  void missesOfABatchAreOneCall() {
    FakeHost host;
    {
      Life life(host);
      ValueStore<std::int64_t, std::int64_t> store(life.context, "s");
      life.begin();
      for (std::int64_t key = 0; key < 1000; ++key) store.at(key) = key;
      host.prepare(life.context, 1);
      host.commit(life.context, 1);
    }
    Life life(host);
    ValueStore<std::int64_t, std::int64_t> store(life.context, "s");
    life.begin();
    for (std::int64_t key = 999; key >= 0; --key) store.want(key);
    store.fetch();
    for (std::int64_t key = 0; key < 1000; ++key) QCOMPARE(*store.find(key), key);
    QCOMPARE(host.stores["s"].gets, 1);
  }
  void nothingIsEvictedBeforeTheHostServesIt() {
    FakeHost host;
    host.stores["s"].budget = 0;
    Life life(host);
    ValueStore<std::int64_t, std::int64_t> store(life.context, "s");
    life.begin();
    for (std::int64_t key = 0; key < 100; ++key) store.at(key) = key;
    life.trim();
    QCOMPARE(store.cached(), 100U);
    QCOMPARE(host.commitRequests, 1);
    host.prepare(life.context, 1);
    life.trim();
    QCOMPARE(store.cached(), 100U);
    store.at(7) = 70;  // dirty again, while epoch 1 is on its way
    host.commit(life.context, 1);
    life.trim();
    QCOMPARE(store.cached(), 1U);
    QCOMPARE(*store.find(7), 70);
    QCOMPARE(*store.find(8), 8);
  }
  void processingTimersAskForTheirTime() {
    FakeHost host;
    Life life(host);
    TimerStore timers(life.context, "s", TimeDomain::Processing);
    life.begin();
    QCOMPARE(timers.nextWake(), INT64_MAX);
    timers.set(500, "b");
    timers.set(300, "a");
    QCOMPARE(timers.nextWake(), 300);
  }
};

WEIR_TEST(StoresTest)
#include "stores_test.moc"
