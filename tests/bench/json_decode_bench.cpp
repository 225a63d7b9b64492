// What decoding alone costs: the json format's scanner beside simdjson On Demand, both into the same columns.
//
//   json_decode_bench FILE [ROUNDS] [scanner | simdjson]
//
// Prints CPU seconds per million lines, the median of the rounds, for chunks of 256 KiB as the file source cuts them.
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "plugins/json/decoder.hpp"

namespace {

using namespace weir;  // NOLINT: a program of one file

Schema ordersSchema() {
  return Schema{{{"order_id", TypeId::Int64, false},
                 {"region", TypeId::String, false},
                 {"amount", TypeId::Float64, false},
                 {"ts", TypeId::Timestamp, false}}};
}

// Whole lines, about 256 KiB each.
std::vector<std::string_view> cut(std::string_view text) {
  std::vector<std::string_view> chunks;
  while (!text.empty()) {
    std::size_t end = text.find('\n', std::min<std::size_t>(256 * 1024, text.size() - 1));
    end = end == std::string_view::npos ? text.size() : end + 1;
    chunks.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return chunks;
}

double cpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::size_t withScanner(const std::vector<std::string_view>& chunks) {
  json::Decoder decoder(ordersSchema());
  std::size_t rows = 0;
  for (const std::string_view chunk : chunks) {
    rows += decoder.decodeLines(chunk, [](std::uint64_t, std::uint64_t, const std::string& reason) {
      std::fprintf(stderr, "malformed: %s\n", reason.c_str());
    });
    const std::vector<OwnedColumn> columns = decoder.finish();
    if (columns.size() != 4) std::abort();
  }
  return rows;
}

std::size_t withSimdjson(const std::vector<std::string_view>& chunks) {
  simdjson::ondemand::parser parser;
  std::size_t rows = 0;
  for (const std::string_view chunk : chunks) {
    FixedBuilder<std::int64_t> ids;
    StringBuilder regions;
    FixedBuilder<double> amounts;
    FixedBuilder<std::int64_t> times;
    simdjson::ondemand::document_stream stream;
    // The padding that it wants lies in the file after the chunk; main adds it to the last one.
    if (parser.iterate_many(chunk.data(), chunk.size(), chunk.size() + 64).get(stream) != simdjson::SUCCESS)
      std::abort();
    for (auto document : stream) {
      simdjson::ondemand::object order;
      std::int64_t id = 0;
      std::int64_t time = 0;
      std::string_view region;
      double amount = 0;
      if (document.get_object().get(order) != simdjson::SUCCESS ||
          order.find_field("order_id").get_int64().get(id) != simdjson::SUCCESS ||
          order.find_field("region").get_string().get(region) != simdjson::SUCCESS ||
          order.find_field("amount").get_double().get(amount) != simdjson::SUCCESS ||
          order.find_field("ts").get_int64().get(time) != simdjson::SUCCESS) {
        std::abort();
      }
      ids.append(id);
      regions.append(region);
      amounts.append(amount);
      times.append(time * 1000);
    }
    rows += ids.size();
    const OwnedColumn columns[] = {ids.finish(), regions.finish(), amounts.finish(), times.finish()};
    static_cast<void>(columns);
  }
  return rows;
}

struct Contestant {
  const char* name;
  std::size_t (*run)(const std::vector<std::string_view>& chunks);
  std::vector<double> costs;
};

// In turns, so that a busy machine is equally busy for both.
void measure(std::vector<Contestant> contestants, int rounds, const std::vector<std::string_view>& chunks) {
  std::size_t rows = 0;
  for (int i = 0; i < rounds; ++i) {
    for (Contestant& contestant : contestants) {
      const double before = cpuSeconds();
      rows = contestant.run(chunks);
      contestant.costs.push_back((cpuSeconds() - before) * 1e6 / static_cast<double>(rows));
    }
  }
  for (Contestant& contestant : contestants) {
    std::vector<double>& costs = contestant.costs;
    std::sort(costs.begin(), costs.end());
    std::printf("%-8s %zu rows, CPU s per million: median %.4f, best %.4f\n", contestant.name, rows,
                costs[costs.size() / 2], costs.front());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: json_decode_bench FILE [ROUNDS] [scanner | simdjson]\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::size_t size = text.size();
  text.resize(size + simdjson::SIMDJSON_PADDING);
  const std::vector<std::string_view> chunks = cut(std::string_view(text).substr(0, size));
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 7;
  const std::string_view only = argc > 3 ? argv[3] : "";
  std::vector<Contestant> contestants;
  if (only != "simdjson") contestants.push_back({"scanner", withScanner, {}});
  if (only != "scanner") contestants.push_back({"simdjson", withSimdjson, {}});
  measure(std::move(contestants), rounds, chunks);
  return 0;
}
