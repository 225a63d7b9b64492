// An open file, and what the system says when something fails.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "weir/sdk/errors.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::file {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

// The error of now, which may pass: "Cannot open PATH", and why.
[[noreturn]] inline void throwRefused(const std::string& doing, const std::string& path, Access wanted = Access::Read) {
  const int code = errno;
  throw RetryableError("Cannot " + doing + " " + path + ": " + whyRefused(code, path, wanted));
}

// FNV-1a: tells contents apart that nobody forges. Goes on from the hash of what comes before.
inline constexpr std::uint64_t kHashOfNothing = 0xcbf29ce484222325ULL;
inline std::uint64_t hashBytes(std::string_view bytes, std::uint64_t before = kHashOfNothing) {
  std::uint64_t hash = before;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  return hash;
}

inline std::string hexadecimal(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t i = 0; i < 16; ++i) text[15 - i] = "0123456789abcdef"[(value >> (4 * i)) & 15];
  return text;
}

// Reads until `size` bytes are there or the file ends; answers how many, or -1 with errno.
inline std::int64_t readFully(int file, char* into, std::size_t size, std::uint64_t position) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count = pread(file, into + done, size - done, static_cast<off_t>(position + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return static_cast<std::int64_t>(done);
}

}  // namespace weir::file
