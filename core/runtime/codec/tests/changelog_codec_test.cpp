#include <random>

#include "core/runtime/codec/changelog_codec.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

struct Entry {
  StateDelta::Kind kind;
  std::string store;
  std::int64_t segment;
  std::string key;
  std::string value;
  bool operator==(const Entry&) const = default;
};

StateDelta deltaOf(const Entry& entry) {
  return {entry.kind, entry.store, entry.segment, entry.key, entry.value};
}

std::vector<Entry> someEntries() {
  using Kind = StateDelta::Kind;
  std::vector<Entry> entries = {{Kind::Put, "counts", 0, "a", "1"},
                                {Kind::Put, "counts", 0, std::string("b\0c", 3), ""},
                                {Kind::Delete, "counts", 0, "", ""},
                                {Kind::Put, "counts", -60000000, "a", std::string(300, 'x')},
                                {Kind::DropBelow, "counts", 120000000, "", ""},
                                {Kind::Put, "counts", 120000000, "a", "2"},
                                {Kind::Put, "timers", INT64_MIN, "k", "v"},
                                {Kind::DropBelow, "", INT64_MAX, "", ""}};
  return entries;
}

RunToAppend encoded(const std::vector<Entry>& entries) {
  ChangelogWriter writer;
  for (const Entry& entry : entries) writer.append(deltaOf(entry));
  return writer.take();
}

Result<std::vector<Entry>> decoded(std::span<const std::byte> body) {
  std::vector<Entry> entries;
  WEIR_TRY(decodeChangelog(body, [&](const StateDelta& delta) {
    entries.push_back(
        {delta.kind, std::string(delta.store), delta.segment, std::string(delta.key), std::string(delta.value)});
  }));
  return entries;
}

}  // namespace

class ChangelogCodecTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void entriesComeBackAsTheyWereWritten();
  void aWriterStartsAnewAfterTake();
  void aNewerVersionIsRefused();
  void everyShortenedBodyIsAnError();
  void damageNeverCrashes();
};

void ChangelogCodecTest::entriesComeBackAsTheyWereWritten() {
  const RunToAppend run = encoded(someEntries());
  QCOMPARE(run.header.rows, 8);
  QVERIFY(decoded(run.body).value() == someEntries());
}

void ChangelogCodecTest::aWriterStartsAnewAfterTake() {
  ChangelogWriter writer;
  for (int commit = 0; commit < 2; ++commit) {
    writer.append(deltaOf(someEntries()[0]));
    const RunToAppend run = writer.take();
    QCOMPARE(run.header.rows, 1);
    QVERIFY(decoded(run.body).value() == std::vector<Entry>{someEntries()[0]});
  }
}

void ChangelogCodecTest::aNewerVersionIsRefused() {
  RunToAppend run = encoded(someEntries());
  run.body[0] = std::byte{9};
  const auto result = decoded(run.body);
  QVERIFY(!result.ok());
  QVERIFY(result.error().message.find("version 9") != std::string::npos);
}

void ChangelogCodecTest::everyShortenedBodyIsAnError() {
  const RunToAppend run = encoded(someEntries());
  for (std::size_t size = 0; size < run.body.size(); ++size) {
    QVERIFY(!decoded(std::span(run.body).first(size)).ok());
  }
}

void ChangelogCodecTest::damageNeverCrashes() {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    RunToAppend run = encoded(someEntries());
    for (int i = 0; i < 3; ++i) run.body[random() % run.body.size()] = static_cast<std::byte>(random());
    static_cast<void>(decoded(run.body));
  }
}

WEIR_TEST(ChangelogCodecTest)
#include "changelog_codec_test.moc"
