#include "plugins/file/open_files.hpp"

#include <algorithm>

namespace weir::file {

int OpenFiles::find(Key key) {
  const auto place = places_.find(key);
  if (place == places_.end()) return -1;
  used_.splice(used_.begin(), used_, place->second);
  return used_.front().second.get();
}

int OpenFiles::insert(Key key, Descriptor file) {
  close(key);
  while (used_.size() >= most_) {
    places_.erase(used_.back().first);
    used_.pop_back();
  }
  used_.emplace_front(key, std::move(file));
  places_[key] = used_.begin();
  return used_.front().second.get();
}

void OpenFiles::close(Key key) {
  const auto place = places_.find(key);
  if (place == places_.end()) return;
  used_.erase(place->second);
  places_.erase(place);
}

bool OpenFiles::giveUp() {
  if (used_.empty()) return false;
  most_ = std::max<std::size_t>(1, used_.size() / 2);
  used_.clear();
  places_.clear();
  return true;
}

}  // namespace weir::file
