// CPU seconds per GB of appending to and reading from the embedded log, and per row of the block writer.
// Usage: bench_log FOLDER [GIGABYTES]. Removes the folder first; prints one JSON object, in one line.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"
#include "core/adapters/embedded/files/posix_files.hpp"
#include "core/adapters/embedded/state/rocks_state_store.hpp"
#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/codec/batch_writer.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace {

using namespace weir;

double cpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

[[noreturn]] void stop(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  std::exit(1);
}

Batch orders(const SchemaRef& schema, std::size_t rows) {
  std::mt19937_64 random(1);
  FixedBuilder<std::int64_t> ids;
  FixedBuilder<double> amounts;
  StringBuilder regions;
  FixedBuilder<std::int64_t> at;
  std::vector<std::int64_t> times;
  for (std::size_t i = 0; i < rows; ++i) {
    ids.append(static_cast<std::int64_t>(random()));
    amounts.append(static_cast<double>(random() % 10000) / 100);
    regions.append("region-" + std::to_string(random() % 20));
    times.push_back(static_cast<std::int64_t>(i));
    at.append(times.back());
  }
  return BatchMaker(schema)
      .column(ids.finish())
      .column(amounts.finish())
      .column(regions.finish())
      .column(at.finish())
      .eventTime(std::move(times))
      .finish(static_cast<std::int64_t>(rows));
}

void benchCodec() {
  const SchemaRef schema = makeSchema(
      {{{"id", TypeId::Int64}, {"amount", TypeId::Float64}, {"region", TypeId::String}, {"at", TypeId::Timestamp}}});
  constexpr std::size_t kRows = 4096;
  constexpr int kBatches = 1000;
  const Batch batch = orders(schema, kRows);
  std::mt19937 random(2);
  std::vector<std::int32_t> partitions;
  for (std::size_t i = 0; i < kRows; ++i) partitions.push_back(static_cast<std::int32_t>(random() % 4));
  for (const std::int32_t count : {1, 4}) {
    runtime::PartitionedBatchWriter writer(schema, count);
    double encode = -cpuSeconds();
    double decode = 0;
    std::int64_t read = 0;
    for (int i = 0; i < kBatches; ++i) {
      const auto appended = writer.append(batch, count == 1 ? std::span<const std::int32_t>() : partitions);
      if (!appended) stop(appended.error());
      if (i % 10 != 9) continue;
      for (std::int32_t p = 0; p < count; ++p) {
        auto run = writer.take(p);
        const double before = cpuSeconds();
        const auto decoded = runtime::decodeBatch({run.body, nullptr}, schema);
        if (!decoded) stop(decoded.error());
        read += decoded->rowCount();
        decode += cpuSeconds() - before;
      }
    }
    encode += cpuSeconds() - decode;
    std::printf("\"encode_ns_per_row_%d_partitions\": %.1f, \"decode_ns_per_row_%d_partitions\": %.2f, ", count,
                encode * 1e9 / (static_cast<double>(kRows) * kBatches), count,
                decode * 1e9 / static_cast<double>(read));
  }
}

// A commit of eight MiB is what a task that catches up makes.
constexpr std::size_t kBody = 256 << 10;
constexpr int kRuns = 8;
constexpr std::int32_t kPartitions = 4;
constexpr double kCommitGigabytes = kPartitions * kRuns * kBody / 1e9;

// What the machine takes for the same bytes: written to as many files, synced as often, and nothing else.
double appendToFiles(const std::string& folder, double gigabytes) {
  embedded::PosixFiles files;
  std::vector<std::unique_ptr<runtime::File>> open;
  for (std::int32_t i = 0; i <= kPartitions; ++i) {  // one more for the journal
    auto file = files.open(folder + "/plain-" + std::to_string(i), runtime::OpenMode::Append);
    if (!file) stop(file.error());
    open.push_back(std::move(*file));
  }
  const std::vector<std::byte> body(kBody, std::byte{7});
  const std::vector<std::span<const std::byte>> pieces(kRuns, body);
  const std::vector<std::byte> record(128, std::byte{7});
  double written = 0;
  double cpu = -cpuSeconds();
  for (; written < gigabytes; written += kCommitGigabytes) {
    for (std::int32_t i = 0; i < kPartitions; ++i) {
      if (auto done = open[static_cast<std::size_t>(i)]->appendAll(pieces); !done) stop(done.error());
    }
    if (auto done = open.back()->append(record); !done) stop(done.error());
    for (auto& file : open) {
      if (auto done = file->sync(); !done) stop(done.error());
    }
  }
  return (cpu + cpuSeconds()) / written;
}

struct LogCosts {
  double append;  // CPU s/GB
  double read;
};

LogCosts appendAndRead(const std::string& folder, double gigabytes) {
  embedded::PosixFiles files;
  embedded::EmbeddedLogOptions options;
  options.folder = folder + "/log";
  auto opened = embedded::EmbeddedLog::open(files, options);
  if (!opened) stop(opened.error());
  runtime::Log& log = **opened;
  runtime::TopicSpec spec;
  spec.name = "bench";
  spec.partitions = kPartitions;
  if (auto made = log.ensureTopic(spec); !made) stop(made.error());
  runtime::Commit commit;
  std::mt19937_64 random(3);
  for (std::int32_t p = 0; p < kPartitions; ++p) {
    runtime::PartitionAppend append{{"bench", p}, {}};
    for (int i = 0; i < kRuns; ++i) {
      runtime::RunToAppend run;
      run.header.rows = 1000;
      run.body.resize(kBody);
      for (std::byte& byte : run.body) byte = static_cast<std::byte>(random());
      append.runs.push_back(std::move(run));
    }
    commit.outputs.push_back(std::move(append));
  }
  double written = 0;
  double cpu = -cpuSeconds();
  while (written < gigabytes) {
    if (auto done = log.commit(commit); !done) stop(done.error());
    written += kCommitGigabytes;
  }
  LogCosts costs{};
  costs.append = (cpu + cpuSeconds()) / written;
  cpu = -cpuSeconds();
  double bytes = 0;
  for (std::int32_t p = 0; p < 4; ++p) {
    auto reader = log.read({"bench", p}, {});
    if (!reader) stop(reader.error());
    while (true) {
      auto run = (*reader)->next();
      if (!run) stop(run.error());
      if (!*run) break;
      bytes += static_cast<double>((*run)->body.bytes.size());
    }
  }
  costs.read = (cpu + cpuSeconds()) / (bytes / 1e9);
  return costs;
}

double medianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// In turns, so that both meet the same machine: a kernel that has to find fresh memory for its page cache takes five
// times as long as one that has some. The first round only makes it find some.
void benchLog(const std::string& folder, double gigabytes) {
  constexpr int kRounds = 5;
  std::vector<double> plain;
  std::vector<double> append;
  std::vector<double> read;
  for (int round = 0; round <= kRounds; ++round) {
    const std::string fresh = folder + "/round";
    std::filesystem::create_directories(fresh);
    const double files = appendToFiles(fresh, gigabytes);
    std::filesystem::remove_all(fresh);
    std::filesystem::create_directories(fresh);
    const LogCosts costs = appendAndRead(fresh, gigabytes);
    std::filesystem::remove_all(fresh);
    if (round == 0) continue;
    plain.push_back(files);
    append.push_back(costs.append);
    read.push_back(costs.read);
  }
  std::printf("\"plain_append_cpu_s_per_gb\": %.3f, \"append_cpu_s_per_gb\": %.3f, \"read_cpu_s_per_gb\": %.3f, ",
              medianOf(plain), medianOf(append), medianOf(read));
}

void benchState(const std::string& folder) {
  constexpr int kKeys = 1'000'000;
  embedded::RocksStateStore store({folder + "/state", 32 << 20, {}});
  if (auto opened = store.open({"count", "counts"}, "1"); !opened) stop(opened.error());
  std::vector<std::string> keys;
  for (int i = 0; i < kKeys; ++i) {
    char text[32];
    std::snprintf(text, sizeof(text), "key-%012d", i);
    keys.emplace_back(text);
  }
  double cpu = -cpuSeconds();
  for (int round = 0; round < 2; ++round) {
    for (int first = 0; first < kKeys; first += 100'000) {
      std::vector<runtime::StateDelta> deltas;
      for (int i = first; i < first + 100'000; ++i) {
        deltas.push_back({runtime::StateDelta::Kind::Put, "counts", 0, keys[static_cast<std::size_t>(i)], "12345678"});
      }
      if (auto done = store.apply("count", 0, deltas, runtime::Position::of(first)); !done) stop(done.error());
    }
  }
  cpu += cpuSeconds();
  std::printf("\"state_apply_us_per_key\": %.2f, \"state_memory_mb\": %.1f", cpu * 1e6 / (2 * kKeys),
              static_cast<double>(store.memoryUse()) / 1e6);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: bench_log FOLDER [GIGABYTES]\n");
    return 2;
  }
  const std::string folder = arguments[1];
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const double gigabytes = count > 2 ? std::strtod(arguments[2], nullptr) : 1.0;
  std::printf("{");
  benchCodec();
  benchLog(folder, gigabytes);
  benchState(folder);
  std::printf("}\n");
  return 0;
}
