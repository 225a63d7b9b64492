// What is said when a reader of the home keeps a topic larger than it should be.

#include "core/adapters/embedded/tests/log_words.hpp"
#include "core/adapters/memory/memory_files.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using namespace weir::embedded::words;

namespace {

const PartitionId kKept{"kept", 0};

class CollectingLogger final : public Logger {
 public:
  void write(LogLevel, std::string_view node, std::string_view text) override {
    said.push_back(std::string(node) + ": " + std::string(text));
  }
  std::vector<std::string> said;
};

class Home {
 public:
  Home() {
    EmbeddedLogOptions options;
    options.folder = "/log";
    options.clock = &clock;
    options.logger = &logger;
    log = std::move(*EmbeddedLog::open(disk, options));
    TopicSpec spec = topic(kKept.topic);
    spec.segmentBytes = 4'000;
    spec.retentionBytes = 8'000;
    WEIR_VERIFY(log->ensureTopic(spec));
    WEIR_VERIFY(log->commit({{}, {}, {{"reader", kKept, runtime::Position()}}}));
  }
  void commit(int runs, std::size_t bytes) {
    for (int i = 0; i < runs; ++i) WEIR_VERIFY(log->append({to(kKept, {run(std::string(bytes, 'x'))})}));
  }

  ManualClock clock{1'000'000 * kSecond};
  CollectingLogger logger;
  runtime::MemoryFiles disk;
  std::unique_ptr<EmbeddedLog> log;
};

}  // namespace

class LogHoldsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theNodeThatIsBehindIsNamed() {
    Home home;
    home.log->nameReader("reader", "slow_sink");
    home.commit(5, 3'000);
    QCOMPARE(home.logger.said.size(), std::size_t{1});
    const std::string& said = home.logger.said[0];
    QVERIFY2(said.starts_with("slow_sink: It is behind."), said.c_str());
    QVERIFY2(said.find(" rows of topic 'kept', partition 0, still to read") != std::string::npos, said.c_str());
    QVERIFY2(said.find("weir home drop") == std::string::npos, said.c_str());
  }

  void aReaderThatIsNotDrawnCanBeDropped() {
    Home home;
    home.commit(5, 3'000);
    QCOMPARE(home.logger.said.size(), std::size_t{1});
    const std::string& said = home.logger.said[0];
    QVERIFY2(said.starts_with("reader: It is not in the topology that runs"), said.c_str());
    QVERIFY2(said.find("`weir home drop reader`") != std::string::npos, said.c_str());
  }

  void smallAndLargeSizesAreReadable() {
    Home home;
    home.commit(4, 3'000);  // three segments, where 8,000 bytes may be, when the last one comes
    QCOMPARE(home.logger.said.size(), std::size_t{1});
    QVERIFY2(home.logger.said[0].find("keeps 3 KiB more") != std::string::npos, home.logger.said[0].c_str());
    home.commit(1'000, 3'000);
    home.clock.advance(61 * kSecond);
    home.commit(1, 3'000);
    QCOMPARE(home.logger.said.size(), std::size_t{2});
    QVERIFY2(home.logger.said[1].find("keeps 2.9 MiB more") != std::string::npos, home.logger.said[1].c_str());
  }
};

WEIR_TEST(LogHoldsTest)
#include "log_holds_test.moc"
