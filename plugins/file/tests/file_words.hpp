// Files in a folder of their own, for the tests of how they are known and read.
#pragma once

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <string>

namespace weir::file {

namespace fs = std::filesystem;

constexpr int kPatience = 60'000;  // milliseconds: that it comes counts, not when

// Of at least `size` bytes before its end.
inline std::string line(std::size_t number, std::size_t size = 0) {
  std::string text = "{\"n\":" + std::to_string(number) + "}";
  if (text.size() < size) text.insert(1, size - text.size(), ' ');
  return text + "\n";
}

inline std::string lines(std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += line(i);
  return text;
}

inline const std::string kHeader = "id;name;amount\n";

class Folder {
 public:
  std::string path(const std::string& name = {}) const { return (dir_.path() + "/").toStdString() + name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary | std::ios::trunc) << text;
  }
  void append(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary | std::ios::app) << text;
  }
  void rename(const std::string& from, const std::string& to) const { fs::rename(path(from), path(to)); }
  void remove(const std::string& name) const { fs::remove(path(name)); }
  // The same contents in another inode.
  void restoreFromCopy(const std::string& name) const {
    fs::copy_file(path(name), path(".copy"));
    fs::rename(path(".copy"), path(name));
  }

 private:
  QTemporaryDir dir_;
};

}  // namespace weir::file
