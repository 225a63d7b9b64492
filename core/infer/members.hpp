// Things by the names of members, in the order in which they were seen first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weir::infer {

// `Item` has a `name`, and may be incomplete where this is a member of a class.
template <typename Item>
class Members {
 public:
  // Before the members of another object: most objects have them in the order of those before.
  void rewind() { next_ = 0; }
  // Null: there is none of that name. Holds until the next one is added.
  Item* find(std::string_view name) {
    if (next_ >= items_.size() || items_[next_].name != name) {
      const auto found =
          std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.name == name; });
      if (found == items_.end()) return nullptr;
      next_ = static_cast<std::size_t>(found - items_.begin());
    }
    return &items_[next_++];
  }
  Item& add(std::string_view name) {
    items_.emplace_back().name = name;
    next_ = items_.size();
    return items_.back();
  }
  const std::vector<Item>& items() const { return items_; }

 private:
  std::vector<Item> items_;
  std::size_t next_ = 0;
};

}  // namespace weir::infer
