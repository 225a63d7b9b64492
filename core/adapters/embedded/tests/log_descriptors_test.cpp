// However many partitions there are, few files are open.

#include <algorithm>

#include "core/adapters/embedded/tests/log_words.hpp"
#include "core/adapters/memory/memory_files.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using namespace weir::embedded::words;

namespace {

// Counts the files that are open.
class CountingFiles final : public runtime::Files {
 public:
  Result<std::unique_ptr<runtime::File>> open(const std::string& path, runtime::OpenMode mode) override {
    WEIR_TRY_ASSIGN(file, disk_.open(path, mode));
    return std::unique_ptr<runtime::File>(std::make_unique<Counted>(std::move(file), *this));
  }
  Result<bool> exists(const std::string& path) const override { return disk_.exists(path); }
  Result<std::vector<std::string>> list(const std::string& folder) const override { return disk_.list(folder); }
  Result<void> makeFolders(const std::string& path) override { return disk_.makeFolders(path); }
  Result<void> remove(const std::string& path) override { return disk_.remove(path); }
  Result<void> rename(const std::string& from, const std::string& to) override { return disk_.rename(from, to); }
  Result<void> syncFolder(const std::string& path) override { return disk_.syncFolder(path); }

  int most = 0;

 private:
  class Counted final : public runtime::File {
   public:
    Counted(std::unique_ptr<runtime::File> file, CountingFiles& owner) : file_(std::move(file)), owner_(owner) {
      owner_.most = std::max(owner_.most, ++owner_.open_);
    }
    ~Counted() override { --owner_.open_; }
    Result<std::size_t> read(std::uint64_t position, std::span<std::byte> into) const override {
      return file_->read(position, into);
    }
    Result<void> append(std::span<const std::byte> bytes) override { return file_->append(bytes); }
    Result<std::uint64_t> size() const override { return file_->size(); }
    Result<void> truncate(std::uint64_t size) override { return file_->truncate(size); }
    Result<void> sync() override { return file_->sync(); }

   private:
    std::unique_ptr<runtime::File> file_;
    CountingFiles& owner_;
  };

  runtime::MemoryFiles disk_;
  int open_ = 0;
};

constexpr std::int32_t kPartitions = 1200;
constexpr int kAllowed = 140;  // 64 that are written, 64 that are read, the journal, and what is open for a moment

}  // namespace

class LogDescriptorsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void manyPartitionsAreWrittenAndReadWithFewFilesOpen() {
    CountingFiles files;
    EmbeddedLogOptions options;
    options.folder = "/home/log";
    WEIR_VERIFY(files.makeFolders("/home"));
    auto opened = EmbeddedLog::open(files, options);
    QVERIFY(opened.ok());
    EmbeddedLog& log = **opened;
    TopicSpec spec = topic("orders", kPartitions);
    spec.segmentBytes = 500;
    WEIR_VERIFY(log.ensureTopic(spec));
    std::vector<std::unique_ptr<runtime::PartitionReader>> readers;
    for (std::int32_t p = 0; p < kPartitions; ++p) {
      auto reader = log.read({"orders", p}, Position());
      QVERIFY(reader.ok());
      readers.push_back(std::move(*reader));
    }
    for (int commit = 0; commit < 5; ++commit) {
      const std::string text = std::to_string(commit) + std::string(150, '.');
      std::vector<PartitionAppend> appends;
      for (std::int32_t p = 0; p < kPartitions; ++p) appends.push_back(to({"orders", p}, {run(text), run(text)}));
      WEIR_VERIFY(log.append(appends));
      for (const auto& reader : readers) {
        for (int i = 0; i < 2; ++i) {
          auto next = reader->next();
          QVERIFY(next.ok() && *next);
          QCOMPARE(textOf(**next), text);
        }
        auto end = reader->next();
        QVERIFY(end.ok() && !*end);
      }
    }
    QVERIFY2(files.most <= kAllowed, std::to_string(files.most).c_str());
    readers.clear();
    opened->reset();
    files.most = 0;
    auto again = EmbeddedLog::open(files, options);
    QVERIFY(again.ok());
    QCOMPARE(contents(**again, {"orders", 7}).size(), std::size_t{10});
    QVERIFY2(files.most <= kAllowed, std::to_string(files.most).c_str());
  }
};

WEIR_TEST(LogDescriptorsTest)
#include "log_descriptors_test.moc"
