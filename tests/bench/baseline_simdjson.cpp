// The peer of benchmark W1: orders per region and minute, counted by a loop written by hand for this one job,
// over mapped files, with simdjson On Demand compiled for this CPU. No commits, no recovery, no run-time schema.
//
//   baseline_simdjson FILE...
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace {

// A file in memory, with the padding that simdjson reads into.
class MappedFile {
 public:
  explicit MappedFile(const char* path) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts {};
    if (file < 0 || fstat(file, &facts) != 0) fail(path);
    size_ = static_cast<std::size_t>(facts.st_size);
    reserved_ = ((size_ + 4095) & ~std::size_t{4095}) + 4096;
    memory_ = mmap(nullptr, reserved_, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory_ == MAP_FAILED) fail(path);
    if (size_ != 0 && mmap(memory_, size_, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_POPULATE, file, 0) == MAP_FAILED) {
      fail(path);
    }
    close(file);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() { munmap(memory_, reserved_); }
  const std::uint8_t* data() const { return static_cast<const std::uint8_t*>(memory_); }
  std::size_t size() const { return size_; }

 private:
  [[noreturn]] static void fail(const char* path) {
    std::perror(path);
    std::exit(2);
  }
  void* memory_ = nullptr;
  std::size_t size_ = 0;
  std::size_t reserved_ = 0;
};

// Regions are few: open addressing on a hash of the first and last eight bytes.
class Counts {
 public:
  Counts() : slots_(1024) {}
  void add(std::string_view region, std::int64_t minute) {
    Slot& slot = find(region);
    if (slot.counts.empty()) slot.firstMinute = minute - 60;
    std::int64_t at = minute - slot.firstMinute;
    if (at < 0) {
      slot.counts.insert(slot.counts.begin(), static_cast<std::size_t>(-at), 0);
      slot.firstMinute = minute;
      at = 0;
    }
    if (static_cast<std::size_t>(at) >= slot.counts.size()) slot.counts.resize(static_cast<std::size_t>(at) + 64);
    ++slot.counts[static_cast<std::size_t>(at)];
  }
  void print() const {
    std::uint64_t windows = 0;
    std::uint64_t events = 0;
    for (const Slot& slot : slots_) {
      for (const std::uint64_t count : slot.counts) {
        windows += count != 0 ? 1 : 0;
        events += count;
      }
    }
    std::printf("{\"events\":%llu,\"windows\":%llu}\n", static_cast<unsigned long long>(events),
                static_cast<unsigned long long>(windows));
  }

 private:
  struct Slot {
    std::string region;
    std::int64_t firstMinute = 0;
    std::vector<std::uint64_t> counts;
  };
  static std::uint64_t hash(std::string_view text) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (text.size() >= 8) {
      std::memcpy(&first, text.data(), 8);
      std::memcpy(&last, text.data() + text.size() - 8, 8);
    } else {
      std::memcpy(&first, text.data(), text.size());
    }
    return (first ^ (last * 3) ^ text.size()) * 0x9e3779b97f4a7c15ULL >> 32;
  }
  Slot& find(std::string_view region) {
    for (std::uint64_t at = hash(region);; ++at) {
      Slot& slot = slots_[at & (slots_.size() - 1)];
      if (slot.region == region) return slot;
      if (slot.region.empty()) {
        slot.region = region;
        return slot;
      }
    }
  }
  std::vector<Slot> slots_;
};

}  // namespace

int main(int argc, char** argv) {
  Counts counts;
  simdjson::ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false;  // as many threads as what it is compared with
#endif
  for (int i = 1; i < argc; ++i) {
    const MappedFile file(argv[i]);
    simdjson::ondemand::document_stream stream;
    // Small enough that the structural index stays in the second-level cache; found by trying.
    if (parser.iterate_many(file.data(), file.size(), 128 * 1024).get(stream) != simdjson::SUCCESS) return 3;
    for (auto document : stream) {
      simdjson::ondemand::object order;
      std::string_view region;
      std::int64_t time = 0;
      if (document.get_object().get(order) != simdjson::SUCCESS ||
          order.find_field("region").get_string().get(region) != simdjson::SUCCESS ||
          order.find_field("ts").get_int64().get(time) != simdjson::SUCCESS) {
        std::fprintf(stderr, "%s: a line is not an order\n", argv[i]);
        return 3;
      }
      counts.add(region, time / 60'000);
    }
    if (stream.truncated_bytes() != 0) {
      std::fprintf(stderr, "%s: the end was not read\n", argv[i]);
      return 3;
    }
  }
  counts.print();
  return 0;
}
