// Writes orders as NDJSON files for the demo and the benchmarks: the same bytes for the same arguments.
//
//   weir_generate_orders --out FOLDER [--events N] [--files 4] [--regions 20] [--disorder 5s] [--rate 1000]
//                        [--ids N] [--seed 1]
//
// Rows are out of order within each file by at most the disorder: a row's time is at most that much below
// the greatest time before it. Prints one JSON line that says what a correct count must find.
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr std::int64_t kStart = 1'704'067'200'000;  // 2024-01-01T00:00:00Z, in milliseconds

struct Arguments {
  std::string folder;
  std::int64_t events = 2'000'000;
  std::int64_t files = 4;
  std::int64_t regions = 20;
  std::int64_t disorder = 5'000;  // milliseconds
  std::int64_t rate = 1'000;      // events per second of event time, over all files
  std::int64_t ids = 0;           // 0: every order has its own id; else ids are drawn from so many
  std::uint64_t seed = 1;
};

// SplitMix64: small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 to bound - 1; the bias is far below what a benchmark could notice.
  std::uint64_t below(std::uint64_t bound) {
    return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
  }

 private:
  __extension__ using Wide = unsigned __int128;
  std::uint64_t state_;
};

[[noreturn]] void fail(const std::string& text) {
  std::fprintf(stderr, "weir_generate_orders: %s\n", text.c_str());
  std::exit(2);
}

std::int64_t parseNumber(std::string_view name, const std::string& text, std::int64_t least) {
  char* end = nullptr;
  errno = 0;
  const long long value = std::strtoll(text.c_str(), &end, 10);
  if (errno != 0 || end == text.c_str() || *end != '\0' || value < least) {
    fail(std::string(name) + " needs a whole number of at least " + std::to_string(least) + ", not '" + text + "'.");
  }
  return value;
}

// 500ms, 5s or 1m, in milliseconds.
std::int64_t parseDuration(std::string_view name, std::string text) {
  const std::pair<std::string_view, std::int64_t> units[] = {{"ms", 1}, {"s", 1'000}, {"m", 60'000}};
  for (const auto& [unit, factor] : units) {
    if (text.size() > unit.size() && text.ends_with(unit)) {
      text.resize(text.size() - unit.size());
      return parseNumber(name, text, 0) * factor;
    }
  }
  fail(std::string(name) + " needs a duration such as 500ms, 5s or 1m, not '" + text + "'.");
}

Arguments parseArguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    if (i + 1 == argc) fail(std::string(name) + " needs a value.");
    const std::string value = argv[i + 1];
    if (name == "--out") {
      arguments.folder = value;
    } else if (name == "--events") {
      arguments.events = parseNumber(name, value, 0);
    } else if (name == "--files") {
      arguments.files = parseNumber(name, value, 1);
    } else if (name == "--regions") {
      arguments.regions = parseNumber(name, value, 1);
    } else if (name == "--disorder") {
      arguments.disorder = parseDuration(name, value);
    } else if (name == "--rate") {
      arguments.rate = parseNumber(name, value, 1);
    } else if (name == "--ids") {
      arguments.ids = parseNumber(name, value, 0);
    } else if (name == "--seed") {
      arguments.seed = static_cast<std::uint64_t>(parseNumber(name, value, 0));
    } else {
      fail("there is no argument '" + std::string(name) + "'.");
    }
  }
  if (arguments.folder.empty()) fail("--out FOLDER is missing.");
  return arguments;
}

std::vector<std::string> regionNames(std::int64_t count) {
  const char* places[] = {"europe-central-1-frankfurt",     "europe-west-2-london",
                          "europe-north-1-stockholm",       "north-america-east-1-ashburn",
                          "north-america-west-2-oregon",    "north-america-central-1-dallas",
                          "south-america-east-1-sao-paulo", "asia-southeast-1-singapore",
                          "asia-northeast-1-tokyo",         "asia-south-1-mumbai"};
  std::vector<std::string> names;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string place = places[static_cast<std::size_t>(i) % std::size(places)];
    const std::int64_t round = i / static_cast<std::int64_t>(std::size(places));
    names.push_back(round == 0 ? place
                               : place + "-" + static_cast<char>('a' + round % 26) +
                                     (round < 26 ? "" : std::to_string(round / 26)));
  }
  return names;
}

// Buffered output of one file; every write error ends the program.
class Output {
 public:
  explicit Output(std::string path) : path_(std::move(path)), file_(std::fopen(path_.c_str(), "wb")) {
    if (file_ == nullptr) fail("cannot create " + path_ + ": " + std::strerror(errno) + ".");
    buffer_.resize(kSize);
  }
  char* room() {
    if (used_ + 256 > kSize) flush();
    return buffer_.data() + used_;
  }
  void used(const char* end) { used_ = static_cast<std::size_t>(end - buffer_.data()); }
  void close() {
    flush();
    if (std::fclose(file_.release()) != 0) fail("cannot write " + path_ + ": " + std::strerror(errno) + ".");
  }

 private:
  static constexpr std::size_t kSize = 1 << 20;
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void flush() {
    if (std::fwrite(buffer_.data(), 1, used_, file_.get()) != used_) {
      fail("cannot write " + path_ + ": " + std::strerror(errno) + ".");
    }
    used_ = 0;
  }
  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
  std::string buffer_;
  std::size_t used_ = 0;
};

char* put(char* at, std::string_view text) {
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

char* put(char* at, std::uint64_t value) {
  char digits[20];
  std::size_t count = 0;
  do {
    digits[count++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (count != 0) *at++ = digits[--count];
  return at;
}

}  // namespace

int main(int argc, char** argv) {
  const Arguments arguments = parseArguments(argc, argv);
  std::error_code problem;
  std::filesystem::create_directories(arguments.folder, problem);
  if (problem) fail("cannot create the folder " + arguments.folder + ": " + problem.message() + ".");

  const std::vector<std::string> regions = regionNames(arguments.regions);
  std::vector<std::vector<char>> windows(regions.size());  // by region and minute: does any order fall there?
  std::int64_t rows = 0;
  std::int64_t written = 0;
  std::int64_t bytes = 0;
  for (std::int64_t file = 0; file < arguments.files; ++file) {
    Random random(arguments.seed * 1'000'003 + static_cast<std::uint64_t>(file));
    Output out(arguments.folder + "/orders-" + std::to_string(file) + ".ndjson");
    const std::int64_t count = arguments.events / arguments.files + (file < arguments.events % arguments.files ? 1 : 0);
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t sequence = i * arguments.files + file;
      const std::int64_t front = kStart + arguments.disorder + sequence * 1'000 / arguments.rate;
      const std::int64_t time =
          front - static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(arguments.disorder) + 1));
      const std::size_t region = random.below(regions.size());
      const std::uint64_t cents = 100 + random.below(200'000);
      const std::uint64_t id =
          arguments.ids == 0 ? (static_cast<std::uint64_t>(front) << 20) + static_cast<std::uint64_t>(sequence)
                             : 1'000'000'000'000'000'000 + random.below(static_cast<std::uint64_t>(arguments.ids));
      char* const begin = out.room();
      char* at = put(begin, std::string_view("{\"order_id\":"));
      at = put(at, id);
      at = put(at, std::string_view(",\"region\":\""));
      at = put(at, regions[region]);
      at = put(at, std::string_view("\",\"amount\":"));
      at = put(at, cents / 100);
      *at++ = '.';
      *at++ = static_cast<char>('0' + cents / 10 % 10);
      *at++ = static_cast<char>('0' + cents % 10);
      at = put(at, std::string_view(",\"ts\":"));
      at = put(at, static_cast<std::uint64_t>(time));
      at = put(at, std::string_view("}\n"));
      bytes += at - begin;
      out.used(at);

      const auto minute = static_cast<std::size_t>((time - kStart) / 60'000);
      std::vector<char>& minutes = windows[region];
      if (minutes.size() <= minute) minutes.resize(minute + 1);
      rows += minutes[minute] == 0 ? 1 : 0;
      minutes[minute] = 1;
      ++written;
    }
    out.close();
  }
  std::printf("{\"events\":%lld,\"windows\":%lld,\"late\":0,\"bytes\":%lld,\"files\":%lld,\"seed\":%llu}\n",
              static_cast<long long>(written), static_cast<long long>(rows), static_cast<long long>(bytes),
              static_cast<long long>(arguments.files), static_cast<unsigned long long>(arguments.seed));
  return 0;
}
