// The open files of a source: as many as are allowed, those that were used last.
#pragma once

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

#include "plugins/file/descriptor.hpp"

namespace weir::file {

// [task] A file that is closed here is opened again by whoever needs it.
class OpenFiles {
 public:
  using Key = const void*;
  explicit OpenFiles(std::size_t most) : most_(most) {}

  // The descriptor of `key`, which counts as used now; -1 when it is not open.
  int find(Key key);
  int insert(Key key, Descriptor file);
  void close(Key key);
  // The process has too many files open: closes all of these, and keeps fewer from now on. False: there is none.
  bool giveUp();
  std::size_t size() const { return used_.size(); }

 private:
  using Used = std::list<std::pair<Key, Descriptor>>;
  std::size_t most_;
  Used used_;  // the last one first
  std::unordered_map<Key, Used::iterator> places_;
};

}  // namespace weir::file
