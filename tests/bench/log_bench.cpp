// CPU seconds per GB of appending to and reading from the embedded log, and per row of the block writer.
// Usage: bench_log FOLDER [GIGABYTES]. Prints one JSON object.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "adapters/embedded/files/posix_files.hpp"
#include "adapters/embedded/log/embedded_log.hpp"
#include "adapters/embedded/state/rocks_state_store.hpp"
#include "runtime/codec/batch_codec.hpp"
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
    std::printf("  \"encode_ns_per_row_%d_partitions\": %.1f,\n  \"decode_ns_per_row_%d_partitions\": %.2f,\n", count,
                encode * 1e9 / (static_cast<double>(kRows) * kBatches), count,
                decode * 1e9 / static_cast<double>(read));
  }
}

void benchLog(const std::string& folder, double gigabytes) {
  embedded::PosixFiles files;
  embedded::EmbeddedLogOptions options;
  options.folder = folder + "/log";
  auto opened = embedded::EmbeddedLog::open(files, options);
  if (!opened) stop(opened.error());
  runtime::Log& log = **opened;
  runtime::TopicSpec spec;
  spec.name = "bench";
  spec.partitions = 4;
  if (auto made = log.ensureTopic(spec); !made) stop(made.error());
  constexpr std::size_t kBody = 128 << 10;
  std::vector<runtime::PartitionAppend> appends;
  std::mt19937_64 random(3);
  for (std::int32_t p = 0; p < 4; ++p) {
    runtime::PartitionAppend append{{"bench", p}, {}};
    for (int i = 0; i < 4; ++i) {
      runtime::RunToAppend run;
      run.header.rows = 1000;
      run.body.resize(kBody);
      for (std::byte& byte : run.body) byte = static_cast<std::byte>(random());
      append.runs.push_back(std::move(run));
    }
    appends.push_back(std::move(append));
  }
  const double perCommit = 16.0 * kBody / 1e9;
  double written = 0;
  double cpu = -cpuSeconds();
  while (written < gigabytes) {
    if (auto done = log.commit(appends); !done) stop(done.error());
    written += perCommit;
  }
  cpu += cpuSeconds();
  std::printf("  \"append_cpu_s_per_gb\": %.3f,\n", cpu / written);
  cpu = -cpuSeconds();
  double bytes = 0;
  for (std::int32_t p = 0; p < 4; ++p) {
    auto reader = log.read({"bench", p}, 0);
    if (!reader) stop(reader.error());
    while (true) {
      auto run = (*reader)->next();
      if (!run) stop(run.error());
      if (!*run) break;
      bytes += static_cast<double>((*run)->body.bytes.size());
    }
  }
  cpu += cpuSeconds();
  std::printf("  \"read_cpu_s_per_gb\": %.3f,\n", cpu / (bytes / 1e9));
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
      if (auto done = store.apply("count", 0, deltas, first); !done) stop(done.error());
    }
  }
  cpu += cpuSeconds();
  std::printf("  \"state_apply_us_per_key\": %.2f,\n  \"state_memory_mb\": %.1f\n", cpu * 1e6 / (2 * kKeys),
              static_cast<double>(store.memoryUse()) / 1e6);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: bench_log FOLDER [GIGABYTES]\n");
    return 2;
  }
  const std::string folder = arguments[1];
  std::filesystem::create_directories(folder);
  std::printf("{\n");
  benchCodec();
  benchLog(folder, count > 2 ? std::strtod(arguments[2], nullptr) : 1.0);
  benchState(folder);
  std::printf("}\n");
  return 0;
}
